// What the pages of one chair have in common: whom they are about, when they are drawn, and that nothing
// stays on the screen when the link is lost.

import { texts } from './texts.js';
import { Station } from './station.js';
import { Frame } from './frame.js';
import { SessionFeed } from './session-feed.js';
import { chairKeys } from './chair-keys.js';
import { chairModel } from './chair-model.js';
import { loadForms, whenForms } from './forms.js';
import { element, say, show, write } from './dom.js';

const REDRAW_MS = 500;

/** The chair that the address names. */
export const chairName = decodeURIComponent(location.pathname.split('/')[2] ?? '');

export class ChairPage {
  station;
  feed = new SessionFeed(chairName, () => this.station.trusted && this.#draw());
  #frame;
  #main = document.getElementById('main');
  #patient = element('span', 'patient');
  #phase = element('span', 'phase');
  #missing = element('p', 'missing', texts.unknownChair(chairName));
  #own;
  #drawnAt = 0;

  /** The patient, as the header names him. */
  patient = () => this.#patient.textContent;

  /**
   * @param {object} own of a page: `page` (its list of keys), `back` (text and href), `heading`, `title`,
   * the columns `left` and `right`, the `parts` to be blanked, its `forms` and `keys`,
   * `phase(model)` in words, `draw({ view, model, passed })`, `refresh()` when something has happened,
   * and `tick()` a few times a second
   */
  start(own) {
    this.#own = own;
    const back = element('a', 'back', own.back.text);
    back.href = own.back.href;
    show(this.#missing, false);
    this.#main.append(this.#missing,
      element('div', 'left', ...own.left), element('div', 'right', ...own.right));
    this.station = new Station({
      loaded: () => this.#loaded(),
      chair: (changed) => changed === chairName && this.#draw(),
      link: () => this.#link(),
      tick: () => this.#tick(),
      alarm: (found) => this.#frame.announce(found),
      event: (found) => {
        this.#frame.event(found);
        if (found.chair === chairName) this.#refresh();
      },
    });
    this.#frame = new Frame(this.station, own.title,
      [back, element('h1', 'chair-name', own.heading), this.#patient, this.#phase]);
    chairKeys(chairName, own.page, {
      alarms: () => this.station.chair(chairName)?.view.alarms ?? [],
      forms: own.forms,
      keys: { Escape: () => location.assign(own.back.href), ...own.keys },
    });
    whenForms(() => this.station.trusted && this.#draw());
    loadForms();
    this.station.start();
  }

  #loaded() {
    this.#frame.load();
    const known = this.station.chair(chairName) !== undefined;
    show(this.#missing, !known);
    this.#main.classList.toggle('unknown', !known);
    if (!known || !this.station.trusted) return;
    this.#draw();
    this.#refresh();
  }

  #refresh() {
    this.feed.refresh();
    this.#own.refresh();
  }

  #draw() {
    this.#drawnAt = performance.now();
    const held = this.station.chair(chairName);
    if (held === undefined) return;
    const { view, waited } = held;
    const { speed } = this.station.snapshot;
    const model = chairModel(view, waited, speed, (id) => this.station.staffName(id));
    write(this.#patient, model.patient);
    say(this.#phase, this.#own.phase(model));
    this.#own.draw({ view, model, passed: (waited / 1000) * speed });
    this.station.drawn(chairName);
  }

  #tick() {
    this.#frame.tick();
    if (!this.station.trusted) return;
    // Apart from the drawing, which a lively chair puts off for ever: this counts all chairs.
    this.#frame.alarms();
    this.station.drawn('*');
    if (this.station.chair(chairName) === undefined) return;
    this.feed.tick();
    this.#own.tick();
    if (performance.now() - this.#drawnAt >= REDRAW_MS) this.#draw();
  }

  #link() {
    this.#frame.link();
    if (this.station.trusted) {
      if (this.station.chair(chairName) !== undefined) this.#refresh();
      return;
    }
    write(this.#patient, '');
    say(this.#phase, '');
    for (const part of this.#own.parts) part.blank(chairName);
  }
}
