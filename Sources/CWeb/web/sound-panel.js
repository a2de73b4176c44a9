// What a page shows of sound: the banner that turns it on, and the state in the header.

import { texts } from './texts.js';
import { button, data, element, icon, say, shape, show, write } from './dom.js';
import { clock, remaining } from './format.js';

export class SoundPanel {
  /** In the header. */
  badge = element('span', 'sound');
  /** Across the page. */
  banner = element('section', 'sound-off');
  /** No station can be heard, or the server cannot sound; for a page that sounds itself. */
  ward = element('p', 'unheard');
  #icon = icon('bellOff');
  #word = element('span', 'sound-word');
  #ask = element('div', 'row sound-ask');
  #turnOn;
  #note = element('p', 'sound-note');
  #clinic = element('p', 'sound-note');
  #pause;

  /** @param handlers `turnOn()`, `answer(heard)`, `pause()` */
  constructor(handlers) {
    this.#pause = button(texts.pauseStation, 'sound-pause', () => handlers.pause());
    this.badge.append(this.#icon, this.#word, this.#pause);
    this.#turnOn = button(texts.soundOff, 'turn-on', () => handlers.turnOn());
    this.#note.setAttribute('aria-live', 'polite');
    this.#ask.append(
      element('span', 'sound-question', texts.soundHeard),
      button(texts.yes, 'act heard-yes', () => handlers.answer(true)),
      button(texts.no, 'heard-no', () => handlers.answer(false)));
    this.banner.setAttribute('aria-label', texts.soundBanner);
    this.banner.append(this.#turnOn, this.#ask, this.#note, this.#clinic);
    this.ward.setAttribute('aria-live', 'polite');
    this.ward.hidden = true;
  }

  /**
   * @param {{state: 'off' | 'asking' | 'on', check: object | null, pausedMs: number,
   *   nameOf: (id: string) => string, note: string}} model
   */
  update({ state, check, pausedMs, nameOf, note }) {
    show(this.banner, state !== 'on');
    show(this.#turnOn, state === 'off');
    show(this.#ask, state === 'asking');
    say(this.#note, note);
    data(this.badge, 'state', state);
    shape(this.#icon, state === 'on' && pausedMs <= 0 ? 'bell' : 'bellOff');
    const paused = state === 'on' && pausedMs > 0;
    write(this.#word, paused
      ? texts.stationPaused(remaining(pausedMs / 1000))
      : state === 'on'
        ? texts.soundOn(clock(check.at).slice(0, 5), nameOf(check.by))
        : texts.soundIsOff);
    show(this.#pause, state === 'on');
    write(this.#pause, paused ? texts.resumeShort : texts.pauseStation);
  }

  /** The button has the focus when the page is opened, unless somebody is at something else. */
  focus() {
    if (document.activeElement === document.body) this.#turnOn.focus({ preventScroll: true });
  }

  /** Asks; the answer that is hoped for has the focus. */
  ask() {
    this.#ask.querySelector('.heard-yes').focus({ preventScroll: true });
  }

  /** Of the whole clinic: `{audible, unheard, host}` of the snapshot or the heartbeat. */
  clinic(sound) {
    const words = [];
    if (sound?.unheard) words.push(texts.nobodyHeard);
    if (sound?.host.state === 'failing') words.push(texts.hostSilent(sound.host.reason));
    const text = words.join(' ');
    // A page that is silent itself says it in its own banner.
    say(this.#clinic, this.banner.hidden ? '' : text);
    say(this.ward, this.banner.hidden ? text : '');
  }
}
