// Owns the event stream and its watchdog. A worker, because the timers of a page in the background
// are throttled and a watchdog that sleeps is none.

import { Link } from './link.js';
import { door } from './confirmations.js';

const TICK_MS = 250;
/** After this the connection is given up and made anew, even if it claims to be open. */
const RENEW_MS = 6000;
/** A connection that failed is tried again after this; the browser's own pace grows too slow. */
const RETRY_MS = 1500;
/** How often the daemon hears that this station lives. */
const BEAT_MS = 2000;
const EVENTS = [
  'alarm', 'session', 'signature', 'device', 'station', 'reading', 'checkpoint', 'audit',
  'vitals', 'hb', 'reset',
];

let link = new Link(performance.now(), Date.now());
let source = null;
let openedAt = 0;
let since = null;
let station = null;
let beatAt = 0;
let attempts = 0;
let failed = false;

function open() {
  source?.close();
  openedAt = performance.now();
  attempts += 1;
  const query = new URLSearchParams({ station, confirms: '1' });
  if (since !== null) query.set('since', since);
  const opened = new EventSource(`/api/v1/events?${query}`);
  source = opened;
  failed = false;
  opened.addEventListener('error', () => {
    if (opened === source) failed = true;
  });
  opened.addEventListener('open', () => {
    if (opened !== source) return;
    failed = false;
    postMessage({ kind: 'open' });
  });
  for (const name of EVENTS) {
    opened.addEventListener(name, (message) => {
      // What an abandoned connection still had in its buffer is from the past.
      if (opened === source) receive(name, message);
    });
  }
}

function receive(name, message) {
  let data;
  try {
    data = JSON.parse(message.data);
  } catch {
    return;
  }
  if (message.lastEventId) since = message.lastEventId;
  const now = performance.now();
  if (name === 'hb') {
    link.heartbeat(now);
    attempts = 0;
  } else {
    link.message(now);
  }
  postMessage({ kind: 'message', name, data, since });
  if (name === 'hb') report();
}

function report() {
  const silence = link.silence(performance.now());
  postMessage({ kind: 'link', state: link.state, silence, attempts });
}

/** Says that this station lives, as long as it hears the daemon. One that is unknown starts anew. */
async function beat(now) {
  if (now - beatAt < BEAT_MS || link.state === 'lost' || link.state === 'connecting') return;
  beatAt = now;
  const opened = source;
  try {
    const answer = await fetch(door(station, 'heartbeat'), {
      method: 'POST', headers: { 'X-Chairside': '1' }, signal: AbortSignal.timeout(BEAT_MS),
    });
    if (answer.status === 409 && opened === source) open();
  } catch {
    // The next one is due in two seconds; the daemon notices what is missing.
  }
}

setInterval(() => {
  if (source === null) return;
  const now = performance.now();
  const slept = link.tick(now, Date.now());
  const dead = link.silence(now) > RENEW_MS && now - openedAt > RENEW_MS;
  if (slept || dead || (failed && now - openedAt > RETRY_MS)) open();
  report();
  beat(now);
}, TICK_MS);

/** The page says from where to listen: at first, and after each new snapshot. */
addEventListener('message', ({ data }) => {
  since = data.since;
  station = data.station;
  if (data.fresh) link = new Link(performance.now(), Date.now());
  if (data.open) open();
});
