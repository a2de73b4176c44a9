import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './modules.mjs';

const { audibleAlarms, nextStart, partOf, wanted, keyOf } = await load('sound.js');
const { BURSTS, length } = await load('burst.js');

const alarm = (priority, id = 1, more = {}) => ({
  id, revision: 1, priority, presence: 'active', signal: 'on', ...more,
});
const at = (chair, ...alarms) => ({ chair, alarms });
const state = (places, more = {}) => ({
  alarms: audibleAlarms(places), trusted: true, silence: 0, pausedUntil: 0, ...more,
});
const burst = (want, startedAt) => ({
  name: want.name, startedAt, keys: new Set(want.alarms.map(keyOf)),
});

test('only the highest active priority sounds, and every alarm has its part in it', () => {
  const want = wanted(state([at('*', alarm('low')), at('1', alarm('medium')), at('2', alarm('high', 7))]), 0);
  assert.equal(want.name, 'high');
  assert.deepEqual(want.alarms.map(({ chair }) => chair), ['*', '1', '2']);
  assert.equal(wanted(state([at('1', alarm('low')), at('2', alarm('medium'))]), 0).name, 'medium');
  assert.equal(wanted(state([at('1')]), 0), null);
});

test('what is acknowledged, paused, held back or latched does not sound', () => {
  for (const more of [{ signal: 'acknowledged' }, { signal: 'audioPaused' }, { signal: 'alarmPaused' },
    { signal: 'latched', presence: 'latched' }, { presence: 'latched' }]) {
    assert.equal(wanted(state([at('1', alarm('high', 1, more))]), 0), null, JSON.stringify(more));
  }
});

test('a priority that this page does not know sounds as the highest', () => {
  assert.equal(wanted(state([at('1', alarm('severe'))]), 0).name, 'high');
});

test('the pause of this station silences it until it ends', () => {
  const paused = state([at('1', alarm('high'))], { pausedUntil: 5000 });
  assert.equal(wanted(paused, 4999), null);
  assert.equal(wanted(paused, 5000).name, 'high');
});

test('a lost link sounds by 8 s in tones of its own, and no alarm sounds that is not known', () => {
  const lost = (silence) => wanted(state([at('1', alarm('high'))], { trusted: false, silence }), 0);
  assert.equal(lost(5000), null);
  assert.equal(lost(7500).name, 'linkLost');
  assert.notDeepEqual(BURSTS.linkLost.tones, BURSTS.medium.tones);
});

test('the same is sounded again after its gap, a whole burst before', () => {
  const want = wanted(state([at('1', alarm('high'))]), 0);
  assert.equal(nextStart(want, null, 1000), 1000);
  assert.equal(nextStart(want, burst(want, 1000), 1100), 1000 + length(BURSTS.high) + 7000);
  assert.equal(nextStart(want, burst(want, 1000), 60_000), 60_000);
});

test('what is new or more urgent does not wait for the gap, but for the end of the burst', () => {
  const one = wanted(state([at('1', alarm('medium'))]), 0);
  const ended = 1000 + length(BURSTS.medium);
  for (const places of [
    [at('1', alarm('medium')), at('2', alarm('high'))],
    [at('1', alarm('medium')), at('2', alarm('medium'))],
    [at('1', alarm('medium', 1, { revision: 2 }))],
    [at('1', alarm('medium', 2))],
  ]) {
    const start = nextStart(wanted(state(places), 0), burst(one, 1000), 1100);
    assert.ok(start > ended && start <= ended + 1500, String(start - ended));
  }
});

test('a new alarm sounds within three seconds of the end of any burst, whatever sounded', () => {
  for (const before of Object.keys(BURSTS)) {
    const last = { name: before, startedAt: 0, keys: new Set() };
    const start = nextStart(wanted(state([at('1', alarm('high'))]), 0), last, 0);
    assert.ok(start - length(BURSTS[before]) <= 3000, before);
  }
});

test('one less urgent has its part at once, while the more urgent goes on', () => {
  const high = wanted(state([at('1', alarm('high'))]), 0);
  const both = wanted(state([at('1', alarm('high')), at('2', alarm('low'))]), 0);
  const last = burst(high, 0);
  assert.deepEqual(partOf(both, last, 5000).map(({ chair }) => chair), ['2']);
  assert.deepEqual(partOf(both, last, 60_000), []);
  assert.deepEqual(partOf(both, null, 0), []);
  assert.equal(nextStart(both, last, 5000), length(BURSTS.high) + 7000);
});
