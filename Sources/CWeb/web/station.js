// What this page knows of the clinic: the snapshot, kept current by the stream.

import { ServerClock } from './server-clock.js';
import { DELAYED_MS, LOST_MS } from './link.js';
import { Beat } from './beat.js';
import { toLogin } from './login.js';
import { Confirmations, door, stationName } from './confirmations.js';

const RETRY_MS = 2000;
const SNAPSHOT_TIMEOUT_MS = 5000;
/** A stream that limps this long behind is dropped, so that a new one can start without backlog. */
const LIMPING_MS = 10_000;
/** An alarm event older than this is history, not news. */
const NEWS_SECONDS = 10;
/** Entries of the audit trail that change the snapshot. */
const CHANGING = ['staffChanged', 'stationAudioPaused', 'stationAudioResumed'];

/**
 * Handlers: `loaded()` after each snapshot, `chair(name)` when one chair changed, `link()` when the
 * state of the connection changed, `tick()` a few times a second, `alarm(event)` for news,
 * `event(event)` for any other durable event.
 */
export class Station {
  snapshot = null;
  link = { state: 'connecting', silence: 0, attempts: 0 };
  /** Steady local time of the last sign of life, and its server time, for the lost screen. */
  contact = { at: performance.now(), server: null };
  #handlers;
  #clock = new ServerClock();
  /** The ward's steady clock against ours; shows a stream that flows but comes late. */
  #steady = new ServerClock({ window: 600, step: Infinity });
  #lag = 0;
  #limpingSince = null;
  #chairs = new Map();
  #worker = null;
  #heardWorker = performance.now();
  #loading = false;
  #flows = false;
  #wardNow = null;
  #announced = new Set();
  name = stationName();
  /** Who in the clinic can be heard: `{audible, unheard, host}`. */
  clinicSound = null;
  #loadedAt = 0;
  #lastEventId = null;
  #confirmations = new Confirmations(this.name);
  #report = new Beat(this.name, () => this.#lastEventId);

  constructor(handlers) {
    this.#handlers = handlers;
  }

  start() {
    this.#load();
    // The worker drives the page; this only notices a worker that died or a page that was frozen.
    setInterval(() => this.#suspect(), 1000);
    // Turned off on purpose. A page that only reloads is back before the daemon believes it.
    addEventListener('pagehide', () => fetch(door(this.name, 'goodbye'), {
      method: 'POST', headers: { 'X-Chairside': '1' }, keepalive: true,
    }).catch(() => {}));
    addEventListener('pageshow', (event) => event.persisted && this.#restart());
    document.addEventListener('resume', () => this.#restart());
    document.addEventListener('visibilitychange', () => this.#suspect());
  }

  /** Room order, as configured. */
  get chairs() {
    return (this.snapshot?.chairs ?? []).map((view) => this.#chairs.get(view.chair).view);
  }

  /** The newest view of a chair and the milliseconds since it came, or undefined. */
  chair(name) {
    const held = this.#chairs.get(name);
    return held && { view: held.view, waited: performance.now() - held.at };
  }

  /** The page has drawn a chair, or `*`: what belongs to no chair. */
  drawn(name) {
    if (!this.trusted) return;
    const view = name === '*' ? this.snapshot : this.#chairs.get(name)?.view;
    if (view) this.#confirmations.drawn(name, view.alarms ?? [], view.ended ?? []);
  }

  /** A burst has begun in which these alarms have their part. */
  sounded(alarms) {
    if (this.trusted) this.#confirmations.sounded(alarms);
  }

  /** How the screen and the sound of this page are. */
  tellSound(sound) {
    this.#report.tell(sound);
  }

  /** How much longer the sound of this station is paused; the pause runs on the ward's clock. */
  get pausedMs() {
    const own = this.snapshot?.stations?.find((one) => one.name === this.name);
    if (!own?.audioPausedSeconds || !this.trusted) return 0;
    const passed = performance.now() - this.#loadedAt;
    return own.audioPausedSeconds * 1000 / this.snapshot.speed - passed;
  }

  /** May numbers be on the screen? While connecting they come from a snapshot just fetched. */
  get trusted() {
    return ['connecting', 'live', 'delayed'].includes(this.link.state);
  }

  serverNow() {
    return this.#clock.now(performance.now());
  }

  staffName(id) {
    return this.snapshot?.staff?.find((person) => person.id === id)?.name ?? id;
  }

  async #load() {
    if (this.#loading) return;
    this.#loading = true;
    const asked = performance.now();
    try {
      const answer = await fetch('/api/v1/snapshot', {
        cache: 'no-store',
        signal: AbortSignal.timeout(SNAPSHOT_TIMEOUT_MS),
      });
      if (answer.status === 401) toLogin();
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      this.#apply(await answer.json(), asked);
    } catch {
      setTimeout(() => this.#load(), RETRY_MS);
      if (this.snapshot === null) this.#lose();
    } finally {
      this.#loading = false;
    }
  }

  #apply(snapshot, asked) {
    const before = this.snapshot;
    // Another program than the one that sent this page: its pages belong to it.
    if (before && before.version !== snapshot.version) location.reload();
    this.snapshot = snapshot;
    this.#loadedAt = asked;
    this.#lastEventId = snapshot.asOfEventId;
    this.clinicSound = snapshot.sound;
    // Ages count on from the question, not from an answer that may have been long on its way.
    this.#chairs = new Map(snapshot.chairs.map((view) => [view.chair, { view, at: asked }]));
    if (before?.bootId !== snapshot.bootId) this.#forgetClocks();
    this.#confirmations.forget();
    this.#sample(snapshot);
    this.#handlers.loaded();
    if (this.#worker === null) {
      this.#employ();
      this.#listen({ open: true, fresh: true });
    } else {
      // A stream that flows goes on: the snapshot only replaced what it had missed.
      this.#listen({ open: !this.#flows, fresh: false });
      if (this.#flows) this.#setLink({ ...this.link, state: 'live' });
    }
  }

  #sample({ serverTime, now }) {
    const local = performance.now();
    this.#clock.sample(Date.parse(serverTime), local);
    this.#wardNow = now;
    if (this.snapshot.speed !== 1) return;
    this.#steady.sample(now * 1000, local);
    this.#lag = this.#steady.now(local) - now * 1000;
  }

  #forgetClocks() {
    this.#clock.reset();
    this.#steady.reset();
    this.#lag = 0;
  }

  #employ() {
    this.#worker?.terminate();
    this.#worker = new Worker('/assets/stream-worker.js', { type: 'module' });
    this.#worker.addEventListener('message', ({ data }) => this.#hear(data));
    this.#heardWorker = performance.now();
  }

  #listen(order) {
    this.#worker.postMessage({ since: this.snapshot.asOfEventId, station: this.name, ...order });
  }

  #hear(message) {
    this.#heardWorker = performance.now();
    if (message.kind === 'link') return this.#watch(message);
    if (message.kind === 'open') {
      this.#confirmations.open();
      this.#report.open();
      return;
    }
    const { name, data, since } = message;
    this.#lastEventId = Number(since);
    this.contact = { at: performance.now(), server: this.serverNow() };
    if (name === 'vitals') this.#view(data);
    else if (name === 'hb') this.#beat(data);
    else if (name === 'reset') this.#load();
    else this.#event(name, data);
  }

  #watch({ state, silence, attempts }) {
    const { state: worst, late } = this.#withLag(state);
    const link = { state: worst, silence: Math.max(silence, late), attempts };
    this.#flows = worst === 'live' || worst === 'delayed';
    if (worst === 'connecting' && this.link.state !== 'connecting') {
      // Only the first connection of a page begins with trust.
      link.state = 'lost';
    } else if (this.#flows && !this.trusted) {
      // Back after a loss: what was missed is in a new snapshot. Until then nothing is shown.
      if (this.link.state !== 'resyncing') this.#load();
      link.state = 'resyncing';
    }
    this.#setLink(link);
    this.#handlers.tick();
  }

