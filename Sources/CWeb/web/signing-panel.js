// Who must sign, who has, what is still open, and the button.

import { texts } from './texts.js';
import { actionButton } from './action-button.js';
import { isFor } from './forms.js';
import { age, remaining } from './format.js';
import { element, say, show, write } from './dom.js';
import { stationName } from './confirmations.js';

const TIMEOUT_MS = 5000;

export class SigningPanel {
  root = element('section', 'panel signing');
  #chair;
  #needed = element('p', 'needed');
  #open = element('p', 'open-items');
  #signed = element('ul', 'signed');
  #next = element('p', 'next');
  #sign;
  #report = element('a', 'report', texts.form.report);
  #askedFor = null;

  constructor(chair, patient) {
    this.#chair = chair;
    this.#sign = actionButton(chair, 'sign', { ask: true, patient, classes: 'act sign' });
    this.#report.target = '_blank';
    this.#report.hidden = true;
    const title = element('h2', '', texts.form.signing);
    title.id = 'signing-title';
    this.root.setAttribute('aria-labelledby', title.id);
    this.root.append(title, this.#needed, this.#open, this.#signed, this.#next, this.#sign,
      this.#report);
  }

  press() {
    if (!this.#sign.hidden) this.#sign.firstChild.click();
  }

  focus() {
    if (!this.#sign.hidden) this.#sign.firstChild.focus();
    else if (!this.#report.hidden) this.#report.focus();
  }

  /** @param {object} view the chair in full @param {number} passed @param nameOf of a staff id */
  update(view, passed, fresh, nameOf) {
    const { session, phase } = view;
    this.#link(view);
    const isOpen = isFor('sign', phase);
    const unmet = session.criteria.filter(({ pass }) => !pass).length;
    const because = session.secondSignatureFor;
    write(this.#needed, because.length === 0 ? texts.form.oneSignature
      : texts.form.twoSignatures(texts.form.because(because)));
    show(this.#needed, isOpen);
    say(this.#open, !isOpen || !fresh || phase === 'transferred' ? ''
      : unmet > 0 ? texts.form.openItems(unmet) : texts.form.ready);
    this.#list(session.signatures, passed, nameOf);
    const standing = session.signatures.filter(({ superseded }) => !superseded);
    const isFull = standing.length >= session.signaturesRequired;
    show(this.#sign, isOpen && !(phase === 'transferred' && isFull));
    say(this.#next, this.#word(view, standing, passed, nameOf));
  }

  #word({ session, phase }, standing, passed, nameOf) {
    if (phase === 'signedOff') {
      return session.departedSecondsAgo === null ? texts.form.done : texts.form.left;
    }
    if (!isFor('sign', phase)) return '';
    if (standing.length === 0) return texts.form.first;
    if (session.signatureLapsesInSeconds === null) return '';
    return texts.form.second(
      nameOf(standing[0].by), remaining(session.signatureLapsesInSeconds - passed));
  }

  #list(signatures, passed, nameOf) {
    const lines = signatures.map((one) => (one.superseded
      ? texts.form.lapsed(nameOf(one.by), one.meaning)
      : texts.form.signed(nameOf(one.by), one.meaning, age(one.secondsAgo + passed))));
    while (this.#signed.children.length > lines.length) this.#signed.lastChild.remove();
    lines.forEach((line, place) => {
      if (this.#signed.children[place] === undefined) this.#signed.append(element('li'));
      write(this.#signed.children[place], line);
    });
    show(this.#signed, lines.length > 0);
  }

  /** The report has the name of the session, which changes with every visit. */
  async #link({ phase, session }) {
    const visit = `${phase} ${session.revision}`;
    if (this.#askedFor === visit) return;
    this.#askedFor = visit;
    try {
      const answer = await fetch(`/api/v1/chairs/${encodeURIComponent(this.#chair)}/sessions`,
        { signal: AbortSignal.timeout(TIMEOUT_MS) });
      const last = (await answer.json()).sessions.at(-1);
      if (last) this.#report.href = `${last.report}?station=${encodeURIComponent(stationName())}`;
      show(this.#report, last !== undefined);
    } catch {
      this.#askedFor = null;
    }
  }

  blank() {
    for (const node of [this.#needed, this.#open, this.#next]) say(node, '');
    this.#signed.replaceChildren();
    show(this.#sign, false);
  }
}
