// A form that gives one command: its fields from the server's table, Enter sends it, what was refused
// stands beside its button, and what was accepted is cleared for the next.

import { texts } from './texts.js';
import { fieldsOf } from './forms.js';
import { Field, complaint, values } from './field.js';
import { commandButton } from './commands.js';
import { confirm } from './dialogs.js';
import { asksSecret } from './person.js';
import { element } from './dom.js';

export class CommandForm {
  root = element('form', 'command-form');
  fields;
  #body = element('div', 'fields');
  #first = null;

  /**
   * @param {string} chair
   * @param {object} options `name` of the command or of the reading; `only` some of its fields;
   *   `fixed` values that go with it; `action` on the button; `patient()` for the dialog that asks
   *   for a PIN; `done()` once it was accepted
   */
  constructor(chair, { name, only, fixed = {}, action, isReading = false, patient = () => '', done }) {
    this.fields = fieldsOf(name)
      .filter((field) => !(field.name in fixed) && (only?.includes(field.name) ?? true))
      .map((field) => new Field(name, field));
    this.#body.append(...this.fields.map((field) => field.root));
    const text = action ?? texts.form.action(name);
    const make = () => {
      const problem = complaint(this.fields);
      const said = values(this.fields);
      if (problem) return { problem };
      if (this.fields.length > 0 && Object.keys(said).length === 0) {
        this.fields[0].focus();
        return { problem: texts.form.nothingSaid };
      }
      const command = isReading ? { ...fixed, ...said } : { command: name, ...fixed, ...said };
      return { chair, command, door: isReading ? 'readings' : 'commands' };
    };
    const before = async () =>
      (asksSecret(name) && !isReading ? confirm(text, chair, patient(), true) : {});
    const press = commandButton(text, 'act', make, before, () => {
      for (const field of this.fields) field.clear();
      done?.();
    }, 'submit');
    this.root.append(this.#body, press);
    this.root.addEventListener('submit', (event) => {
      event.preventDefault();
      press.act();
    });
    this.root.noValidate = true;
  }

  /** Puts the fields of these names first, each group under its own title. */
  group(first, titles) {
    if (this.#first === first.join()) return;
    this.#first = first.join();
    const wanted = new Set(first);
    const parts = [[], []];
    for (const field of this.fields) parts[wanted.has(field.name) ? 0 : 1].push(field.root);
    this.#body.replaceChildren(...parts.flatMap((roots, place) => (roots.length > 0
      ? [element('p', 'group-title', titles[place]), ...roots] : [])));
  }

  field(name) {
    return this.fields.find((field) => field.name === name);
  }

  refresh() {
    for (const field of this.fields) field.refresh();
  }

  focus() {
    (this.fields[0] ?? this.root.querySelector('button')).focus();
  }
}
