// The alarm rail of a large wall: the most urgent alarms as big cards. Only here order may change.

import { texts } from './texts.js';
import { sorted, split } from './alarms.js';
import { arrange } from './keyed.js';
import { commandButton } from './commands.js';
import { stripModel } from './chair-model.js';
import { data, element, icon, property, say, shape, write } from './dom.js';

const CARDS = 4;
/** A card that has just moved under a finger is not what the finger meant. */
const SETTLE_MS = 600;

class Card {
  root = element('li', 'card');
  #icon = icon('high');
  #prefix = element('span', 'prefix');
  #chair = element('a', 'card-chair');
  #elapsed = element('span', 'elapsed');
  #name = element('span', 'card-name');
  #figure = element('span', 'card-figure');
  #advice = element('p', 'card-advice');
  #taken = element('span', 'taken');
  #acknowledge;
  #movedAt = performance.now();

  constructor(chair, alarm) {
    const settled = (command) => () =>
      (performance.now() - this.#movedAt < SETTLE_MS ? null : { chair, command });
    this.#chair.href = `/chairs/${encodeURIComponent(chair)}`;
    write(this.#chair, texts.chair(chair));
    this.#acknowledge = commandButton(texts.acknowledge, 'act alarm-act',
      settled({ command: 'acknowledge', alarm: alarm.alarm }));
    const pause = commandButton(texts.pauseShort, 'alarm-act',
      settled({ command: 'audioPause', seconds: 120 }));
    this.root.append(
      element('p', 'card-head', this.#icon, this.#chair, this.#prefix, this.#elapsed),
      element('p', 'card-text', this.#name, this.#figure), this.#advice,
      element('p', 'card-acts', this.#acknowledge, this.#taken, pause));
  }

  moved() {
    this.#movedAt = performance.now();
  }

  update(strip) {
    data(this.root, 'p', strip.priority);
    data(this.root, 's', strip.state);
    shape(this.#icon, strip.priority);
    const { name, figure, advice } = split(strip.alarm);
    write(this.#prefix, strip.prefix);
    write(this.#name, strip.state === 'latched' ? texts.was(name) : name);
    say(this.#figure, figure);
    property(this.#figure, '--letters', String(figure.length));
    say(this.#advice, advice);
    write(this.#elapsed, strip.elapsed);
    say(this.#taken, strip.taken);
    this.#acknowledge.hidden = strip.taken !== '';
  }
}

export class Rail {
  root = element('section', 'rail');
  #list = element('ol', 'cards');
  #more = element('p', 'more');
  #cards = new Map();

  constructor() {
    this.root.setAttribute('aria-label', texts.railTitle);
    this.root.append(this.#list, this.#more);
  }

  /** @param held `{view, waited}` of every chair */
  update(held, speed, nameOf) {
    const all = sorted(held.flatMap(({ view, waited }) => (view.alarms ?? [])
      .map((alarm) => ({ ...alarm, chair: view.chair, passed: (waited / 1000) * speed }))));
    const shown = all.slice(0, CARDS);
    const cards = shown.map((alarm) => {
      const key = `${alarm.chair} ${alarm.id}`;
      const card = this.#cards.get(key) ?? new Card(alarm.chair, alarm);
      card.update(stripModel(alarm, alarm.passed, nameOf));
      return [key, card];
    });
    this.#cards = new Map(cards);
    arrange(this.#list, cards.map(([, card]) => card));
    this.#tell(all.slice(CARDS), all.length);
  }

  #tell(rest, count) {
    const sum = { high: 0, medium: 0, low: 0, past: 0 };
    for (const alarm of rest) {
      sum[alarm.presence === 'latched' ? 'past' : alarm.priority] += 1;
    }
    if (count === 0) say(this.#more, texts.noAlarms);
    else say(this.#more, rest.length > 0 ? `+${rest.length} ${texts.moreAlarms(sum)}` : '');
  }

  blank() {
    this.#cards.clear();
    this.#list.replaceChildren();
    say(this.#more, '');
  }
}
