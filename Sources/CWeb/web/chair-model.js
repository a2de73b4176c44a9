// One chair as text: what a tile and a chair page may show of a view this old. Pure.

import { texts } from './texts.js';
import { DASH, age, decimal, duration, minute, number, pressure, range, remaining } from './format.js';
import { shownPriority, sorted, stateOf } from './alarms.js';

/** The server's rule: an oximeter number is fresh for 3 s. A second more for the next message. */
export const FRESH_MS = 4000;
/** The server's rule for a monitor's respiration rate: 10 s, and one more for the next message. */
const BREATHING_S = 11;

const TERMINAL = new Set(['signedOff', 'transferred', 'leftAMA', 'aborted']);
const OBSERVING = new Set(['observation', 'readyForSignOff']);

/** Is a session running, so that alarms are armed? So they are until a handover is done. */
export function monitored(view) {
  if (view.monitored !== undefined) return view.monitored;
  return view.phase !== null && view.phase !== 'scheduled' && !TERMINAL.has(view.phase);
}

/**
 * @param view a ChairView of the contract
 * @param {number} waited milliseconds on this page's steady clock since the view arrived
 * @param {number} speed of the ward's clock; 1 but for demonstrations
 * @param nameOf turns a staff id into a name
 */
export function chairModel(view, waited, speed, nameOf) {
  const passed = (waited / 1000) * speed;
  const oximeter = oximeterModel(view.oximeter, waited, passed);
  const nibp = nibpModel(view.nibp, passed);
  const alarms = sorted(view.alarms ?? []);
  const model = {
    name: view.chair,
    title: texts.chair(view.chair),
    patient: view.patient ?? '',
    phase: phaseModel(view, passed),
    limits: limitsModel(view),
    oximeter,
    nibp,
    breathing: breathingText(view.respiration, waited, passed, nameOf),
    timer: timerModel(view, passed),
    strips: alarms.map((alarm) => stripModel(alarm, passed, nameOf)),
    button: view.button === 'lost' ? texts.buttonLost : '',
    hold: view.hold ? texts.holdWord(view.hold) : '',
    audioPaused: pausedText(view, passed),
    away: view.substate ? (texts.substate[view.substate] ?? view.substate) : '',
    empty: view.phase === null && oximeter.none && nibp.state === 'none' && alarms.length === 0,
    unwatched: view.phase === null && (oximeter.spo2 !== DASH || oximeter.pr !== DASH),
  };
  model.sentence = sentence(model, view);
  return model;
}

function phaseModel(view, passed) {
  if (view.phase === null) return { short: '', long: '', minute: '' };
  const counted = view.phaseSeconds !== null && monitored(view);
  return {
    short: texts.phaseShort(view.phase),
    long: texts.phaseLong(view.phase),
    minute: counted ? minute(view.phaseSeconds + passed) : '',
  };
}

function oximeterModel(oximeter, waited, passed) {
  const { state } = oximeter;
  const silent = waited > FRESH_MS;
  const old = silent || (oximeter.ageMs ?? 0) + waited > FRESH_MS;
  const show = (value, format) => (old ? DASH : format(value));
  const doubtful = state === 'questionable' && !silent;
  const since = oximeter.sinceSeconds === null ? '' : duration(oximeter.sinceSeconds + passed);
  const flags = (oximeter.flags ?? []).map(texts.flag).join(', ');
  let word = '';
  if (silent) word = texts.noUpdate;
  else if (state !== 'live') word = texts.signalWord(state);
  return {
    spo2: doubtful && oximeter.spo2 === null ? '?' : show(oximeter.spo2, number),
    pr: doubtful && oximeter.pr === null ? '?' : show(oximeter.pr, number),
    pi: show(oximeter.pi, decimal),
    word,
    since: word && !silent && state !== 'none' ? since : '',
    remedy: silent ? '' : (oximeter.remedy ?? (state === 'questionable' ? flags : '')),
    hatched: silent || ['noData', 'sensorOff', 'searching'].includes(state),
    none: state === 'none',
  };
}

function nibpModel(nibp, passed) {
  const value = nibp.state === 'none' ? DASH : pressure(nibp.sbp, nibp.dbp);
  // A pressure whose age is unknown is not a pressure.
  const known = value !== DASH && Number.isFinite(nibp.ageSeconds);
  const ageText = known ? age(nibp.ageSeconds + passed) : '';
  const due = Number.isFinite(nibp.nextDueSeconds) ? nibp.nextDueSeconds - passed : null;
  return {
    value: known ? value : DASH,
    map: known && Number.isFinite(nibp.map) ? texts.map(number(nibp.map)) : '',
    state: known ? nibp.state : 'none',
    ageText,
    age: known && nibp.state === 'old' ? texts.oldReading(ageText) : ageText,
    manual: known && nibp.source === 'manual' ? texts.manual : '',
    cuff: cuffText(nibp),
    cuffState: nibp.cuff,
    due: due === null ? '' : due <= 0 ? texts.overdue : texts.nextDue(remaining(due)),
  };
}

