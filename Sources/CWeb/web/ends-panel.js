// What else can happen in and after an observation: more time, away and back, and every end but the
// signature. Each asks for its reason, and for a PIN where one is due.

import { texts } from './texts.js';
import { actionButton } from './action-button.js';
import { isFor } from './forms.js';
import { element, show } from './dom.js';

/** In their order; `when` looks at the chair in full. */
const ACTS = [
  { name: 'extend' },
  { name: 'patientAway', when: ({ substate }) => substate !== 'away' },
  { name: 'patientReturned', when: ({ substate }) => substate === 'away' },
  { name: 'handover' },
  { name: 'doseStart', leaveOut: ['route'] },
  { name: 'transfer' },
  { name: 'handoverDone', when: ({ session }) => session.handoverDoneSecondsAgo === null },
  { name: 'leaveAMA' },
  { name: 'departed', when: ({ session }) => session.departedSecondsAgo === null },
  { name: 'reopenClinical', when: ({ session }) => session.departedSecondsAgo === null },
  { name: 'addendum' },
  { name: 'lateEntry' },
  { name: 'correction', when: ({ session }) => session.readings.some(({ source }) => source === 'manual') },
  { name: 'annotate', when: ({ session }) => session.readings.length > 0 },
];

export class EndsPanel {
  root = element('section', 'panel ends');
  #acts = new Map();

  constructor(chair, patient) {
    const row = element('div', 'row');
    for (const act of ACTS) {
      const press = actionButton(chair, act.name, { leaveOut: act.leaveOut, patient });
      this.#acts.set(act, press);
      row.append(press);
    }
    this.root.append(element('h2', '', texts.form.more), row);
    this.root.hidden = true;
  }

  update(view) {
    let any = false;
    for (const [{ name, when }, press] of this.#acts) {
      const fits = isFor(name, view.phase) && (when?.(view) ?? true);
      show(press, fits);
      any ||= fits;
    }
    show(this.root, any);
  }

  blank() {
    show(this.root, false);
  }
}
