import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './modules.mjs';

const { Flasher, phases, untilNextEdge } = await load('flash.js');
const { Link } = await load('link.js');
const { ServerClock } = await load('server-clock.js');

test('HIGH flashes at 2 Hz and MEDIUM at 0.5 Hz, half of the time dark', () => {
  let high = 0, medium = 0, highEdges = 0, mediumEdges = 0;
  let before = phases(0);
  for (let ms = 1; ms <= 8000; ms += 1) {
    const now = phases(ms);
    high += now.highDark;
    medium += now.mediumDark;
    highEdges += now.highDark !== before.highDark;
    mediumEdges += now.mediumDark !== before.mediumDark;
    // One clock: an edge of MEDIUM is an edge of HIGH.
    if (now.mediumDark !== before.mediumDark) assert.notEqual(now.highDark, before.highDark);
    before = now;
  }
  assert.deepEqual([high, medium], [4000, 4000]);
  assert.deepEqual([highEdges, mediumEdges], [32, 8]);
});

test('no two edges are closer than 200 ms', () => {
  for (let ms = 0; ms < 1000; ms += 1) assert.ok(untilNextEdge(ms) >= 200, String(ms));
});

test('a calm screen does not flash', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const classes = new Set();
  const root = { classList: {
    toggle: (name, on) => (on ? classes.add(name) : classes.delete(name)),
    remove: (...names) => names.forEach((name) => classes.delete(name)),
  } };
  let now = 250;
  const flasher = new Flasher(root, () => now);
  flasher.wanted = true;
  assert.ok(classes.has('high-dark'));
  now = 500;
  t.mock.timers.tick(250);
  assert.ok(!classes.has('high-dark'));
  now = 750;
  t.mock.timers.tick(250);
  flasher.wanted = false;
  assert.equal(classes.size, 0);
});

/** Ticks every 250 ms from `from` to `to`, both clocks running. */
function tickThrough(link, from, to) {
  for (let now = from; now <= to; now += 250) link.tick(now, now);
}

test('silence is delayed after 3 s and lost after 5 s', () => {
  const link = new Link(0, 0);
  assert.equal(link.state, 'connecting');
  link.heartbeat(0);
  tickThrough(link, 0, 3000);
  assert.equal(link.state, 'live');
  tickThrough(link, 3250, 5000);
  assert.equal(link.state, 'delayed');
  tickThrough(link, 5250, 5250);
  assert.equal(link.state, 'lost');
});

test('any message ends a delay, only a heartbeat ends a loss', () => {
  const link = new Link(0, 0);
  link.heartbeat(0);
  tickThrough(link, 0, 4000);
  link.message(4000);
  assert.equal(link.state, 'live');
  tickThrough(link, 4250, 9500);
  assert.equal(link.state, 'lost');
  link.message(9500);
  tickThrough(link, 9750, 9750);
  assert.equal(link.state, 'lost');
  link.heartbeat(9800);
  assert.equal(link.state, 'live');
});

test('a first connection that never speaks is lost too', () => {
  const link = new Link(0, 0);
  tickThrough(link, 0, 5250);
  assert.equal(link.state, 'lost');
});

test('a machine that slept has lost its connection, whichever clock noticed', () => {
  const frozen = new Link(0, 0);
  frozen.heartbeat(0);
  assert.equal(frozen.tick(6000, 6000), true);
  assert.equal(frozen.state, 'lost');
  // In suspend the steady clock stands still and the silence looks short.
  const suspended = new Link(0, 0);
  suspended.heartbeat(0);
  assert.equal(suspended.tick(250, 3_600_000), true);
  assert.equal(suspended.state, 'lost');
});

test('server time is taken from the message that travelled least', () => {
  const clock = new ServerClock();
  assert.equal(clock.now(0), null);
  clock.sample(10_000, 120);
  clock.sample(11_000, 1010);
  clock.sample(12_000, 2400);
  assert.equal(clock.now(3000), 12_990);
});

test('a step of the server clock is followed at once', () => {
  const clock = new ServerClock();
  clock.sample(1_000_000, 0);
  clock.sample(821_000, 1000);
  assert.equal(clock.now(1000), 821_000);
});

test('a clock told not to believe in steps shows a stream that falls behind', () => {
  const clock = new ServerClock({ window: 600, step: Infinity });
  clock.sample(0, 0);
  clock.sample(1000, 5000);
  assert.equal(clock.now(5000) - 1000, 4000);
});
