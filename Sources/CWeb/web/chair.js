// The page /chairs/N: one chair, everything about it, and the hands on it.

import { texts } from './texts.js';
import { AlarmList } from './alarm-list.js';
import { ChairPage, chairName } from './chair-page.js';
import { EventList } from './event-list.js';
import { FormsPanel } from './forms-panel.js';
import { SessionPanel } from './session-panel.js';
import { TimerPanel } from './timer-panel.js';
import { Trend } from './trend.js';
import { VitalsPanel } from './vitals-panel.js';

const page = new ChairPage();
const vitals = new VitalsPanel(chairName);
const alarms = new AlarmList(chairName);
const session = new SessionPanel(chairName);
const forms = new FormsPanel(chairName, page.patient);
const timer = new TimerPanel();
const trend = new Trend(chairName);
const events = new EventList(chairName);

function draw({ view, model }) {
  const { feed } = page;
  vitals.update(model, view);
  alarms.update(model);
  session.update(model, view, feed.isFresh ? feed.view : null);
  if (feed.view?.phase === view.phase) forms.update(feed.view);
  timer.update(model);
  trend.limits = view.limits ?? {};
}

page.start({
  page: 'chair',
  back: { text: texts.backToWall, href: '/wall' },
  heading: texts.chairTitle(chairName),
  title: texts.chairTitle(chairName),
  left: [vitals.root, trend.root],
  right: [alarms.root, timer.root, session.root, forms.root, events.root],
  parts: [vitals, alarms, session, forms, timer, trend, events],
  forms,
  keys: { o: () => location.assign(`/chairs/${encodeURIComponent(chairName)}/observation`) },
  phase: ({ phase }) => `${phase.long} ${phase.minute}`.trim(),
  draw,
  refresh: () => events.refresh(),
  tick: () => trend.refresh(),
});
