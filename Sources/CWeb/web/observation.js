// The page /chairs/N/observation: the two clocks, what must be so before the patient leaves, and who
// signs for it.

import { texts } from './texts.js';
import { Station } from './station.js';
import { Frame } from './frame.js';
import { AlarmList } from './alarm-list.js';
import { ClocksPanel } from './clocks-panel.js';
import { CriteriaPanel } from './criteria-panel.js';
import { EndsPanel } from './ends-panel.js';
import { FormsPanel } from './forms-panel.js';
import { SessionFeed } from './session-feed.js';
import { SigningPanel } from './signing-panel.js';
import { TimerPanel } from './timer-panel.js';
import { chairKeys } from './chair-keys.js';
import { chairModel } from './chair-model.js';
import { isFor, loadForms, whenForms } from './forms.js';
import { element, say, show, write } from './dom.js';

const REDRAW_MS = 500;
/** Stand in the rows of the criteria here. */
const ELSEWHERE = ['assess', 'checklist', 'hold'];

const name = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const main = document.getElementById('main');
const back = element('a', 'back', texts.form.backToChair(name));
const title = element('h1', 'chair-name', texts.form.observationShort);
const patient = element('span', 'patient');
const phase = element('span', 'phase');
const missing = element('p', 'missing', texts.unknownChair(name));
const none = element('p', 'none', texts.form.noObservation);
const patientNow = () => patient.textContent;
const alarms = new AlarmList(name);
const timer = new TimerPanel({ blockers: false });
const clocks = new ClocksPanel();
const forms = new FormsPanel(name, patientNow, ELSEWHERE);
const signing = new SigningPanel(name, patientNow);
const criteria = new CriteriaPanel(
  name, patientNow, (form) => forms.open(form), () => signing.focus());
const ends = new EndsPanel(name, patientNow);
const feed = new SessionFeed(name, () => station.trusted && draw());
let drawnAt = 0;

back.href = `/chairs/${encodeURIComponent(name)}`;
missing.hidden = true;
none.hidden = true;
timer.root.append(clocks.root);
main.append(
  missing,
  element('div', 'left', none, criteria.root),
  element('div', 'right', alarms.root, timer.root, signing.root, forms.root, ends.root));

const station = new Station({
  loaded, chair: (changed) => changed === name && draw(), link, tick,
  alarm: (found) => frame.announce(found),
  event: (found) => found.chair === name && feed.refresh(),
});
const frame = new Frame(
  station, `${texts.chairTitle(name)} ${texts.form.observation}`, [back, title, patient, phase]);

function loaded() {
  frame.load();
  const known = station.chair(name) !== undefined;
  show(missing, !known);
  main.classList.toggle('unknown', !known);
  if (!known || !station.trusted) return;
  feed.refresh();
  draw();
}

function draw() {
  drawnAt = performance.now();
  const held = station.chair(name);
  if (held === undefined) return;
  const { view, waited } = held;
  const { speed } = station.snapshot;
  const nameOf = (id) => station.staffName(id);
  const model = chairModel(view, waited, speed, nameOf);
  write(patient, model.patient);
  say(phase, [model.phase.long, model.phase.minute, model.away].filter(Boolean).join(' '));
  alarms.update(model);
  timer.update(model);
  station.drawn(name);
  const passed = (waited / 1000) * speed;
  clocks.update(view, passed, feed.session, station.serverNow());
  // What is held of the session belongs to the phase that the chair is in now.
  const whole = feed.session !== null && feed.view.phase === view.phase ? feed.view : null;
  const observes = isFor('waive', view.phase);
  show(none, !observes);
  if (!observes) criteria.blank();
  if (whole === null) return;
  const since = (feed.waited / 1000) * speed;
  if (observes) criteria.update(whole.session.criteria, since, feed.isFresh, feed.askedAt);
  signing.update(whole, since, feed.isFresh, nameOf);
  forms.update(whole);
  ends.update(whole);
}

function tick() {
  frame.tick();
  if (!station.trusted) return;
  frame.alarms();
  station.drawn('*');
  if (station.chair(name) === undefined) return;
  feed.tick();
  if (performance.now() - drawnAt >= REDRAW_MS) draw();
}

function link() {
  frame.link();
  if (station.trusted) return feed.refresh();
  write(patient, '');
  say(phase, '');
  for (const part of [alarms, timer, clocks, criteria, signing, forms, ends]) part.blank();
}

chairKeys(name, 'observation', {
  alarms: () => station.chair(name)?.view.alarms ?? [],
  forms,
  keys: {
    Escape: () => location.assign(back.href),
    q: () => criteria.toOpen(),
    g: () => signing.press(),
  },
});

whenForms(() => station.trusted && draw());
loadForms();
station.start();
