// The clocks of an observation: both must have run, and this is when at the earliest.

import { texts } from './texts.js';
import { DASH, clock, duration, remaining } from './format.js';
import { element, property, show, write } from './dom.js';

export class ClocksPanel {
  root = element('dl', 'clocks');
  #rows = new Map();

  constructor() {
    for (const name of ['elapsed', 'credit', 'held', 'earliest']) {
      const value = element('dd', '');
      const bar = element('span', 'bar-of');
      bar.setAttribute('aria-hidden', 'true');
      const row = element('div', `clock-row ${name}`,
        element('dt', '', texts.form.clocks[name]), value, bar);
      this.#rows.set(name, { row, value, bar });
      this.root.append(row);
    }
  }

  /**
   * @param {object} view of the tile @param {number} passed seconds of the ward since it came
   * @param {object | null} session in full @param {number | null} now server time in milliseconds
   */
  update(view, passed, session, now) {
    const { timer } = view;
    show(this.root, timer !== null && timer !== undefined);
    if (!timer) return;
    const runs = view.phase === 'observation' || view.phase === 'readyForSignOff';
    const on = runs ? passed : 0;
    const credits = timer.state === 'running' && view.substate !== 'away' ? on : 0;
    this.#clock('elapsed', timer.elapsedSeconds + on, timer.requiredSeconds);
    this.#clock('credit', timer.creditSeconds + credits, timer.creditNeededSeconds);
    const held = session?.heldSeconds ?? 0;
    const isHeld = held - on > 0;
    show(this.#rows.get('held').row, isHeld);
    write(this.#rows.get('held').value, isHeld ? remaining(held - on) : '');
    const left = timer.remainingSeconds - on;
    const at = now === null ? DASH : clock(now + left * 1000).slice(0, 5);
    show(this.#rows.get('earliest').row, runs);
    write(this.#rows.get('earliest').value, left > 0 ? at : texts.form.earliestNow);
  }

  #clock(name, seconds, needed) {
    const { value, bar } = this.#rows.get(name);
    write(value, texts.form.clockOf(duration(seconds), duration(needed)));
    const done = needed > 0 ? Math.min(1, seconds / needed) : 1;
    property(bar, '--done', `${(done * 100).toFixed(1)}%`);
  }

  blank() {
    for (const { value } of this.#rows.values()) write(value, '');
    show(this.root, false);
  }
}
