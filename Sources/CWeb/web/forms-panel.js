// The forms of a chair: a row of tabs, of which one is open. What was typed into the others stays.

import { texts } from './texts.js';
import { CommandForm } from './command-form.js';
import { FORMS } from './form-list.js';
import { fieldsOf, isFor, mandatoryFor, whenForms } from './forms.js';
import { button, data, element, say, show, write } from './dom.js';

let made = 0;

/** One tab with its forms. */
class Tab {
  root = element('div', 'form-body');
  opener;
  forms;
  #list;
  #state = element('span', 'tab-state');
  #names;

  constructor(chair, list, patient, open) {
    this.#list = list;
    made += 1;
    this.root.id = `form-${made}`;
    this.root.hidden = true;
    this.opener = button('', 'tab', () => open(this));
    this.opener.append(element('span', '', texts.form.tabs[list.id]), ' ', this.#state);
    if (list.key) {
      const key = element('kbd', '', list.key.toUpperCase());
      key.setAttribute('aria-hidden', 'true');
      this.opener.append(key);
      this.opener.setAttribute('aria-keyshortcuts', list.key.toUpperCase());
    }
    this.opener.setAttribute('aria-expanded', 'false');
    this.opener.setAttribute('aria-controls', this.root.id);
    this.forms = list.parts.map(({ name, only, without = [], action, isReading }) => {
      const kept = only ?? fieldsOf(name).map((field) => field.name);
      const form = new CommandForm(chair, {
        name, isReading, patient, action: action && texts.form.action(action),
        only: kept.filter((field) => !without.includes(field)),
      });
      return { name, form, isReading };
    });
    this.root.append(...this.forms.map(({ form }) => form.root));
    this.#names = new Set(this.forms.flatMap(({ form }) => form.fields.map(({ name }) => name)));
  }

  get key() {
    return this.#list.key;
  }

  get id() {
    return this.#list.id;
  }

  get isOpen() {
    return !this.root.hidden;
  }

  open(isOpen) {
    show(this.root, isOpen);
    this.opener.setAttribute('aria-expanded', `${isOpen}`);
  }

  /** True while the phase has a use for it. */
  update(view) {
    const { phase, session } = view;
    const { phases, state, known, missing } = this.#list;
    let useful = false;
    for (const { name, form, isReading } of this.forms) {
      // What is read by hand belongs to whoever is watched, as a note does.
      const fits = isFor(isReading ? 'note' : name, phase) && (phases?.includes(phase) ?? true);
      show(form.root, fits);
      useful ||= fits;
    }
    show(this.opener, useful);
    if (!useful || !session) return useful;
    say(this.#state, state?.(session, this.#names.size, this.#names) ?? '');
    const held = known?.(session) ?? {};
    const lacking = missing?.(session) ?? [];
    for (const { name, form } of this.forms) {
      if (this.id === 'chart') {
        const needed = mandatoryFor(view.route);
        // Entered twice, side by side.
        form.group(needed.includes('weight') ? [...needed, 'weightAgain'] : needed,
          [texts.form.needed, texts.form.optional]);
      }
      form.refresh();
      for (const field of form.fields) {
        const value = held[field.name];
        const text = value === undefined || value === null || value === ''
          ? '' : texts.form.onChart(field.worded(`${value}`));
        const isMissing = lacking.includes(field.name);
        field.know(text || (isMissing ? texts.form.missing : ''), isMissing);
      }
    }
    return useful;
  }
}

export class FormsPanel {
  root = element('section', 'panel forms');
  #tabs = [];
  #title = element('h2', '', texts.form.title);
  #view = null;

  /**
   * @param {string} chair @param {() => string} patient for the dialog that asks for a PIN
   * @param {string[]} without which forms stand elsewhere on this page
   */
  constructor(chair, patient, without = []) {
    const openers = element('div', 'tabs');
    const bodies = element('div', 'form-bodies');
    this.#title.id = 'forms-title';
    this.root.setAttribute('aria-labelledby', this.#title.id);
    this.root.append(this.#title, openers, bodies);
    this.root.hidden = true;
    whenForms(() => {
      this.#tabs = FORMS.filter(({ id }) => !without.includes(id))
        .map((list) => new Tab(chair, list, patient, (tab) => this.#toggle(tab)));
      openers.append(...this.#tabs.map((tab) => tab.opener));
      bodies.append(...this.#tabs.map((tab) => tab.root));
      if (this.#view) this.update(this.#view);
    });
    bodies.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      const tab = this.#tabs.find((one) => one.isOpen);
      event.preventDefault();
      tab?.open(false);
      tab?.opener.focus();
    });
  }

  #toggle(tab) {
    const opens = !tab.isOpen;
    for (const one of this.#tabs) one.open(opens && one === tab);
    if (opens) tab.forms.find(({ form }) => !form.root.hidden)?.form.focus();
  }

  /** Opens a form by its name or key and goes to its first field; false where there is none now. */
  open(word) {
    const tab = this.#tabs.find(({ id, key }) => id === word || key === word.toLowerCase());
    if (!tab || tab.opener.hidden || this.root.hidden) return false;
    if (tab.isOpen) tab.forms.find(({ form }) => !form.root.hidden)?.form.focus();
    else this.#toggle(tab);
    tab.root.scrollIntoView({ block: 'nearest' });
    return true;
  }

  /** @param {object} view the chair in full */
  update(view) {
    this.#view = view;
    let useful = 0;
    for (const tab of this.#tabs) {
      const isUseful = tab.update(view);
      if (!isUseful && tab.isOpen) tab.open(false);
      useful += isUseful ? 1 : 0;
    }
    show(this.root, useful > 0);
    data(this.root, 'phase', view.phase);
  }

  blank() {
    for (const tab of this.#tabs) write(tab.opener.querySelector('.tab-state'), '');
    show(this.root, false);
  }
}
