// The CONNECTION LOST screen. It covers everything, cannot be dismissed, and holds no value.

import { texts } from './texts.js';
import { DASH, clock, duration, remaining } from './format.js';
import { button, element, say, show, write } from './dom.js';

export class Overlay {
  #root = element('section', 'lost');
  #contact = element('p', 'lost-contact');
  #retry = element('p', 'lost-retry');
  #chairs = element('ul', 'lost-chairs');
  #pause;
  #silent = element('span', 'lost-silent', texts.lostSilent);

  /** @param {() => void} pause the sound of the loss, for two minutes */
  constructor(pause) {
    const title = element('h2', 'lost-title', texts.lostTitle);
    const body = element('p', 'lost-body', texts.lostBody);
    title.id = 'lost-title';
    body.id = 'lost-body';
    this.#root.setAttribute('role', 'alertdialog');
    this.#root.setAttribute('aria-modal', 'true');
    this.#root.setAttribute('aria-labelledby', title.id);
    this.#root.setAttribute('aria-describedby', body.id);
    this.#root.tabIndex = -1;
    this.#pause = button(texts.lostPause, 'lost-pause', pause);
    this.#root.append(title, body, this.#contact, this.#retry,
      element('p', 'lost-sound', this.#pause, this.#silent), this.#chairs);
  }

  /** @param {string[]} names of the chairs, in room order */
  open(names) {
    if (this.#root.isConnected) return;
    for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close();
    this.#chairs.replaceChildren(...names.map((name) => element('li', '',
      element('span', 'lost-name', texts.chair(name)), ` ${DASH}`)));
    for (const part of document.body.children) part.inert = true;
    document.body.append(this.#root);
    this.#root.focus();
  }

  close() {
    if (!this.#root.isConnected) return;
    this.#root.remove();
    for (const part of document.body.children) part.inert = false;
  }

  /** Counts on while it is open; `sound` tells whether this page sounds, and how long it is paused. */
  update(link, contact, sound) {
    if (!this.#root.isConnected) return;
    const ago = duration((performance.now() - contact.at) / 1000);
    write(this.#contact, contact.server === null
      ? texts.lostNever
      : texts.lostContact(clock(contact.server), ago));
    show(this.#pause, sound.runs);
    show(this.#silent, !sound.runs);
    write(this.#pause, sound.pausedMs > 0
      ? texts.lostPaused(remaining(sound.pausedMs / 1000)) : texts.lostPause);
    const attempt = link.attempts > 0 ? texts.lostRetry(link.attempts) : '';
    say(this.#retry, link.state === 'resyncing' ? texts.resyncing : attempt);
  }
}
