// The page /chairs/N: one chair, everything about it, and the hands on it.

import { texts } from './texts.js';
import { Station } from './station.js';
import { Frame, status } from './frame.js';
import { AlarmList } from './alarm-list.js';
import { EventList } from './event-list.js';
import { SessionPanel } from './session-panel.js';
import { TimerPanel } from './timer-panel.js';
import { Trend } from './trend.js';
import { VitalsPanel } from './vitals-panel.js';
import { chairModel } from './chair-model.js';
import { toAcknowledge } from './alarms.js';
import { send } from './commands.js';
import { listenToKeys, showKeys } from './dialogs.js';
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
const timer = new TimerPanel();
const trend = new Trend(name);
const events = new EventList(name);
let drawnAt = 0;

back.href = '/wall';
missing.hidden = true;
main.append(
  missing,
  element('div', 'left', vitals.root, trend.root),
  element('div', 'right', alarms.root, timer.root, session.root, events.root));

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
  events.refresh();
  trend.refresh();
}

function draw() {
  drawnAt = performance.now();
  const { view, waited } = station.chair(name);
  const model = chairModel(view, waited, station.snapshot.speed, (id) => station.staffName(id));
  write(patient, model.patient);
  say(phase, `${model.phase.long} ${model.phase.minute}`.trim());
  vitals.update(model, view);
  alarms.update(model);
  session.update(model, view);
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
  trend.refresh();
  if (performance.now() - drawnAt >= REDRAW_MS) draw();
}

function link() {
  frame.link();
  if (station.trusted) {
    if (station.chair(name) !== undefined) events.refresh();
    return;
  }
  write(patient, '');
  say(phase, '');
  vitals.blank(name);
  for (const part of [alarms, session, timer, trend, events]) part.blank();
}

function alarm(found) {
  frame.announce(found);
}

function event(found) {
  frame.event(found);
  if (found.chair === name) events.refresh();
}

function acknowledge() {
  const found = toAcknowledge(station.chair(name)?.view.alarms ?? []);
  if (found === null) return status(texts.nothingToAcknowledge(name));
  const action = `${texts.acknowledge} ${texts.alarmText(found)}`;
  return send(name, { command: 'acknowledge', alarm: found.alarm }, action);
}

listenToKeys((key) => {
  if (key === 'Escape') location.assign('/wall');
  else if (key === '?') showKeys('chair');
  else if (key === 'a' || key === 'A') acknowledge();
  else if (key === ' ') send(name, { command: 'audioPause', seconds: 120 }, texts.pauseSound);
  else return false;
  return true;
});

station.start();
