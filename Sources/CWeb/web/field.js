// One field of a form, made from the server's definition. Nothing is answered beforehand, and nothing
// that was typed is ever overwritten: what the record holds stands beside it.

import { texts } from './texts.js';
import { people } from './person.js';
import { cleaned, optionFor, wrong } from './field-check.js';
import { element, say, write } from './dom.js';

/** Up to so many words stand side by side; more make a list. */
const SIDE_BY_SIDE = 4;
let made = 0;

export class Field {
  root;
  name;
  #definition;
  #label;
  #control = null;
  #radios = [];
  #known = element('span', 'known');
  #hint = element('span', 'hint');

  /** @param {string} form whose labels it has @param {object} definition of the server */
  constructor(form, definition) {
    this.#definition = definition;
    this.name = definition.name;
    this.#label = texts.form.label(form, definition.name);
    made += 1;
    this.#known.hidden = true;
    write(this.#hint, texts.form.hint(definition));
    const words = definition.kind === 'answer' ? ['yes', 'no'] : definition.words;
    if (words && words.length <= SIDE_BY_SIDE) this.#choice(words);
    else this.#single(words);
    this.refresh();
  }

  #choice(words) {
    const name = `choice-${made}`;
    const options = words.map((word) => {
      const radio = element('input');
      radio.type = 'radio';
      radio.name = name;
      radio.value = word;
      this.#radios.push(radio);
      return element('label', 'option', radio, element('span', '', texts.form.word(word)));
    });
    const legend = element('legend', '', this.#label);
    this.root = element('fieldset', 'field choice', legend,
      element('span', 'options', ...options), this.#known);
    this.root.addEventListener('keydown', (event) => this.#key(event));
  }

  /** The first letter of an answer gives it; Backspace takes it back. */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Backspace' || event.key === 'Delete') this.clear();
    else if (/^\p{L}$/u.test(event.key)) {
      const labels = this.#radios.map((radio) => radio.parentNode.textContent);
      const place = optionFor(event.key, labels, this.#radios.findIndex((radio) => radio.checked));
      if (place === null) return;
      this.#radios[place].checked = true;
      this.#radios[place].focus();
      this.root.dispatchEvent(new Event('change', { bubbles: true }));
    } else return;
    event.preventDefault();
  }

  #single(words) {
    const { kind } = this.#definition;
    const isList = words !== undefined || kind === 'staff';
    this.#control = element(isList ? 'select' : 'input');
    if (words) {
      this.#control.append(new Option('', ''),
        ...words.map((word) => new Option(texts.form.word(word), word)));
    } else if (kind === 'number') {
      this.#control.inputMode = this.#definition.decimals > 0 ? 'decimal' : 'numeric';
      this.#control.size = 6;
    }
    if (isList) {
      // As in every other field; a list would open instead, which a letter or an arrow need not.
      this.#control.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        this.#control.form?.requestSubmit();
      });
    } else {
      this.#control.autocomplete = 'off';
    }
    this.root = element('label', `field ${kind}`, element('span', 'field-label', this.#label,
      this.#hint.textContent ? ' ' : '', this.#hint), this.#control, this.#known);
  }

  /** Takes note of who works here now. */
  refresh() {
    if (this.#definition.kind !== 'staff') return;
    const options = [['', ''], ...people().map((one) => [one.id, texts.person(one)])];
    const same = options.length === this.#control.options.length
      && options.every(([id], place) => this.#control.options[place].value === id);
    if (same) return;
    const { value } = this.#control;
    this.#control.replaceChildren(...options.map(([id, text]) => new Option(text, id)));
    this.#control.value = value;
  }

  /** What was typed or chosen; empty for nothing. */
  get value() {
    const text = this.#control?.value ?? this.#radios.find((radio) => radio.checked)?.value ?? '';
    return cleaned(this.#definition, text);
  }

  clear() {
    if (this.#control) this.#control.value = '';
    for (const radio of this.#radios) radio.checked = false;
  }

  focus() {
    (this.#control ?? this.#radios.find((radio) => radio.checked) ?? this.#radios[0]).focus();
  }

  /** A value of this field as a person reads it. */
  worded(value) {
    const { kind, unit } = this.#definition;
    if (kind === 'number') return unit ? `${value} ${unit}` : value;
    return kind === 'word' || kind === 'answer' ? texts.form.word(value) : value;
  }

  /** What is wrong with it, in words; empty for nothing. */
  problem() {
    const found = wrong(this.#definition, this.#control?.value ?? this.value);
    const isWrong = found !== null;
    (this.#control ?? this.root).setAttribute('aria-invalid', isWrong);
    return isWrong ? texts.form.problem[found](this.#label, this.#definition) : '';
  }

  /** Says beside it what the record holds, or that it is missing. */
  know(text, isMissing = false) {
    say(this.#known, text);
    this.#known.classList.toggle('missing-field', isMissing);
  }
}

/** What several fields say together, without those that say nothing. */
export function values(fields) {
  return Object.fromEntries(fields.map((field) => [field.name, field.value])
    .filter(([, value]) => value !== ''));
}

/** The first complaint about any of them; goes to that field. */
export function complaint(fields) {
  for (const field of fields) {
    const text = field.problem();
    if (text === '') continue;
    field.focus();
    return text;
  }
  return '';
}
