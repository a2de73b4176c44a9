// Every word a person reads, in one place, the forms' beside it. Modules hold no sentence of their own.

import { formTexts } from './texts-forms.js';
import { keyList } from './texts-keys.js';
import { soundTexts } from './texts-sound.js';

const alarms = {
  SPO2_LOW: 'SpO2 low',
  SPO2_VLOW: 'SpO2 very low',
  SPO2_FALL: 'SpO2 falling',
  PR_HIGH: 'Pulse high',
  PR_VHIGH: 'Pulse very high',
  PR_LOW: 'Pulse low',
  PR_VLOW: 'Pulse very low',
  PR_REL: 'Pulse above baseline',
  NO_PULSE: 'No pulse found',
  RR_LOW: 'Breathing slow',
  RR_VLOW: 'Breathing very slow',
  RR_HIGH: 'Breathing fast',
  BP_ELEV: 'Pressure elevated',
  BP_CRIT: 'Pressure critical',
  BP_REL_UP: 'Pressure above baseline',
  BP_LOW: 'Pressure low',
  BP_VLOW: 'Pressure very low',
  BP_REL_DOWN: 'Pressure below baseline',
  MAP_HIGH: 'Mean pressure high',
  SENSOR_OFF: 'Sensor off',
  NO_DATA: 'No data',
  SIGNAL_POOR: 'Poor signal',
  LOW_PERF: 'Low perfusion',
  FROZEN: 'Values frozen',
  BATT: 'Battery low',
  NIBP_FAIL: 'Pressure failed',
  BP_OVERDUE: 'Pressure overdue',
  CUFF_STUCK: 'Cuff stuck inflated',
  PR_DISCORD: 'Pulse rates disagree',
  SAME_LIMB: 'Cuff on oximeter arm',
  STATION_LINK: 'Station lost',
  NOT_DELIVERED: 'Alarm not delivered',
  STATION_SILENT: 'No station heard',
  MONITORING_INTERRUPTED: 'Monitoring was interrupted',
  LOG_FAIL: 'Log not written',
  AWAY_LONG: 'Away too long',
  CALL_STOP: 'Patient asks to stop',
};

const criteria = {
  time: 'observation time not over',
  bpAge: 'blood pressure too old',
  bpRange: 'blood pressure out of range',
  spo2: 'SpO2 not good enough',
  pulse: 'pulse out of range',
  activeAlarm: 'an alarm is active or not acknowledged',
  quietPeriod: 'too soon after an alarm',
  aldrete: 'Aldrete score missing or low',
  padss: 'PADSS score missing or low',
  sedation: 'sedation score missing or low',
  orientation: 'orientation not confirmed',
  dissociation: 'dissociation not settled',
  gait: 'walking not assessed',
  nausea: 'nausea not settled',
  escort: 'no escort recorded',
  ivOut: 'cannula not removed',
  safety: 'safety question not answered',
  teaching: 'instructions not given',
  fields: 'required fields missing',
  clock: 'clock uncertain',
  samePerson: 'the second signature must be another person',
  firstSignatureVoid: 'the first signature is void',
  noHold: 'a hold is in force',
  hold: 'a hold is in force',
};

/** Limits that are changed most; any other is shown by its name. */
const limitNames = {
  'spo2.low': 'SpO2 low',
  'spo2.veryLow': 'SpO2 very low',
  'pr.low': 'Pulse low',
  'pr.high': 'Pulse high',
  'bp.elevSys': 'Systolic high',
  'bp.elevDia': 'Diastolic high',
};

const phases = {
  scheduled: { short: 'BOOKED', long: 'Booked, alarms inactive' },
  baseline: { short: 'BASE', long: 'Baseline' },
  infusing: { short: 'INF', long: 'Infusion' },
  observation: { short: 'OBS', long: 'Observation' },
  readyForSignOff: { short: 'READY', long: 'Ready for sign-off' },
  signedOff: { short: 'SIGNED', long: 'Signed off' },
  transferred: { short: 'TRANSF', long: 'Transferred' },
  leftAMA: { short: 'LEFT', long: 'Left against advice' },
  aborted: { short: 'ABORTED', long: 'Aborted, no drug given' },
};

