// The observation after the dose. The text is the truth, the ring is decoration.

import { texts } from './texts.js';
import { data, element, property, show, write } from './dom.js';

export class TimerPanel {
  root = element('section', 'panel observation');
  #ring = element('div', 'ring');
  #left = element('p', 'remaining');
  #word = element('p', 'word');
  #of = element('p', 'of');
  #blocked = element('p', 'blocked-title');
  #blockers;
  #items = element('ul', 'blocked');

  /** `blockers`: whether it lists what is open. */
  constructor({ blockers = true } = {}) {
    this.#blockers = blockers;
    this.#left.setAttribute('role', 'timer');
    this.#ring.setAttribute('aria-hidden', 'true');
    this.root.append(element('h2', '', texts.timerTitle),
      element('div', 'timer-row', this.#ring,
        element('div', '', this.#left, this.#word, this.#of)),
      this.#blocked, this.#items);
    this.root.hidden = true;
  }

  update({ timer }) {
    show(this.root, timer !== null);
    if (timer === null) return;
    write(this.#left, `${timer.left} ${texts.timerLeft}`);
    write(this.#word, timer.word);
    write(this.#of, timer.of);
    data(this.#ring, 'state', timer.state);
    property(this.#ring, '--done', `${(timer.done * 100).toFixed(1)}%`);
    const blockedBy = this.#blockers ? timer.blockedBy : [];
    write(this.#blocked, blockedBy.length > 0 ? texts.blockedBy(blockedBy.length) : '');
    blockedBy.forEach((text, place) => {
      if (this.#items.children[place] === undefined) this.#items.append(element('li'));
      write(this.#items.children[place], text);
    });
    while (this.#items.children.length > blockedBy.length) this.#items.lastChild.remove();
  }

  blank() {
    for (const node of [this.#left, this.#word, this.#of, this.#blocked]) write(node, '');
    this.#items.replaceChildren();
    show(this.root, false);
  }
}
