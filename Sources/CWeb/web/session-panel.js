// The steps of a session: only those that make sense in the present phase are on the page, with what
// they still wait for.

import { texts } from './texts.js';
import { actionButton } from './action-button.js';
import { CheckIn } from './check-in.js';
import { isFor } from './forms.js';
import { element, say, show, write } from './dom.js';

/** The steps in their order. The server's table says in which phases each makes sense. */
const STEPS = [
  { id: 'baselineAccepted' },
  { id: 'doseStart', leaveOut: ['route', 'reason'], ask: true, phases: ['baseline'] },
  { id: 'nasalDevice', when: ({ session }) => session?.devices > (session?.devicesGiven ?? 0) },
  { id: 'doseEnd', fixed: { how: 'completed' }, leaveOut: ['cause', 'reason'], ask: true },
  { id: 'dosePause', when: ({ substate }) => substate !== 'paused' },
  { id: 'doseResume', when: ({ substate }) => substate === 'paused' },
  { id: 'stopEarly', command: 'doseEnd', fixed: { how: 'stoppedEarly' }, classes: '' },
  { id: 'stopRequested', classes: 'alarm-act' },
  { id: 'abort', classes: '' },
  { id: 'cancel', classes: '' },
  { id: 'sign', ask: true, phases: ['observation', 'readyForSignOff'] },
];
/** Which steps say beforehand what they wait for. */
const SAID = ['baselineAccepted', 'doseStart'];

export class SessionPanel {
  root = element('section', 'panel session');
  #patient = '';
  #given = 0;
  #hold = element('p', 'hold');
  #unwatched = element('p', 'unwatched', texts.notCheckedIn);
  #phase = element('p', 'phase-now');
  #draft = element('p', 'draft');
  #waits = element('div', 'waits');
  #onward = element('a', 'onward', texts.form.observation);
  #steps = new Map();
  #checkIn;

  constructor(chair) {
    const row = element('div', 'row');
    for (const step of STEPS) {
      const fixed = () => (step.id === 'nasalDevice' ? { number: `${this.#given + 1}` } : step.fixed ?? {});
      const press = actionButton(chair, step.command ?? step.id, {
        action: texts.steps[step.id], classes: step.classes ?? 'act', ask: step.ask, fixed,
        leaveOut: step.leaveOut, patient: () => this.#patient,
      });
      this.#steps.set(step, press);
      row.append(press);
    }
    this.#checkIn = new CheckIn(chair);
    this.#onward.href = `/chairs/${encodeURIComponent(chair)}/observation`;
    this.root.append(element('h2', '', texts.session), this.#phase, this.#unwatched, this.#hold,
      this.#checkIn.root, this.#draft, row, this.#waits, this.#onward);
    this.blank();
  }

  /** @param {object} view of the tile @param {object | null} whole the chair in full */
  update(model, view, whole) {
    this.#patient = model.patient;
    const { long, minute } = model.phase;
    const route = view.route ? texts.route(view.route) : '';
    write(this.#phase, [long || texts.empty, minute, model.away, route].filter(Boolean).join(' · '));
    say(this.#hold, model.hold);
    show(this.#unwatched, model.unwatched);
    show(this.#checkIn.root, isFor('checkIn', view.phase));
    this.#checkIn.update(view);
    show(this.#onward, view.phase !== null && view.phase !== 'scheduled' && view.phase !== 'baseline');
    const session = whole?.phase === view.phase ? whole.session : null;
    this.#given = session?.devicesGiven ?? 0;
    for (const [step, press] of this.#steps) {
      const fits = isFor(step.command ?? step.id, view.phase)
        && (step.phases?.includes(view.phase) ?? true)
        && (step.when?.({ session, substate: view.substate }) ?? true);
      show(press, fits);
    }
    const draft = session?.baselineDraft;
    say(this.#draft, draft && !view.baseline ? `${texts.form.draftTitle}: ${texts.form.draft(draft)}` : '');
    this.#tellWaits(session?.lacks ?? {}, view);
  }

  #tellWaits(lacks, view) {
    const told = SAID.filter((step) => lacks[step]?.length > 0
      && !(step === 'baselineAccepted' && view.baseline) && view.phase === 'baseline');
    const lines = told.flatMap((step) => [texts.form.waitsFor(texts.steps[step]),
      ...lacks[step].map(({ text }) => text)]);
    const now = [...this.#waits.querySelectorAll('p, li')].map((node) => node.textContent);
    // Written anew only when it says something else: a reader may be in the middle of it.
    if (now.join() === lines.join()) return;
    this.#waits.replaceChildren(...told.flatMap((step) => [
      element('p', 'waits-title', texts.form.waitsFor(texts.steps[step])),
      element('ul', '', ...lacks[step].map(({ text }) => element('li', '', text)))]));
  }

  blank() {
    for (const node of [this.#phase, this.#hold, this.#draft]) say(node, '');
    show(this.#phase, true);
    show(this.#unwatched, false);
    show(this.#checkIn.root, false);
    show(this.#onward, false);
    this.#waits.replaceChildren();
    for (const step of this.#steps.values()) show(step, false);
  }
}
