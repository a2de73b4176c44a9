// Who stands at this screen: who has logged in, or where nobody has to, who was chosen; that is kept
// for this tab only, and nobody by default.

import { texts } from './texts.js';
import { leave, loggedIn, refresh } from './login.js';
import { button, element, show } from './dom.js';

const KEY = 'chairside.who';
/** Which commands ask for a PIN, and of whom; and what everybody may do. From the snapshot. */
let secretFor = {};
let roles = new Map();
let everybody = [];

/** The staff id of whoever acts here, or null. */
export function who() {
  return loggedIn() ?? (sessionStorage.getItem(KEY) || null);
}

/** Everybody who works here, as the snapshot has them. */
export const people = () => everybody;

/** The role of the person chosen here, or undefined. */
export const roleHere = () => roles.get(who());

/** Whether this command must come with the PIN or password of the person chosen here. */
export function asksSecret(command) {
  const demand = secretFor[command];
  return demand === 'always' || demand === roles.get(who());
}

/** The choice in the page header. */
export class PersonSelect {
  root = element('div', 'who');
  #select = element('select');
  #leave = button(texts.logOut, '', leave);

  constructor() {
    this.#select.id = 'who';
    this.#select.addEventListener('change', () => {
      sessionStorage.setItem(KEY, this.#select.value);
      this.#mark();
    });
    this.root.append(
      element('label', 'who-choice', element('span', 'who-label', texts.who), this.#select),
      this.#leave);
    show(this.#leave, false);
  }

  async fill(staff, demands) {
    await refresh();
    secretFor = demands;
    everybody = staff;
    roles = new Map(staff.map((one) => [one.id, one.role]));
    const fixed = loggedIn();
    const choice = fixed === null ? staff : staff.filter((one) => one.id === fixed);
    const nobody = fixed === null ? [['', texts.nobody]] : [];
    this.#select.disabled = fixed !== null;
    show(this.#leave, fixed !== null);
    const options = [...nobody, ...choice.map((one) => [one.id, texts.person(one)])];
    this.#select.replaceChildren(...options.map(([id, text]) => new Option(text, id)));
    this.#select.value = who() ?? '';
    // A person who is no longer on the list cannot act.
    if (this.#select.selectedIndex < 0) {
      sessionStorage.removeItem(KEY);
      this.#select.value = '';
    }
    this.#mark();
  }

  #mark() {
    this.root.classList.toggle('nobody', !this.#select.value);
  }
}
