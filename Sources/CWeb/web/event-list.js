// What happened at a chair, newest first.

import { texts } from './texts.js';
import { clock } from './format.js';
import { data, element, show, write } from './dom.js';

const LIMIT = 50;
const TIMEOUT_MS = 5000;
/** Several events of one instant need one question. */
const GATHER_MS = 300;

export class EventList {
  root = element('section', 'panel events');
  #chair;
  #list = element('ol', 'event-items');
  #none = element('p', 'none', texts.noEvents);
  #timer = null;

  constructor(chair) {
    this.#chair = chair;
    const title = element('h2', '', texts.events);
    title.id = 'events-title';
    this.#list.setAttribute('aria-labelledby', title.id);
    this.#list.tabIndex = 0;
    this.root.append(title, this.#list, this.#none);
  }

  refresh() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#load();
    }, GATHER_MS);
  }

  async #load() {
    try {
      const url = `/api/v1/chairs/${encodeURIComponent(this.#chair)}/events?limit=${LIMIT}`;
      const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (answer.ok) this.#draw((await answer.json()).events);
    } catch {
      // The next event asks again; the link to the station is watched elsewhere.
    }
  }

  #draw(events) {
    // Which screen drew what is in the log; here it would push out what happened to the patient.
    const told = events.filter(({ what }) => what !== 'delivered');
    show(this.#none, told.length === 0);
    this.#list.replaceChildren(...told.reverse().map((event) => {
      const time = element('time', '', clock(Date.parse(event.wall)));
      time.dateTime = event.wall;
      const text = element('span', 'event-text', texts.event(event));
      const item = element('li', '', time, text);
      data(item, 'priority', event.priority ?? '');
      return item;
    }));
  }

  blank() {
    this.#list.replaceChildren();
    show(this.#none, false);
    write(this.#none, texts.noEvents);
  }
}
