import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './modules.mjs';

const { FRESH_MS, chairModel, monitored } = await load('chair-model.js');

const oximeter = { driver: 'contec-v7', state: 'live', spo2: 96, pr: 63, pi: 4.2, ageMs: 400,
  flags: [], remedy: null, sinceSeconds: null };
const nibp = { driver: 'suntech', sbp: 119, dbp: 71, map: 87, pr: 63, ageSeconds: 180,
  state: 'fresh', source: 'cuff', cuff: 'idle', cuffMmHg: null, failure: null, nextDueSeconds: 120 };
const chair = (more = {}) => ({
  chair: '7', phase: 'infusing', substate: null, patient: 'A.P.', route: 'iv40',
  phaseSeconds: 1460, limits: { SPO2_LOW: 92, PR_LOW: 50, PR_HIGH: 120, BP_ELEV: 160,
    BP_CRIT: 180 }, changedLimits: [], alarms: [], audioPausedSeconds: null, hold: null,
  timer: null, baseline: null, ...more,
  oximeter: { ...oximeter, ...more.oximeter }, nibp: { ...nibp, ...more.nibp },
});
const model = (more, waited = 0, speed = 1) => chairModel(chair(more), waited, speed, (id) => id);

test('a calm chair shows its numbers with the age of the pressure', () => {
  const { oximeter: ox, nibp: bp, phase, strips } = model();
  assert.deepEqual([ox.spo2, ox.pr, ox.pi, ox.word], ['96', '63', '4.2', '']);
  assert.deepEqual([bp.value, bp.map, bp.age, bp.due], ['119/71', '(87)', '3 min', 'next in 2:00']);
  assert.deepEqual([phase.short, phase.minute], ['INF', '24′']);
  assert.deepEqual(strips, []);
});

test('null is dashes, never the number before', () => {
  const { oximeter: ox } = model({ oximeter: { state: 'sensorOff', spo2: null, pr: null, pi: null,
    ageMs: null, remedy: 'Reseat the finger sensor', sinceSeconds: 42 } });
  assert.deepEqual([ox.spo2, ox.pr, ox.pi], ['--', '--', '--']);
  assert.deepEqual([ox.word, ox.since, ox.remedy], ['Probe off', '0:42', 'Reseat the finger sensor']);
  assert.equal(ox.hatched, true);
});

test('a chair the daemon no longer speaks of loses its numbers by itself', () => {
  assert.equal(model({}, FRESH_MS - 500).oximeter.spo2, '96');
  const late = model({}, FRESH_MS + 1);
  assert.deepEqual([late.oximeter.spo2, late.oximeter.pr, late.oximeter.pi], ['--', '--', '--']);
  assert.equal(late.oximeter.word, 'No update');
});

test('a number that was already 3 s old ends a second later', () => {
  assert.equal(model({ oximeter: { ageMs: 3000 } }, 900).oximeter.spo2, '96');
  assert.equal(model({ oximeter: { ageMs: 3000 } }, 1100).oximeter.spo2, '--');
});

test('questionable is a question mark with its reason', () => {
  const { oximeter: ox, sentence } = model({ oximeter: { state: 'questionable', spo2: null,
    pr: null, flags: ['artifact', 'lowPerfusion'], sinceSeconds: 8 } });
  assert.deepEqual([ox.spo2, ox.pr], ['?', '?']);
  assert.equal(ox.remedy, 'artifact, low perfusion');
  assert.match(sentence, /Questionable/);
});

test('breathing goes like a saturation from a monitor, and stays with its age when counted', () => {
  assert.equal(model().breathing, '');
  const respiration = { rr: 14, ageSeconds: 2, countedBy: null };
  assert.equal(model({ respiration }).breathing, 'RR 14 /min');
  assert.equal(model({ respiration }, FRESH_MS + 1).breathing, 'RR -- /min');
  assert.equal(model({ respiration: { ...respiration, ageSeconds: 10 } }, 1100).breathing, 'RR -- /min');
  const counted = { rr: 12, ageSeconds: 170, countedBy: 'rn1' };
  assert.equal(model({ respiration: counted }, 10000).breathing,
    'RR 12 /min, counted by rn1 3 min ago');
});

test('an old pressure says that it is old', () => {
  const { nibp: bp, sentence } = model({ nibp: { state: 'old', ageSeconds: 1300 } });
  assert.deepEqual([bp.value, bp.age, bp.state], ['119/71', 'OLD 21 min', 'old']);
  assert.match(sentence, /21 min ago, old/);
});

