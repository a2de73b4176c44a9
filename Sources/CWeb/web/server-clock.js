// The server's wall clock as this page knows it. Pure: the local time is an argument.

/** Samples to remember, one a second. */
const WINDOW = 30;
/** A sample this far from the estimate is a step of a wall clock, not a slow network. */
const STEP_MS = 2000;

/**
 * Estimates server time from stamped messages.
 *
 * A message is late by its travel time and never early, so of the recent differences the largest is
 * the best. That keeps the flash clock steady while the network jitters.
 */
export class ServerClock {
  #offsets = [];
  #offset = null;
  #window;
  #step;

  constructor({ window = WINDOW, step = STEP_MS } = {}) {
    this.#window = window;
    this.#step = step;
  }

  /** @param {number} server @param {number} local milliseconds of any steady local clock */
  sample(server, local) {
    if (!Number.isFinite(server)) return;
    const offset = server - local;
    if (this.#offset !== null && Math.abs(offset - this.#offset) > this.#step) this.reset();
    this.#offsets.push(offset);
    if (this.#offsets.length > this.#window) this.#offsets.shift();
    this.#offset = Math.max(...this.#offsets);
  }

  /** Server time in milliseconds since 1970, or null before the first sample. */
  now(local) {
    return this.#offset === null ? null : local + this.#offset;
  }

  /** Forget everything: the local clock may have stood still while the machine slept. */
  reset() {
    this.#offsets = [];
    this.#offset = null;
  }
}
