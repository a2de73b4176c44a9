// Tells the daemon every five seconds how this station is: seen, heard, and how far it has come.

import { door } from './confirmations.js';

const BEAT_MS = 5000;

export class Beat {
  #name;
  #lastEventId;
  #sound = { visible: false, audible: false, soundCheckedBy: null };
  #timer = null;

  /** @param {() => number | null} lastEventId the newest event that the page has */
  constructor(name, lastEventId) {
    this.#name = name;
    this.#lastEventId = lastEventId;
  }

  /** Something has changed: the daemon hears of it at once. */
  tell(sound) {
    this.#sound = sound;
    if (this.#timer !== null) this.#send();
  }

  /** A stream was opened: from now on the daemon listens. */
  open() {
    this.#timer ??= setInterval(() => this.#send(), BEAT_MS);
    this.#send();
  }

  #send() {
    fetch(door(this.#name, 'beat'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Chairside': '1' },
      body: JSON.stringify({ ...this.#sound, lastEventId: this.#lastEventId() }),
      signal: AbortSignal.timeout(BEAT_MS),
      // The next one is due in five seconds; the daemon notices what is missing.
    }).catch(() => {});
  }
}