/** `iv40` → what a nurse calls it. Names are the daemon's presets. */
const routes = {
  iv40: 'IV 40 min',
  iv45: 'IV 45 min',
  iv60slow: 'IV 60 min slow',
  im: 'IM',
  spravato56: 'Spravato 56 mg',
  spravato84: 'Spravato 84 mg',
  nasalCompounded: 'Nasal, compounded',
  troche: 'Troche',
};

const stars = { high: '***', medium: '**', low: '*' };
const priorities = { high: 'HIGH', medium: 'MED', low: 'LOW' };
const spoken = { high: 'High priority', medium: 'Medium priority', low: 'Low priority' };

/** `cuffLeak` → `cuff leak`: a code without a catalogue entry is still readable. */
function plain(code) {
  return String(code).replace(/_/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

export const texts = {
  ...soundTexts,
  form: formTexts,
  notADevice: 'Chairside is not a certified medical device and must not be the only alarm.',
  version: (version) => `Chairside ${version}`,
  wall: 'Wall',
  backToWall: '‹ Wall',
  secondary: 'secondary display - not an alarm device',
  tiles: 'Chairs',

  chair: (name) => (/^\d/.test(name) ? `C${name}` : name),
  chairSpoken: (name) => `Chair ${name}`,
  chairTitle: (name) => `Chair ${name}`,
  unknownChair: (name) => `There is no chair ${name} in this clinic.`,
  empty: 'empty',
  notCheckedIn: 'No session: no alarms',
  substate: { away: 'AWAY', paused: 'PAUSED', awaitingSecond: '2nd signature' },
  phases,
  phaseShort: (phase) => phases[phase]?.short ?? plain(phase).toUpperCase(),
  phaseLong: (phase) => phases[phase]?.long ?? plain(phase),
  routes,
  route: (id) => routes[id] ?? plain(id),

  spo2: 'SpO₂',
  pr: 'PR',
  pi: 'PI',
  nibp: 'NIBP',
  units: { spo2: '%', pr: '/min', nibp: 'mmHg', pi: '%' },
  limits: 'limits',
  map: (value) => `(${value})`,
  baseline: (b) => `Baseline SpO₂ ${b.spo2 ?? '--'}, PR ${b.pr ?? '--'}, ` +
    `NIBP ${b.sbp ?? '--'}/${b.dbp ?? '--'}`,
  breathing: (rate) => `RR ${rate} /min`,
  counted: (rate, name, age) => `RR ${rate} /min, counted by ${name} ${age} ago`,
  buttonLost: 'Call button unplugged',
  oldReading: (age) => `OLD ${age}`,
  manual: 'by hand',
  nextDue: (time) => `next in ${time}`,
  overdue: 'due now',
  limitsChanged: 'Limits changed',
  limitChanged: ({ field, unit, now, of }) => `${limitNames[field] ?? plain(field)} ${unit} → ${now} ${of}`,
  bpLimits: (elevated, critical) => `${elevated} / ${critical} sys`,

  signal: {
    questionable: 'Questionable',
    late: 'Late',
    noData: 'No data',
    sensorOff: 'Probe off',
    searching: 'Searching',
    none: 'No oximeter',
  },
  signalWord: (state) => texts.signal[state] ?? plain(state),
  signalGood: 'Signal good',
  noUpdate: 'No update',
  flag: plain,
  cuffInflating: (pressure) => (pressure ? `Inflating ${pressure}` : 'Inflating'),
  cuffFailed: (failure) => (failure ? `Cuff: ${plain(failure)}` : 'Cuff failed'),
  cuffOffline: 'Cuff offline',
  cuffNone: 'No cuff',

  hold: { review: 'HOLD: review', hard: 'HOLD: hard', stop: 'HOLD: stop' },
  holdWord: (hold) => texts.hold[hold] ?? `HOLD: ${plain(hold)}`,
  audioPaused: (time) => `Sound paused ${time}`,
  alarmPaused: (time) => `Alarms paused ${time}`,

  stars: (priority) => stars[priority],
  priority: (priority) => priorities[priority],
  prefix: (priority) => `${stars[priority]} ${priorities[priority]}`,
  prioritySpoken: (priority) => spoken[priority],
  alarmName: (name) => alarms[name] ?? plain(name),
  /** The server's sentence, the same on every screen; only its comparison is set as one sign. */
  alarmText: (alarm) =>
    (alarm.text || texts.alarmName(alarm.alarm)).replace('>=', '≥').replace('<=', '≤'),
  was: (text) => `was ${text}`,
  more: (count) => `+${count}`,
  acknowledgedBy: (name) => `✓ ${name}`,
  technical: 'technical',
  count: (priority, count) => `${count} ${priorities[priority]}`,
  past: (count) => `${count} past`,
  railTitle: 'Alarms',
  noAlarms: 'No alarms',
  moreAlarms: (sum) => {
    const parts = [['▲', sum.high], ['◆', sum.medium], ['●', sum.low]]
      .filter(([, n]) => n > 0).map(([shape, n]) => `${shape} ${n}`);
    if (sum.past > 0) parts.push(`past ${sum.past}`);
    return `more: ${parts.join('  ')}`;
  },
  announce: (priority, chair, text) =>
    `${spoken[priority]} alarm. ${chair ? `Chair ${chair}` : 'Whole station'}: ${text}.`,

  timer: {
    notStarted: 'not started',
    running: 'running, not yet eligible',
    eligible: 'eligible',
    blocked: 'time over, blocked',
    signedOff: 'signed off',
  },
  timerWord: (state) => texts.timer[state] ?? plain(state),
  timerReady: '✓ ready',
  timerBlocked: (count) => `✗ ${count} open`,
  timerTitle: 'Observation',
  timerOf: (elapsed, required, credit) =>
    `${elapsed} of ${required} passed, ${credit} of them monitored`,
  timerLeft: 'to go',
  blockedBy: (count) => (count === 1 ? 'Blocked by 1 item' : `Blocked by ${count} items`),
  isCriterion: (code) => code in formTexts.criterionNames,
  criterion: (code) => criteria[code] ?? plain(code),

  link: { connecting: 'Connecting', live: 'Live', lost: 'Lost' },
  delayed: (seconds) => `Delayed ${seconds} s`,
  clockOff: (seconds) => `This screen's own clock is off by ${seconds} s`,
  lostTitle: 'CONNECTION LOST',
  lostBody: 'Nothing below is known. Look at the patients. Check the chairs in person.',
  lostContact: (time, ago) => `Last contact ${time}, ${ago} ago`,
  lostNever: 'No contact yet',
  lostRetry: (count) => `Trying again, attempt ${count}`,
  resyncing: 'Contact again, fetching the present state',

  demo: (speed) => `DEMO - SIMULATED PATIENTS${speed === 1 ? '' : ` - SPEED ×${speed}`}`,
  speed: (speed) => `SPEED ×${speed}`,

  who: 'Who are you',
  nobody: 'nobody chosen',
  chooseWho: 'First choose who you are, at the top of the page.',
  person: (person) => `${person.name} (${person.role})`,

  acknowledge: 'Acknowledge',
  pauseSound: 'Pause sound 2 min',
  pauseShort: 'Pause 2 min',
  resumeSound: 'Resume sound',
  nibpNow: 'NIBP now',
  nibpStat: 'STAT 5 min',
  nibpAbort: 'Abort cuff',
  checkIn: 'Check in',
  book: 'Book only',
  patient: 'Initials',
  routeLabel: 'Route',
  identified: 'Two identifiers compared',
  seated: 'Sitting quietly for',
  steps: {
    baselineAccepted: 'Accept baseline',
    doseStart: 'Start infusion',
    nasalDevice: 'Next device given',
    doseEnd: 'End infusion',
    dosePause: 'Pause infusion',
    doseResume: 'Resume infusion',
    stopEarly: 'End early',
    stopRequested: 'Stop requested',
    abort: 'Abort, no drug given',
    cancel: 'Cancel booking',
    sign: 'Sign off',
  },
  confirm: (action, chair, patient) =>
    `${action}: chair ${chair}${patient ? `, ${patient}` : ''}?`,
  secret: 'Your PIN or password',
  userName: 'User name',
  logIn: 'Log in',
  logInTitle: 'Log in to Chairside',
  logOut: 'Log out',
  locked: 'This screen is locked',
  lockedWhy: 'Nothing was done here for 5 minutes. Prove who you are to go on.',
  cancel: 'Cancel',
  close: 'Close',
  session: 'Session',
  numbers: 'Values now',
  present: 'Alarms',
  trend: 'Trend',
  events: 'Recent events',
  noEvents: 'No events yet',

  minutes: (count) => `${count} min`,
  asTable: 'Show as table',
  trendUnavailable: 'The trend could not be loaded',
  trendLoading: 'Loading',
  trendSummary: (minutes, spo2, pr, bp) =>
    `Last ${minutes} minutes. SpO2 ${spo2}. Pulse ${pr}. Blood pressure ${bp}.`,
  between: (low, high) => `between ${low} and ${high}`,
  noReadings: 'no readings',
  readings: (count) => (count === 1 ? '1 reading' : `${count} readings`),
  ago: (age) => `${age} ago`,
  now: 'now',
  table: { time: 'Time', spo2: 'SpO₂', pr: 'PR', nibp: 'NIBP' },

  sent: (action, chair) => `Chair ${chair}: ${action} accepted.`,
  refused: (action, chair, why) => `Chair ${chair}: ${action} refused. ${why}`,
  because: (codes) => codes.map((code) => criteria[code] ?? plain(code)).join('; '),
  noAnswer: 'No answer. It may not have arrived; look at the chair.',
  failed: (status) => `The station answered with error ${status}.`,
  selectChair: 'Select a chair with the arrow keys first.',
  nothingToAcknowledge: (chair) => `Chair ${chair}: nothing to acknowledge.`,

  keys: 'Keys',
  keysHint: 'Arrows select   Enter opens   A acknowledges   Space pauses sound   ? keys',
  keysOn: 'Single keys are on',
  keyList,

  spokenValue: (label, value, unit) => `${label} ${value === '--' ? 'not known' : value + unit}`,
  spokenSpo2: 'SpO2',
  spokenPulse: 'pulse',
  percent: ' percent',
  spokenPressure: (sbp, dbp, age, old) =>
    `pressure ${sbp} over ${dbp}, ${age} ago${old ? ', old' : ''}`,
  spokenNoPressure: 'pressure not known',
  spokenPhase: (phase, minute) => `${phase}${minute ? `, minute ${minute}` : ''}`,
  spokenRemaining: (time) => `observation ${time} to go`,
  spokenLost: (name) => `Chair ${name}: nothing is known, connection lost.`,
  spokenAcknowledged: (name) => `acknowledged by ${name}`,

  event: (event) => eventLine(event),
};

const known = new Set(['t', 'chair', 'event', 'id', 'seq', 'wall', 'durable', 'session', 'due']);

/** One line for the list of events. A field without a place of its own is still shown. */
function eventLine(event) {
  const used = new Set(known);
  const take = (name) => {
    used.add(name);
    return event[name];
  };
  const parts = [];
  if (event.event === 'alarm') {
    const priority = take('priority');
    if (spoken[priority]) parts.push(`${stars[priority]} ${priorities[priority]}`);
    parts.push(texts.alarmName(take('alarm')), plain(take('change') ?? ''));
  } else if (event.event === 'session') {
    const state = take('state');
    parts.push('Session', state ? texts.phaseLong(state) : '');
  } else {
    // An entry of the audit trail says what it is; `audit` would say nothing.
    const title = plain(event.event === 'audit' ? take('what') ?? '' : event.event ?? '');
    parts.push(title.replace(/^./, (letter) => letter.toUpperCase()));
    const alarm = take('alarm');
    if (alarm) parts.push(texts.alarmName(alarm));
  }
  if (Number.isFinite(event.sbp)) {
    parts.push(`${take('sbp')}/${take('dbp') ?? '--'}`);
    const map = take('map');
    if (Number.isFinite(map)) parts.push(`(${map})`);
  }
  const why = take('why');
  for (const [name, value] of Object.entries(event)) {
    if (used.has(name) || value === null || value === '') continue;
    parts.push(`${plain(name)} ${typeof value === 'object' ? JSON.stringify(value) : value}`);
  }
  if (Array.isArray(why) && why.length > 0) parts.push(`(${texts.because(why)})`);
  return parts.filter(Boolean).join(' ');
}
