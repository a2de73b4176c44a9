// The page /chairs/N/observation: the two clocks, what must be so before the patient leaves, and who
// signs for it.

import { texts } from './texts.js';
import { AlarmList } from './alarm-list.js';
import { ChairPage, chairName } from './chair-page.js';
import { ClocksPanel } from './clocks-panel.js';
import { CriteriaPanel } from './criteria-panel.js';
import { EndsPanel } from './ends-panel.js';
import { FormsPanel } from './forms-panel.js';
import { SigningPanel } from './signing-panel.js';
import { TimerPanel } from './timer-panel.js';
import { isFor } from './forms.js';
import { element, show } from './dom.js';

/** Stand in the rows of the criteria here. */
const ELSEWHERE = ['assess', 'checklist', 'hold'];

const page = new ChairPage();
const none = element('p', 'none', texts.form.noObservation);
const alarms = new AlarmList(chairName);
const timer = new TimerPanel({ blockers: false });
const clocks = new ClocksPanel();
const forms = new FormsPanel(chairName, page.patient, ELSEWHERE);
const signing = new SigningPanel(chairName, page.patient);
const criteria = new CriteriaPanel(
  chairName, page.patient, (form) => forms.open(form), () => signing.focus());
const ends = new EndsPanel(chairName, page.patient);

none.hidden = true;
timer.root.append(clocks.root);

function draw({ view, model, passed }) {
  const { feed, station } = page;
  alarms.update(model);
  timer.update(model);
  clocks.update(view, passed, feed.session, station.serverNow());
  // What is held of the session belongs to the phase that the chair is in now.
  const whole = feed.session !== null && feed.view.phase === view.phase ? feed.view : null;
  const observes = isFor('waive', view.phase);
  show(none, !observes);
  if (!observes) criteria.blank();
  if (whole === null) return;
  const since = (feed.waited / 1000) * station.snapshot.speed;
  if (observes) criteria.update(whole.session.criteria, since, feed.isFresh, feed.askedAt);
  signing.update(whole, since, feed.isFresh, (id) => station.staffName(id));
  forms.update(whole);
  ends.update(whole);
}

page.start({
  page: 'observation',
  back: {
    text: texts.form.backToChair(chairName), href: `/chairs/${encodeURIComponent(chairName)}`,
  },
  heading: texts.form.observationShort,
  title: `${texts.chairTitle(chairName)} ${texts.form.observation}`,
  left: [none, criteria.root],
  right: [alarms.root, timer.root, signing.root, forms.root, ends.root],
  parts: [alarms, timer, clocks, criteria, signing, forms, ends],
  forms,
  keys: { q: () => criteria.toOpen(), g: () => signing.press() },
  phase: ({ phase, away }) => [phase.long, phase.minute, away].filter(Boolean).join(' '),
  draw,
  refresh() {},
  tick() {},
});
