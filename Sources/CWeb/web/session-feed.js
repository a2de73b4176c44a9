// One chair in full, with its session: asked for again and again, and not believed for long.

const EVERY_MS = 2000;
const TIMEOUT_MS = 4000;
/** Several events of one instant need one question. */
const GATHER_MS = 150;
/** A finding older than this is not shown as what is so now. */
export const BELIEVED_MS = 6000;

export class SessionFeed {
  /** The chair's own view with its `session`, or null before it came. */
  view = null;
  #chair;
  #changed;
  #askedAt = -Infinity;
  #viewAt = -Infinity;
  #timer = null;
  #asking = false;

  /** @param {string} chair @param {() => void} changed after each answer */
  constructor(chair, changed) {
    this.#chair = chair;
    this.#changed = changed;
  }

  /** When what is held was asked for, by this page's steady clock. */
  get askedAt() {
    return this.#viewAt;
  }

  /** Milliseconds since what is held was asked for. */
  get waited() {
    return performance.now() - this.#viewAt;
  }

  get isFresh() {
    return this.view !== null && this.waited < BELIEVED_MS;
  }

  get session() {
    return this.view?.session ?? null;
  }

  /** To be called a few times a second. */
  tick() {
    if (performance.now() - this.#askedAt > EVERY_MS) this.#ask();
  }

  /** Something happened at the chair. */
  refresh() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#ask();
    }, GATHER_MS);
  }

  async #ask() {
    if (this.#asking) return;
    this.#asking = true;
    const asked = performance.now();
    this.#askedAt = asked;
    try {
      const answer = await fetch(`/api/v1/chairs/${encodeURIComponent(this.#chair)}`, {
        cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!answer.ok) return;
      this.view = await answer.json();
      this.#viewAt = asked;
      this.#changed();
    } catch {
      // What is held grows old by itself; the link to the station is watched elsewhere.
    } finally {
      this.#asking = false;
    }
  }
}
