// Tells the daemon what this page has drawn, and apart from that what it has sounded. A display that
// does not is only a display: its alarms count as not delivered.

const GATHER_MS = 100;
const TIMEOUT_MS = 4000;
const NAME = /^[A-Za-z0-9_-]{1,15}$/;
const KEY = 'chairside-station';

/** The name of this station: given in the address as `?station=front`, else one for this tab. */
export function stationName() {
  const given = new URLSearchParams(location.search).get('station');
  if (given !== null && NAME.test(given)) sessionStorage.setItem(KEY, given);
  const kept = sessionStorage.getItem(KEY);
  if (kept !== null && NAME.test(kept)) return kept;
  const [number] = crypto.getRandomValues(new Uint32Array(1));
  const made = `tab-${number.toString(36)}`;
  sessionStorage.setItem(KEY, made);
  return made;
}

/** The address of one of a station's doors. */
export function door(station, name) {
  return `/api/v1/stations/${encodeURIComponent(station)}/${name}`;
}

export class Confirmations {
  #station;
  /** What the daemon knows, or is about to: the newest revision of each alarm. */
  #told = new Map();
  #waiting = { confirmed: [], sounded: [] };
  #timer = null;
  #isOpen = false;

  constructor(station) {
    this.#station = station;
  }

  /** The page has just drawn these alarms of a chair, and no longer draws those that ended. */
  drawn(chair, alarms, ended) {
    // Nobody sees a page in the background.
    if (!this.#isOpen || document.visibilityState !== 'visible') return;
    for (const { id, revision } of [...alarms, ...ended]) {
      this.#note('confirmed', { chair, id, revision });
    }
  }

  /** These alarms have just had their part in a burst, whether or not anybody sees the page. */
  sounded(alarms) {
    if (!this.#isOpen) return;
    for (const { chair, id, revision } of alarms) this.#note('sounded', { chair, id, revision });
  }

  #note(what, { chair, id, revision }) {
    const key = `${what} ${chair} ${id}`;
    if (this.#told.get(key) === revision) return;
    this.#told.set(key, revision);
    this.#waiting[what].push({ chair, id, revision });
    this.#timer ??= setTimeout(() => this.#send(), GATHER_MS);
  }

  /** A stream was opened: from now on the daemon listens, and knows nothing of this page yet. */
  open() {
    this.#isOpen = true;
    this.forget();
  }

  /** What was told may be forgotten over there: all is told again when it is drawn again. */
  forget() {
    this.#told.clear();
  }

  async #send() {
    this.#timer = null;
    const waiting = this.#waiting;
    this.#waiting = { confirmed: [], sounded: [] };
    try {
      const answer = await fetch(door(this.#station, 'confirmations'), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Chairside': '1' },
        body: JSON.stringify(waiting),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!answer.ok) this.forget();
    } catch {
      this.forget();
    }
  }
}
