// Who sits down in a chair: initials, route, and that two identifiers were compared.

import { texts } from './texts.js';
import { commandButton } from './commands.js';
import { isFor } from './forms.js';
import { element, show } from './dom.js';

/** Minutes of sitting quietly to choose from. */
const SEATED = [0, 3, 5, 10];

export class CheckIn {
  root = element('div', 'row check-in');
  #chair;
  #initials = element('input');
  #route = element('select');
  #identified = element('input');
  #seated = element('select');
  #book;

  constructor(chair) {
    this.#chair = chair;
    this.#initials.id = 'patient';
    this.#initials.autocomplete = 'off';
    this.#initials.size = 6;
    this.#route.id = 'route';
    this.#route.append(new Option('', ''),
      ...Object.keys(texts.routes).map((id) => new Option(texts.route(id), id)));
    this.#identified.id = 'identified';
    this.#identified.type = 'checkbox';
    this.#seated.id = 'seated';
    this.#seated.append(...SEATED.map((minutes) => new Option(texts.minutes(minutes), minutes)));
    const label = (text, field) => element('label', 'field', element('span', '', text), field);
    this.#book = commandButton(texts.book, '', () => this.#order('book'));
    this.root.append(
      label(texts.patient, this.#initials), label(texts.routeLabel, this.#route),
      label(texts.identified, this.#identified), label(texts.seated, this.#seated),
      commandButton(texts.checkIn, 'act', () => this.#order('checkIn'), undefined, () => {
        this.#identified.checked = false;
        this.#seated.value = '0';
      }), this.#book);
  }

  update({ phase }) {
    show(this.#book, isFor('book', phase));
  }

  #order(command) {
    const asked = [[this.#initials, texts.patient], [this.#route, texts.routeLabel]]
      .find(([field]) => !field.value.trim());
    if (asked) {
      asked[0].focus();
      return { problem: `${asked[1]}?` };
    }
    const who = { route: this.#route.value, patient: this.#initials.value.trim() };
    if (command === 'book') return { chair: this.#chair, command: { command, ...who } };
    if (!this.#identified.checked) {
      this.#identified.focus();
      return { problem: `${texts.identified}?` };
    }
    return { chair: this.#chair,
      command: { command, ...who, identified: 'yes', seated: this.#seated.value } };
  }
}
