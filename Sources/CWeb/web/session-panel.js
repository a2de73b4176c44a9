// The steps of a session: only those that make sense in the present phase are on the page.

import { texts } from './texts.js';
import { commandButton } from './commands.js';
import { confirm } from './dialogs.js';
import { asksSecret } from './person.js';
import { status } from './frame.js';
import { element, say, show, write } from './dom.js';

/** Which steps a phase offers; the server decides whether they are allowed. */
const STEPS = {
  baseline: ['baselineAccepted', 'doseStart'],
  infusing: ['doseEnd', 'stopRequested'],
  observation: ['sign'],
  readyForSignOff: ['sign'],
};

/** What a step sends; `ask` names chair and patient once more before it. */
const ORDERS = {
  baselineAccepted: { command: { command: 'baselineAccepted' } },
  doseStart: { command: { command: 'doseStart' }, ask: true },
  doseEnd: { command: { command: 'doseEnd', how: 'completed' }, ask: true },
  stopRequested: { command: { command: 'stopRequested' } },
  sign: { command: { command: 'sign' }, ask: true },
};

export class SessionPanel {
  root = element('section', 'panel session');
  #chair;
  #patient = '';
  #hold = element('p', 'hold');
  #unwatched = element('p', 'unwatched', texts.notCheckedIn);
  #phase = element('p', 'phase-now');
  #steps = new Map();
  #checkIn;
  #initials = element('input');
  #route = element('select');
  #identified = element('input');
  #seated = element('select');

  constructor(chair) {
    this.#chair = chair;
    const row = element('div', 'row');
    for (const [name, { command, ask }] of Object.entries(ORDERS)) {
      const step = commandButton(texts[name], name === 'stopRequested' ? 'alarm-act' : 'act',
        () => ({ chair, command }),
        async () => {
          const asks = asksSecret(command.command);
          return ask || asks ? confirm(texts[name], chair, this.#patient, asks) : {};
        });
      this.#steps.set(name, step);
      row.append(step);
    }
    this.#checkIn = this.#form();
    this.root.append(element('h2', '', texts.session), this.#phase, this.#unwatched, this.#hold,
      this.#checkIn, row);
  }

  #form() {
    this.#initials.id = 'patient';
    this.#initials.autocomplete = 'off';
    this.#initials.size = 6;
    this.#route.id = 'route';
    this.#route.append(new Option('', ''),
      ...Object.keys(texts.routes).map((id) => new Option(texts.route(id), id)));
    this.#identified.id = 'identified';
    this.#identified.type = 'checkbox';
    this.#seated.id = 'seated';
    this.#seated.append(...[0, 3, 5, 10].map((minutes) => new Option(texts.minutes(minutes), minutes)));
    const label = (text, field) => element('label', 'field', element('span', '', text), field);
    return element('div', 'row check-in',
      label(texts.patient, this.#initials), label(texts.routeLabel, this.#route),
      label(texts.identified, this.#identified), label(texts.seated, this.#seated),
      commandButton(texts.checkIn, 'act', () => this.#admission()));
  }

  #admission() {
    const missing = [this.#initials, this.#route].find((field) => !field.value.trim());
    if (missing) {
      status(`${texts.checkIn}: ${missing === this.#route ? texts.routeLabel : texts.patient}?`, true);
      missing.focus();
      return null;
    }
    if (!this.#identified.checked) {
      status(`${texts.checkIn}: ${texts.identified}?`, true);
      this.#identified.focus();
      return null;
    }
    this.#identified.checked = false;
    const [patient, seated] = [this.#initials.value.trim(), this.#seated.value];
    this.#seated.value = '0';
    return {
      chair: this.#chair,
      command: { command: 'checkIn', route: this.#route.value, patient, identified: 'yes',
        seated },
    };
  }

  update(model, view) {
    this.#patient = model.patient;
    const { long, minute } = model.phase;
    const route = view.route ? texts.route(view.route) : '';
    write(this.#phase, [long || texts.empty, minute, model.away, route].filter(Boolean).join(' · '));
    say(this.#hold, model.hold);
    show(this.#unwatched, model.unwatched);
    const steps = STEPS[view.phase];
    show(this.#checkIn, steps === undefined);
    for (const [name, step] of this.#steps) show(step, steps?.includes(name) ?? false);
  }

  blank() {
    write(this.#phase, '');
    say(this.#hold, '');
    show(this.#unwatched, false);
    show(this.#checkIn, false);
    for (const step of this.#steps.values()) show(step, false);
  }
}