test('a pressure without an age, or half a pressure, is none', () => {
  assert.equal(model({ nibp: { ageSeconds: null } }).nibp.value, '--');
  assert.equal(model({ nibp: { dbp: null } }).nibp.value, '--');
  assert.equal(model({ nibp: { state: 'none' } }).nibp.value, '--');
});

test('ages and countdowns go on between messages, with the speed of the ward', () => {
  assert.equal(model({ audioPausedSeconds: 87 }, 2000).audioPaused, 'Sound paused 1:25');
  assert.equal(model({ audioPausedSeconds: 1 }, 2000).audioPaused, '');
  const both = { audioPausedSeconds: 87, alarmPausedSeconds: 32 };
  assert.equal(model(both, 2000).audioPaused, 'Alarms paused 0:30');
  assert.equal(model(both, 40_000).audioPaused, 'Sound paused 0:47');
  assert.equal(model({ nibp: { ageSeconds: 58 } }, 2000).nibp.age, '1 min');
  assert.equal(model({ nibp: { ageSeconds: 30 } }, 2000, 20).nibp.age, '1 min');
});

test('the observation shows what remains, then whether it is ready or what is open', () => {
  const timer = (more) => model({ phase: 'observation', timer: { state: 'running',
    remainingSeconds: 760, elapsedSeconds: 1040, requiredSeconds: 1800, creditSeconds: 1000,
    blockedBy: ['time'], ...more } }, 1000).timer;
  assert.equal(timer({}).text, '12:39');
  assert.equal(timer({ state: 'eligible', remainingSeconds: 0, blockedBy: [] }).text, '✓ ready');
  const blocked = timer({ state: 'blocked', remainingSeconds: 0, blockedBy: ['bpAge', 'newOne'] });
  assert.equal(blocked.text, '✗ 2 open');
  assert.deepEqual(blocked.blockedBy, ['blood pressure too old', 'new one']);
  assert.equal(timer({ state: 'notStarted' }), null);
});

test('an alarm is told by stars, word, text and who has it', () => {
  const alarm = { id: 3, alarm: 'SPO2_LOW', priority: 'medium', presence: 'active',
    acknowledgedBy: null, value: 91, text: 'SpO2 91 < 92', sinceSeconds: 12 };
  const [on, taken, was] = [{}, { acknowledgedBy: 'rn1' }, { presence: 'latched' }]
    .map((more) => model({ alarms: [{ ...alarm, ...more }] }, 1000).strips[0]);
  assert.deepEqual([on.prefix, on.text, on.elapsed, on.state], ['** MED', 'SpO2 91 < 92', '0:13', 'on']);
  assert.deepEqual([taken.state, taken.taken], ['acknowledged', '✓ rn1']);
  assert.deepEqual([was.state, was.text], ['latched', 'was SpO2 91 < 92']);
});

test('changed limits are marked at their number', () => {
  const { limits } = model({
    changedLimits: [{ field: 'spo2.low', unit: 90, now: 92, of: '%' }],
  });
  assert.deepEqual([limits.spo2, limits.spo2Changed, limits.prChanged], ['≥ 92', true, false]);
  assert.deepEqual(limits.changed, ['SpO2 low 90 → 92 %']);
});

test('an empty chair is empty only when nothing is known of it', () => {
  const bare = { phase: null, patient: null, phaseSeconds: null,
    oximeter: { state: 'none', spo2: null, pr: null, pi: null, ageMs: null },
    nibp: { state: 'none', sbp: null, dbp: null, ageSeconds: null } };
  assert.equal(model(bare).empty, true);
  const worn = model({ ...bare, oximeter: {} });
  assert.deepEqual([worn.empty, worn.unwatched], [false, true]);
  assert.match(worn.sentence, /no alarms/);
});

test('alarms are armed only within a session', () => {
  const armed = [null, 'scheduled', 'baseline', 'infusing', 'observation', 'readyForSignOff',
    'signedOff', 'aborted'].map((phase) => monitored({ phase }));
  assert.deepEqual(armed, [false, false, true, true, true, true, false, false]);
  const handover = [true, false].map((on) => monitored({ phase: 'transferred', monitored: on }));
  assert.deepEqual(handover, [true, false]);
});
