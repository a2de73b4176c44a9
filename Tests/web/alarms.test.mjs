import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './modules.mjs';

const { byWorst, counts, flashes, shownPriority, sorted, split, stateOf, title, toAcknowledge } =
  await load('alarms.js');

let id = 0;
const alarm = (priority, more = {}) => ({
  id: (id += 1), alarm: 'SPO2_LOW', priority, presence: 'active', acknowledgedBy: null,
  value: null, text: '', sinceSeconds: 10, ...more,
});

test('alarms stand by presence, priority, owner, age', () => {
  const order = [
    alarm('high', { sinceSeconds: 3 }),
    alarm('high', { sinceSeconds: 90 }),
    alarm('high', { sinceSeconds: 1, acknowledgedBy: 'rn1' }),
    alarm('medium'),
    alarm('low'),
    alarm('high', { presence: 'latched' }),
  ];
  assert.deepEqual(sorted([...order].reverse()), order);
});

test('sorting leaves the server\'s list alone', () => {
  const list = [alarm('low'), alarm('high')];
  const before = [...list];
  sorted(list);
  assert.deepEqual(list, before);
});

test('an unknown priority is shown as the highest', () => {
  assert.equal(shownPriority(alarm('extreme')), 'high');
  assert.equal(sorted([alarm('high'), alarm('extreme')])[0].priority, 'extreme');
});

test('only what nobody has taken flashes, and never LOW', () => {
  assert.equal(flashes(alarm('high')), true);
  assert.equal(flashes(alarm('medium')), true);
  assert.equal(flashes(alarm('low')), false);
  assert.equal(flashes(alarm('high', { acknowledgedBy: 'rn1' })), false);
  assert.equal(flashes(alarm('high', { presence: 'latched' })), false);
  assert.equal(stateOf(alarm('high', { presence: 'latched', acknowledgedBy: 'rn1' })), 'latched');
});

test('counts and title tell what is now, not what was', () => {
  const sum = counts([alarm('high'), alarm('medium'), alarm('medium', { acknowledgedBy: 'rn1' }),
    alarm('low'), alarm('high', { presence: 'latched' })]);
  assert.deepEqual(sum, { high: 1, medium: 2, low: 1, past: 1 });
  assert.equal(title(sum, 'Wall'), '▲1 ◆2 Wall');
  assert.equal(title(counts([]), 'Wall'), 'Wall');
  assert.equal(title(counts([alarm('medium')]), 'Wall'), '◆1 Wall');
});

test('the number of an alarm is cut out of its sentence', () => {
  const rows = [
    ['SpO2 84 < 88', 84, 'SpO2', '84 < 88', ''],
    ['NIBP 201/104 >= 180/110: recheck now', 201, 'NIBP', '201/104 ≥ 180/110', 'recheck now'],
    ['SpO2 2 < 88', 2, 'SpO2', '2 < 88', ''],
    ['Sensor off', null, 'Sensor off', '', ''],
    ['Pulse 104.5', 104, 'Pulse 104.5', '', ''],
  ];
  for (const [text, value, name, figure, advice] of rows) {
    assert.deepEqual(split(alarm('high', { text, value })), { name, figure, advice }, text);
  }
});

test('the list of a phone has the worst first and room order among the rest', () => {
  const chair = (name, ...alarms) => ({ chair: name, alarms });
  const room = [chair('1'), chair('2', alarm('low')), chair('3', alarm('high')), chair('4'),
    chair('5', alarm('high', { presence: 'latched' })),
    chair('6', alarm('medium', { acknowledgedBy: 'rn1' })), chair('7', alarm('medium'))];
  assert.deepEqual(byWorst(room).map((view) => view.chair), ['3', '7', '6', '2', '5', '1', '4']);
});

test('one key press takes the most urgent alarm that nobody has', () => {
  const wanted = alarm('medium');
  const all = [alarm('low'), wanted, alarm('high', { acknowledgedBy: 'rn1' })];
  assert.equal(toAcknowledge(all), wanted);
  assert.equal(toAcknowledge([alarm('high', { acknowledgedBy: 'rn1' })]), null);
});
