// The two dialogs: are you sure, and the list of keys.

import { texts } from './texts.js';
import { complaint, values } from './field.js';
import { button, element, say } from './dom.js';

const KEYS_OFF = 'chairside.keysOff';

/** Single-key commands can be switched off, for those whose software types on its own. */
export function keysOn() {
  return localStorage.getItem(KEYS_OFF) !== 'yes';
}

export function open(title, ...content) {
  const dialog = element('dialog');
  const heading = element('h2', '', title);
  heading.id = 'dialog-title';
  dialog.setAttribute('aria-labelledby', heading.id);
  dialog.append(heading, ...content);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * Names the chair and the patient once more; resolves to what the command takes along, or to null
 * when the person thinks better of it. With `asks`, who signs proves it: what is typed goes into
 * that one command and is kept nowhere. The other `fields` keep what was typed into them, so that a
 * refusal costs nobody a sentence.
 */
export function confirm(action, chair, patient, asks = false, fields = []) {
  return new Promise((resolve) => {
    const yes = element('button', 'act', action);
    const no = button(texts.cancel, '', () => dialog.close());
    const secret = element('input');
    secret.type = 'password';
    secret.autocomplete = 'off';
    secret.required = asks;
    const problem = element('p', 'answer');
    problem.hidden = true;
    const form = element('form', '', ...fields.map((field) => field.root), ...(asks
      ? [element('label', 'field', element('span', '', texts.secret), secret)] : []),
    element('p', 'row', yes, no), problem);
    // Not sent anywhere: the page's policy allows no form a target, and none is needed.
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      say(problem, complaint(fields));
      if (problem.hidden) dialog.close('yes');
    });
    const dialog = open(texts.confirm(action, chair, patient), form);
    dialog.addEventListener('close', () => {
      const more = { ...values(fields), ...(asks ? { secret: secret.value } : {}) };
      secret.value = '';
      resolve(dialog.returnValue === 'yes' ? more : null);
    });
    const [first] = fields;
    (first ?? (asks ? secret : no)).focus();
  });
}

export function showKeys(page) {
  if (document.querySelector('dialog[open]')) return;
  const list = element('dl', 'keys');
  for (const [key, meaning] of texts.keyList[page]) {
    list.append(element('dt', '', element('kbd', '', key)), element('dd', '', meaning));
  }
  const box = element('input');
  box.type = 'checkbox';
  box.checked = keysOn();
  box.addEventListener('change', () => {
    localStorage.setItem(KEYS_OFF, box.checked ? 'no' : 'yes');
  });
  const dialog = open(
    texts.keys, list, element('label', 'check', box, texts.keysOn),
    element('p', 'row', button(texts.close, '', () => dialog.close())));
}

/**
 * Calls `press(key)` for keys meant for the page and not for a field, a button or a dialog.
 * `press` answers whether it used the key.
 */
export function listenToKeys(press) {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest('dialog, [role=alertdialog]')) return;
    if (event.target.closest('input, select, textarea')) {
      // Out of the field, so that single keys are the page's again; what was typed stays.
      if (event.key !== 'Escape') return;
      event.target.blur();
      event.preventDefault();
      return;
    }
    if (event.key === ' ' && event.target.closest('button, summary')) return;
    const single = event.key.length === 1;
    if (single && event.key !== '?' && !keysOn()) return;
    if (single && event.repeat) return;
    if (press(event.key)) event.preventDefault();
  });
}
