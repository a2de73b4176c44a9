// Every discharge criterion with what was found, how old that is, and what to do; what a person judges
// is answered in its row. All that is filled in goes with one Enter.

import { texts } from './texts.js';
import { actionButton } from './action-button.js';
import { commandButton } from './commands.js';
import { criterionModel } from './criteria-model.js';
import { Field, complaint, values } from './field.js';
import { fieldsOf, questionsOf } from './forms.js';
import { button, data, element, say, show, write } from './dom.js';

/** Scores that may be given by their items instead. */
const TOTALS = new Set(['aldrete', 'padss']);
/** Asked with the others, without a criterion of their own. */
const BESIDES = ['pain', 'crisisLine'];
/** Where else something can be done about a criterion: a form, or an order. */
const ELSEWHERE = { escort: 'escort', fields: 'chart' };

class Row {
  root = element('li', 'criterion');
  fields = [];
  #mark = element('span', 'mark');
  #word = element('span', 'unseen');
  #value = element('span', 'value');
  #age = element('span', 'age');
  #remedy = element('p', 'remedy');
  #waiver = element('p', 'waiver');
  #answers = element('div', 'answers');
  #again;
  #waive;
  #wantsAgain = false;

  constructor(chair, criterion, patient, go) {
    const title = element('h3', 'name', texts.form.criterionNames[criterion]);
    this.root.dataset.criterion = criterion;
    this.#mark.setAttribute('aria-hidden', 'true');
    this.fields = fieldsOf('assess').filter(({ name }) => questionsOf(criterion).includes(name))
      .map((field) => new Field('assess', field));
    this.#answers.append(...this.#laidOut(criterion));
    this.#again = button(texts.form.answerAgain, 'small', () => {
      this.#wantsAgain = true;
      show(this.#answers, true);
      show(this.#again, false);
      this.fields[0].focus();
    });
    this.#waive = actionButton(chair, 'waive', {
      classes: 'small', fixed: () => ({ criterion }), patient,
      action: texts.form.waive(texts.form.criterionNames[criterion]) });
    const actions = element('div', 'row', this.#again, this.#waive);
    const place = ELSEWHERE[criterion];
    if (place) actions.prepend(button(texts.form.openTab(place), 'small', () => go(place)));
    if (criterion === 'bpAge' || criterion === 'bpRange') {
      actions.prepend(commandButton(texts.nibpNow, 'small',
        () => ({ chair, command: { command: 'nibpStart' } })));
    }
    this.root.append(element('div', 'criterion-head', this.#mark, title, this.#value, this.#age,
      this.#word), this.#remedy, this.#answers, this.#waiver, actions);
  }

  #laidOut(criterion) {
    const roots = this.fields.map((field) => field.root);
    if (!TOTALS.has(criterion)) return roots;
    const items = element('details', 'items', element('summary', '', texts.form.byItems),
      element('div', 'answers', ...roots.slice(1)));
    return [roots[0], items];
  }

  update(row, passed, fresh) {
    const model = criterionModel(row, passed, fresh);
    data(this.root, 'state', model.state);
    write(this.#mark, model.mark);
    write(this.#word, model.word);
    write(this.#value, model.value);
    say(this.#age, model.age);
    say(this.#remedy, model.remedy);
    say(this.#waiver, model.waiver);
    show(this.#waive, model.canWaive);
    const asks = this.fields.length > 0;
    const isBusy = this.#answers.contains(document.activeElement) || this.isTouched;
    const isOpen = asks && (!row.pass || this.#wantsAgain || isBusy);
    show(this.#answers, isOpen);
    show(this.#again, asks && !isOpen);
  }

  get isTouched() {
    return this.fields.some((field) => field.value !== '');
  }

  get isOpen() {
    return this.root.dataset.state === 'notMet' && this.fields.length > 0;
  }

  /** Back to how it was: what was typed has gone to the record. */
  done() {
    for (const field of this.fields) field.clear();
    this.#wantsAgain = false;
  }
}

export class CriteriaPanel {
  root = element('section', 'panel criteria');
  #count = element('span', 'count');
  #list = element('ol', 'criterion-list');
  #form;
  #rows = new Map();
  #besides = [];
  #onward;
  #make;
  #recordedAt = Infinity;

  /**
   * @param {string} chair @param {() => string} patient
   * @param {(form: string) => void} go opens a form that stands elsewhere
   * @param {() => void} onward where to go when no question is open
   */
  constructor(chair, patient, go, onward) {
    const title = element('h2', '', texts.form.criteria, ' ', this.#count);
    title.id = 'criteria-title';
    this.#onward = onward;
    this.#make = (criterion) => new Row(chair, criterion, patient, go);
    const record = commandButton(texts.form.action('assess'), 'act', () => this.#order(chair),
      undefined, () => this.#recorded(), 'submit');
    this.#form = element('form', 'criteria-form', this.#list, record);
    this.#form.noValidate = true;
    this.#form.setAttribute('aria-labelledby', title.id);
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      record.act();
    });
    this.root.append(title, this.#form);
    this.root.hidden = true;
  }

  get #fields() {
    return [...this.#rows.values()].flatMap((row) => row.fields).concat(this.#besides);
  }

  #order(chair) {
    const fields = this.#fields.filter((field) => field.value !== '');
    const problem = complaint(fields);
    if (problem) return { problem };
    if (fields.length === 0) return { problem: texts.form.nothingSaid };
    return { chair, command: { command: 'assess', ...values(fields) } };
  }

  #recorded() {
    for (const row of this.#rows.values()) row.done();
    for (const field of this.#besides) field.clear();
    this.#recordedAt = performance.now();
    document.activeElement?.blur();
  }

  /** What was answered has closed; the next question, or the signature, is where to be now. */
  #goOn(askedAt) {
    if (askedAt < this.#recordedAt) return;
    this.#recordedAt = Infinity;
    // Unless the person is somewhere already.
    if (document.activeElement === document.body) this.toOpen();
  }

  /** Goes to the first open question, or onward. */
  toOpen() {
    const row = [...this.#rows.values()].find((one) => one.isOpen);
    if (row) row.fields[0].focus();
    else this.#onward();
  }

  #build(criteria) {
    for (const { criterion } of criteria) this.#rows.set(criterion, this.#make(criterion));
    this.#besides = fieldsOf('assess').filter(({ name }) => BESIDES.includes(name))
      .map((field) => new Field('assess', field));
    const also = element('li', 'criterion also', element('h3', 'name', texts.form.alsoAsked),
      element('div', 'answers', ...this.#besides.map((field) => field.root)));
    this.#list.replaceChildren(...[...this.#rows.values()].map((row) => row.root), also);
  }

  /**
   * @param {object[]} criteria of the session @param {number} passed seconds of the ward since
   * @param {boolean} fresh whether that may still be shown as what is so now
   * @param {number} askedAt when it was asked for, by this page's steady clock
   */
  update(criteria, passed, fresh, askedAt) {
    const isThere = criteria.length > 0 && fieldsOf('assess').length > 0;
    show(this.root, isThere);
    if (!isThere) return;
    if (this.#rows.size === 0) this.#build(criteria);
    for (const row of criteria) this.#rows.get(row.criterion)?.update(row, passed, fresh);
    const met = criteria.filter(({ pass }) => pass).length;
    write(this.#count, fresh ? texts.form.criteriaCount(met, criteria.length) : '');
    this.#goOn(askedAt);
  }

  blank() {
    show(this.root, false);
  }
}
