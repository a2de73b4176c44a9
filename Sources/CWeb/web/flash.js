// One flash clock for the whole screen. Pure but for the class `Flasher`.
//
// All strips flash in one phase: two tiles in opposite phase at 2 Hz would be four flashes a second.
// HIGH: 2 Hz, half of it filled. MEDIUM: 0.5 Hz, and its edges fall on edges of HIGH.

const HIGH_HALF_MS = 250;
const MEDIUM_HALF_MS = 1000;
/** No two changes closer than this, whatever the clock says: never more than 2.5 flashes a second. */
const SHORTEST_MS = 200;

/** Which strips are in their dark half at this server time. */
export function phases(serverMs) {
  return {
    highDark: Math.floor(serverMs / HIGH_HALF_MS) % 2 === 1,
    mediumDark: Math.floor(serverMs / MEDIUM_HALF_MS) % 2 === 1,
  };
}

/** Milliseconds until the next edge. */
export function untilNextEdge(serverMs) {
  const rest = HIGH_HALF_MS - (((serverMs % HIGH_HALF_MS) + HIGH_HALF_MS) % HIGH_HALF_MS);
  return Math.max(SHORTEST_MS, rest);
}

/** Carries the phases as two classes on one element; the style sheet does the rest. */
export class Flasher {
  #root;
  #serverNow;
  #timer = null;

  constructor(root, serverNow) {
    this.#root = root;
    this.#serverNow = serverNow;
  }

  /** Runs only while something flashes, so that a calm wall costs nothing. */
  set wanted(wanted) {
    if (wanted && this.#timer === null) this.#step();
    if (!wanted && this.#timer !== null) this.#stop();
  }

  #step() {
    const now = this.#serverNow() ?? 0;
    // Aim a little past the edge: a timer that is early by a hair must not fall on its old side.
    const { highDark, mediumDark } = phases(now + 5);
    this.#root.classList.toggle('high-dark', highDark);
    this.#root.classList.toggle('medium-dark', mediumDark);
    this.#timer = setTimeout(() => this.#step(), untilNextEdge(now + 5));
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#root.classList.remove('high-dark', 'medium-dark');
  }
}
