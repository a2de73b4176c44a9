// Is what the screen shows still true? The watchdog of the event stream. Pure: times are arguments.

/** Silence after which a badge says so. */
export const DELAYED_MS = 3000;
/** Silence after which nothing on the screen may be believed. */
export const LOST_MS = 5000;
/** A tick this late means the machine slept, or the page was frozen. */
const SLEPT_MS = 5000;

/**
 * States: `connecting` (nothing heard yet), `live`, `delayed`, `lost`.
 *
 * Any message proves that the stream flows; only a heartbeat ends `lost`, since a message that
 * waited in a buffer through a sleep proves nothing.
 */
export class Link {
  #state = 'connecting';
  #heardAt;
  #tickedAt;
  #tickedWall;

  /** @param {number} now steady milliseconds @param {number} wall milliseconds since 1970 */
  constructor(now, wall) {
    this.#heardAt = now;
    this.#tickedAt = now;
    this.#tickedWall = wall;
  }

  get state() {
    return this.#state;
  }

  /** Milliseconds since the last message. */
  silence(now) {
    return Math.max(0, now - this.#heardAt);
  }

  message(now) {
    if (this.#state === 'lost') return;
    this.#heardAt = now;
    if (this.#state === 'delayed') this.#state = 'live';
  }

  heartbeat(now) {
    this.#heardAt = now;
    this.#state = 'live';
  }

  /** To be called a few times a second. True when the machine slept: the connection is worthless. */
  tick(now, wall) {
    // The steady clock stands still in suspend, the wall clock does not: the larger gap counts.
    const gap = Math.max(now - this.#tickedAt, wall - this.#tickedWall);
    this.#tickedAt = now;
    this.#tickedWall = wall;
    const slept = gap > SLEPT_MS;
    const silence = this.silence(now);
    if (slept || silence > LOST_MS) this.#state = 'lost';
    else if (silence > DELAYED_MS && this.#state === 'live') this.#state = 'delayed';
    return slept;
  }
}
