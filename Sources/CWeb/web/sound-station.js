// The sound of this page: armed by a person, driven by the alarms, told to the server.

import { texts } from './texts.js';
import { audibleAlarms, wanted } from './sound.js';
import { keepSoundCheck, soundCheck } from './sound-check.js';
import { Speaker } from './speaker.js';
import { SoundPanel } from './sound-panel.js';
import { send } from './commands.js';
import { who } from './person.js';

const DRIVE_MS = 250;
/** Nothing is silent for longer (`clinical.md` 3.4). */
const LOST_PAUSE_MS = 120_000;

export class SoundStation {
  panel = new SoundPanel({
    turnOn: () => this.#turnOn(), answer: (heard) => this.#answer(heard),
    pause: () => this.pause(),
  });
  #station;
  #speaker = new Speaker({
    heard: (alarms) => this.#station.sounded(alarms), changed: () => this.#changed(),
  });
  #asking = false;
  #note = '';
  /** Since when the server has not been heard, and until when a person wants no sound of it. */
  #lostAt = null;
  #lostPausedUntil = 0;

  constructor(station) {
    this.#station = station;
    // Where a browser allows it, what was heard on the page before goes on.
    this.#speaker.start().then(() => this.#changed());
    setInterval(() => this.#drive(), DRIVE_MS);
    document.addEventListener('visibilitychange', () => this.#tell());
    this.#draw();
  }

  get #state() {
    if (this.#asking) return 'asking';
    return this.#speaker.runs && soundCheck() !== null ? 'on' : 'off';
  }

  #changed() {
    if (!this.#speaker.runs) this.#asking = false;
    this.#draw();
    this.#tell();
  }

  /** The server knows at once, and again every five seconds. */
  #tell() {
    const isOn = this.#state === 'on';
    this.#station.tellSound({
      visible: document.visibilityState === 'visible', audible: this.#speaker.runs,
      soundCheckedBy: isOn ? soundCheck().by : null,
    });
  }

  async #turnOn() {
    this.#note = '';
    if (!await this.#speaker.start()) {
      this.#note = texts.soundBlocked;
      this.#draw();
      return;
    }
    this.#asking = true;
    this.#draw();
    this.#speaker.once('medium');
    this.panel.ask();
  }

  #answer(heard) {
    if (heard && who() === null) {
      this.#note = texts.chooseWho;
      this.#draw();
      document.getElementById('who')?.focus();
      return;
    }
    this.#asking = false;
    keepSoundCheck(heard ? { by: who(), at: this.#station.serverNow() ?? Date.now() } : null);
    this.#note = heard ? '' : texts.soundNotHeard;
    this.#changed();
    if (!heard) this.panel.focus();
  }

  /** Pauses the sound of this station, or ends its pause. */
  pause() {
    const { name } = this.#station;
    return this.#pausedMs > 0
      ? send('*', { command: 'stationResume', station: name }, texts.resumeStation)
      : send('*', { command: 'stationPause', station: name, seconds: 120 }, texts.pauseStation);
  }

  /** Something is still paused or off somewhere. */
  remind() {
    if (this.#station.trusted && this.#pausedMs <= 0) this.#speaker.once('reminder');
  }

  get #pausedMs() {
    return this.#station.pausedMs;
  }

  /** The lost screen covers everything else: it has a pause of its own, which the next loss ends. */
  pauseLost() {
    this.#lostPausedUntil = performance.now() + LOST_PAUSE_MS;
  }

  /** For the lost screen. */
  get lost() {
    const pausedMs = Math.max(0, this.#lostPausedUntil - performance.now());
    return { runs: this.#speaker.runs, pausedMs };
  }

  #drive() {
    this.#draw();
    if (this.#asking) return;
    const [station, now] = [this.#station, performance.now()];
    const { trusted } = station;
    if (trusted) [this.#lostAt, this.#lostPausedUntil] = [null, 0];
    else this.#lostAt ??= now - Math.max(station.link.silence, now - station.contact.at);
    const places = trusted ? [{ chair: '*', alarms: station.snapshot?.alarms }, ...station.chairs] : [];
    // Sound that nobody has checked is better than none; it is not told as heard.
    this.#speaker.drive(wanted({
      alarms: audibleAlarms(places), trusted, silence: trusted ? 0 : now - this.#lostAt,
      pausedUntil: trusted ? now + this.#pausedMs : this.#lostPausedUntil,
    }, now));
  }

  #draw() {
    this.panel.update({
      state: this.#state, check: soundCheck(), pausedMs: this.#pausedMs, note: this.#note,
      nameOf: (id) => this.#station.staffName(id),
    });
    this.panel.clinic(this.#station.trusted ? this.#station.clinicSound : null);
  }
}