// A monitor's rate goes as its saturation does; one that a person counted stays, with its age.
function breathingText(respiration, waited, passed, nameOf) {
  if (!respiration || !Number.isFinite(respiration.rr)) return '';
  const { rr, ageSeconds, countedBy } = respiration;
  if (countedBy) return texts.counted(number(rr), nameOf(countedBy), age(ageSeconds + passed));
  const old = waited > FRESH_MS || ageSeconds + waited / 1000 > BREATHING_S;
  return texts.breathing(old ? DASH : number(rr));
}

function cuffText(nibp) {
  if (nibp.cuff === 'inflating') return texts.cuffInflating(nibp.cuffMmHg);
  if (nibp.cuff === 'failed') return texts.cuffFailed(nibp.failure);
  return nibp.cuff === 'offline' ? texts.cuffOffline : '';
}

function limitsModel(view) {
  const limits = view.limits ?? {};
  const changed = view.changedLimits ?? [];
  const touched = (prefix) => changed.some(({ field }) => field.startsWith(prefix));
  return {
    spo2: range(limits.SPO2_LOW, null),
    pr: range(limits.PR_LOW, limits.PR_HIGH),
    bp: Number.isFinite(limits.BP_ELEV) ? texts.bpLimits(limits.BP_ELEV, limits.BP_CRIT) : '',
    spo2Changed: touched('spo2.'),
    prChanged: touched('pr.'),
    bpChanged: touched('bp.'),
    changed: changed.map(texts.limitChanged),
  };
}

function timerModel(view, passed) {
  const { timer } = view;
  if (!timer || timer.state === 'notStarted' || !OBSERVING.has(view.phase)) return null;
  const running = timer.state === 'running';
  const left = Math.max(0, timer.remainingSeconds - (running ? passed : 0));
  const blockedBy = timer.blockedBy ?? [];
  const text = {
    running: remaining(left),
    eligible: texts.timerReady,
    blocked: texts.timerBlocked(blockedBy.length),
  };
  const done = timer.requiredSeconds > 0 ? 1 - left / timer.requiredSeconds : 1;
  return {
    state: timer.state,
    text: text[timer.state] ?? texts.timerWord(timer.state),
    left: remaining(left),
    word: texts.timerWord(timer.state),
    done: Math.min(1, Math.max(0, done)),
    of: texts.timerOf(
      duration(timer.elapsedSeconds + (running ? passed : 0)),
      duration(timer.requiredSeconds),
      duration(timer.creditSeconds)),
    blockedBy: blockedBy.map(texts.criterion),
  };
}

/** One alarm as text, `passed` seconds after it came. */
export function stripModel(alarm, passed, nameOf) {
  const priority = shownPriority(alarm);
  const state = stateOf(alarm);
  const words = texts.alarmText(alarm);
  return {
    alarm,
    key: `${alarm.id}`,
    priority,
    state,
    prefix: texts.prefix(priority),
    text: state === 'latched' ? texts.was(words) : words,
    remedy: alarm.remedy ?? '',
    elapsed: duration((alarm.sinceSeconds ?? 0) + passed),
    taken: alarm.acknowledgedBy ? texts.acknowledgedBy(nameOf(alarm.acknowledgedBy)) : '',
    takenBy: alarm.acknowledgedBy ? nameOf(alarm.acknowledgedBy) : '',
  };
}

/** What is paused and for how long; a pause of all alarms is more than one of the sound. */
function pausedText(view, passed) {
  const left = (seconds) => (Number.isFinite(seconds) ? seconds - passed : 0);
  const [audio, alarms] = [left(view.audioPausedSeconds), left(view.alarmPausedSeconds)];
  if (alarms > 0) return texts.alarmPaused(remaining(alarms));
  return audio > 0 ? texts.audioPaused(remaining(audio)) : '';
}

/** The tile in one sentence, for those who hear it. */
function sentence(model, view) {
  const said = [texts.chairSpoken(model.name)];
  if (model.patient) said.push(model.patient);
  if (model.empty) return `${[...said, texts.empty].join(', ')}.`;
  if (model.unwatched) said.push(texts.notCheckedIn);
  if (model.phase.long) said.push(texts.spokenPhase(model.phase.long, model.phase.minute.slice(0, -1)));
  if (model.away) said.push(model.away);
  said.push(
    texts.spokenValue(texts.spokenSpo2, model.oximeter.spo2, texts.percent),
    texts.spokenValue(texts.spokenPulse, model.oximeter.pr, ''));
  if (model.oximeter.word) said.push(`${model.oximeter.word} ${model.oximeter.remedy}`.trim());
  said.push(model.nibp.state === 'none'
    ? texts.spokenNoPressure
    : texts.spokenPressure(view.nibp.sbp, view.nibp.dbp, model.nibp.ageText, model.nibp.state === 'old'));
  if (model.nibp.cuff) said.push(model.nibp.cuff);
  if (model.timer) said.push(texts.spokenRemaining(model.timer.left), model.timer.word);
  if (model.hold) said.push(model.hold);
  if (model.audioPaused) said.push(model.audioPaused);
  if (model.limits.changed.length > 0) said.push(texts.limitsChanged);
  const alarms = model.strips.map((strip) => {
    const taken = strip.takenBy ? `, ${texts.spokenAcknowledged(strip.takenBy)}` : '';
    return `${texts.prioritySpoken(strip.priority)}: ${strip.text}${taken}`;
  });
  return `${[said.join(', '), ...alarms].join('. ')}.`;
}