  #withLag(state) {
    const now = performance.now();
    if (this.#lag <= DELAYED_MS) this.#limpingSince = null;
    else this.#limpingSince ??= now;
    if (this.#limpingSince === null) return { state, late: 0 };
    if (now - this.#limpingSince > LIMPING_MS) {
      this.#limpingSince = null;
      queueMicrotask(() => this.#restart());
    }
    if (this.#lag > LOST_MS) return { state: 'lost', late: this.#lag };
    return { state: state === 'live' ? 'delayed' : state, late: this.#lag };
  }

  #view(view) {
    if (!this.#chairs.has(view.chair)) return this.#load();
    this.#chairs.set(view.chair, { view, at: performance.now() });
    if (this.trusted) this.#handlers.chair(view.chair);
  }

  #beat(beat) {
    const reborn = beat.bootId !== this.snapshot.bootId;
    // The ward's clock runs back only when it is another one.
    if (reborn || beat.now < this.#wardNow) this.#forgetClocks();
    this.#sample(beat);
    this.clinicSound = beat.sound;
    if (reborn) this.#load();
  }

  #event(name, event) {
    const everywhere = !event.chair || event.chair === '*';
    if (name === 'station' && event.station === this.name) {
      // Said of this page, or of another that has its name: what either drew must be told again.
      this.#confirmations.forget();
    } else if (everywhere && (name !== 'audit' || CHANGING.includes(event.what))) this.#load();
    if (name === 'alarm' && this.#isNews(event)) this.#handlers.alarm(event);
    this.#handlers.event(event);
  }

  #isNews(event) {
    // An event can come twice: at once, and again when it is durable.
    const key = `${event.chair} ${event.alarm} ${event.change} ${event.t}`;
    if (this.#announced.has(key)) return false;
    this.#announced.add(key);
    if (this.#announced.size > 200) this.#announced.delete(this.#announced.values().next().value);
    const speed = this.snapshot.speed || 1;
    return (this.#wardNow - event.t) / speed < NEWS_SECONDS;
  }

  #setLink(link) {
    const changed = link.state !== this.link.state;
    this.link = link;
    if (changed) this.#handlers.link();
  }

  #lose() {
    this.#flows = false;
    this.#setLink({ ...this.link, state: 'lost' });
    this.#handlers.tick();
  }

  /** A worker that says nothing for as long as a dead stream is as good as a dead stream. */
  #suspect() {
    if (this.#worker !== null && performance.now() - this.#heardWorker > LOST_MS) this.#restart();
  }

  #restart() {
    if (this.#worker === null) return;
    this.#lose();
    this.#forgetClocks();
    this.#employ();
    this.#listen({ open: true, fresh: true });
  }
}
