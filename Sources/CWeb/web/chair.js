// The page /chairs/N: one chair, everything about it, and the hands on it.

import { texts } from './texts.js';
import { Station } from './station.js';
import { Frame } from './frame.js';
import { AlarmList } from './alarm-list.js';
import { EventList } from './event-list.js';
import { SessionPanel } from './session-panel.js';
import { TimerPanel } from './timer-panel.js';
import { Trend } from './trend.js';
import { VitalsPanel } from './vitals-panel.js';
import { chairModel } from './chair-model.js';
import { FormsPanel } from './forms-panel.js';
import { SessionFeed } from './session-feed.js';
import { chairKeys } from './chair-keys.js';
import { loadForms, whenForms } from './forms.js';
import { element, say, write } from './dom.js';

const REDRAW_MS = 500;

const name = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const main = document.getElementById('main');
const back = element('a', 'back', texts.backToWall);
const title = element('h1', 'chair-name', texts.chairTitle(name));
const patient = element('span', 'patient');
const phase = element('span', 'phase');
const missing = element('p', 'missing', texts.unknownChair(name));
const vitals = new VitalsPanel(name);
const alarms = new AlarmList(name);
const session = new SessionPanel(name);
const forms = new FormsPanel(name, () => patient.textContent);
const feed = new SessionFeed(name, () => station.trusted && draw());
const timer = new TimerPanel();
const trend = new Trend(name);
const events = new EventList(name);
let drawnAt = 0;

back.href = '/wall';
missing.hidden = true;
main.append(
  missing,
  element('div', 'left', vitals.root, trend.root),
  element('div', 'right', alarms.root, timer.root, session.root, forms.root, events.root));

const station = new Station({
  loaded, chair: (changed) => changed === name && draw(), link, tick, alarm, event,
});
const frame = new Frame(station, texts.chairTitle(name), [back, title, patient, phase]);

function loaded() {
  frame.load();
  const known = station.chair(name) !== undefined;
  missing.hidden = known;
  main.classList.toggle('unknown', !known);
  if (!known || !station.trusted) return;
  draw();
  feed.refresh();
  events.refresh();
  trend.refresh();
}

function draw() {
  drawnAt = performance.now();
  const held = station.chair(name);
  if (held === undefined) return;
  const { view, waited } = held;
  const model = chairModel(view, waited, station.snapshot.speed, (id) => station.staffName(id));
  write(patient, model.patient);
  say(phase, `${model.phase.long} ${model.phase.minute}`.trim());
  vitals.update(model, view);
  alarms.update(model);
  session.update(model, view, feed.isFresh ? feed.view : null);
  if (feed.view?.phase === view.phase) forms.update(feed.view);
  timer.update(model);
  trend.limits = view.limits ?? {};
  station.drawn(name);
}

function tick() {
  frame.tick();
  if (!station.trusted) return;
  // Apart from the drawing, which a lively chair puts off for ever: this counts all chairs.
  frame.alarms();
  station.drawn('*');
  if (station.chair(name) === undefined) return;
  feed.tick();
  trend.refresh();
  if (performance.now() - drawnAt >= REDRAW_MS) draw();
}

function link() {
  frame.link();
  if (station.trusted) {
    if (station.chair(name) === undefined) return;
    events.refresh();
    feed.refresh();
    return;
  }
  write(patient, '');
  say(phase, '');
  vitals.blank(name);
  for (const part of [alarms, session, forms, timer, trend, events]) part.blank();
}

function alarm(found) {
  frame.announce(found);
}

function event(found) {
  if (found.chair !== name) return;
  events.refresh();
  feed.refresh();
}

chairKeys(name, 'chair', {
  alarms: () => station.chair(name)?.view.alarms ?? [],
  forms,
  keys: {
    Escape: () => location.assign('/wall'),
    o: () => location.assign(`/chairs/${encodeURIComponent(name)}/observation`),
  },
});

whenForms(() => station.trusted && draw());
loadForms();
station.start();
