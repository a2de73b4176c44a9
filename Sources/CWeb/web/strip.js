// One alarm as a strip: shape, stars and word, text, time, who has it. Tile, rail and chair use it.

import { data, element, icon, say, shape, write } from './dom.js';

export class StripView {
  root;
  elapsed = element('span', 'elapsed');
  #icon = icon('high');
  #prefix = element('span', 'prefix');
  #words = element('span', 'words');
  #taken = element('span', 'taken');

  constructor(classes) {
    this.root = element('div', classes, this.#icon, this.#prefix, this.#words, this.#taken,
      this.elapsed);
  }

  /** @param strip a strip of the chair model @param {string} more `+2` when others are not shown */
  update(strip, more = '') {
    data(this.root, 'p', strip.priority);
    data(this.root, 's', strip.state);
    shape(this.#icon, strip.priority);
    write(this.#prefix, strip.prefix);
    write(this.#words, strip.text);
    say(this.#taken, strip.taken);
    write(this.elapsed, more || strip.elapsed);
  }

  /** Leaves no old word in the document. */
  clear() {
    for (const node of [this.#prefix, this.#words, this.#taken, this.elapsed]) write(node, '');
  }
}
