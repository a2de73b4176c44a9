// The loudspeaker of this page: whether it runs, and the one scheduler of bursts.

import { BURSTS, lay, length } from './burst.js';
import { keyOf, nextStart, partOf } from './sound.js';

/** How often the clock of the sound is looked at; one that stands still for two looks has stopped. */
const LOOK_MS = 500;
const STALL_LOOKS = 2;
/** A burst is laid this far ahead, so that its first pulse is whole. */
const AHEAD_S = 0.05;

/**
 * `heard()` is told which alarms have just had their part in a burst, `changed()` when the sound
 * began or ceased to run.
 */
export class Speaker {
  /** Whether sound comes out, as far as a page can know. */
  runs = false;
  #context = null;
  #last = null;
  #sounding = null;
  #stillFor = 0;
  #clockWas = -1;
  #handlers;

  constructor(handlers) {
    this.#handlers = handlers;
    setInterval(() => this.#look(), LOOK_MS);
  }

  /**
   * Tries to run: allowed after a press, or where the browser is told to allow it. Returns whether
   * it runs.
   */
  async start() {
    if (this.#context?.state === 'closed') this.#context = null;
    this.#context ??= this.#make();
    // A press that is not allowed leaves this waiting for ever.
    await Promise.race([
      this.#context.resume().catch(() => {}), new Promise((done) => setTimeout(done, 1000)),
    ]);
    const before = this.#context.currentTime;
    await new Promise((done) => setTimeout(done, 200));
    this.#stillFor = 0;
    this.#set(this.#context.state === 'running' && this.#context.currentTime > before);
    return this.runs;
  }

  #make() {
    const context = new AudioContext({ latencyHint: 'interactive' });
    context.addEventListener('statechange', () => {
      if (context === this.#context && context.state !== 'running') this.#set(false);
    });
    // A device that is gone: what is laid into this context is heard by nobody.
    context.addEventListener('error', () => {
      if (context === this.#context) this.#drop();
    });
    navigator.mediaDevices?.addEventListener('devicechange', () => this.#look());
    return context;
  }

  #drop() {
    this.#context?.close().catch(() => {});
    this.#context = null;
    this.#set(false);
  }

  /** State and clock of the sound: one that says it runs, and stands still, does not. */
  #look() {
    if (this.#context === null) return this.#set(false);
    const { state, currentTime } = this.#context;
    this.#stillFor = currentTime > this.#clockWas ? 0 : this.#stillFor + 1;
    this.#clockWas = currentTime;
    // What an operating system has interrupted and given back runs again by itself.
    this.#set(state === 'running' && this.#stillFor < STALL_LOOKS);
  }

  #set(runs) {
    if (this.runs === runs) return;
    this.runs = runs;
    if (!runs) [this.#last, this.#sounding] = [null, null];
    this.#handlers.changed();
  }

  /** Sounds once, whatever else is to sound: the test, the reminder. */
  once(name) {
    if (!this.runs || this.#sounding !== null) return;
    this.#play(name, []);
    // It is no part of the repetition of alarms.
    this.#last = null;
  }

  /** To be called a few times a second with what `wanted` says, or null. */
  drive(want) {
    if (!this.runs || this.#sounding !== null) return;
    const now = performance.now();
    if (want === null) {
      // A pause of less than a gap does not begin anew what is the same.
      if (this.#last !== null && now > this.#last.startedAt + 60_000) this.#last = null;
      return;
    }
    if (nextStart(want, this.#last, now) <= now) {
      this.#play(want.name, want.alarms);
      this.#handlers.heard(want.alarms);
    } else {
      const joined = partOf(want, this.#last, now);
      if (joined.length > 0) this.#handlers.heard(joined);
    }
  }

  #play(name, alarms) {
    const keys = new Set(alarms.map(keyOf));
    this.#last = { name, startedAt: performance.now(), keys };
    this.#sounding = name;
    const done = () => {
      this.#sounding = null;
      clearTimeout(limit);
    };
    // Should its end never be told: a context that was suspended in between tells nothing.
    const limit = setTimeout(done, length(BURSTS[name]) + 500);
    lay(this.#context, BURSTS[name], this.#context.currentTime + AHEAD_S)
      .addEventListener('ended', done);
  }
}
