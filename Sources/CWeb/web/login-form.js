// The form that asks who somebody is: on a page of its own, and in a dialog when a screen has locked.

import { texts } from './texts.js';
import { enter } from './login.js';
import { element, say } from './dom.js';

/**
 * @param {string | null} user filled in already
 * @param {() => void} entered called when the station believes it
 */
export function loginForm(user, entered) {
  const name = element('input');
  name.id = 'login-user';
  name.autocomplete = 'username';
  name.autocapitalize = 'none';
  name.required = true;
  name.value = user ?? '';
  const secret = element('input');
  secret.id = 'login-secret';
  secret.type = 'password';
  secret.autocomplete = 'current-password';
  secret.required = true;
  const failed = element('p', 'failed');
  failed.setAttribute('role', 'alert');
  const press = element('button', 'act', texts.logIn);
  const label = (text, field) => element('label', 'field', element('span', '', text), field);
  const form = element('form', 'login-form',
    label(texts.userName, name), label(texts.secret, secret), failed, press);
  say(failed, '');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    press.disabled = true;
    const why = await enter(name.value.trim(), secret.value);
    press.disabled = false;
    secret.value = '';
    say(failed, why ?? '');
    if (why === null) entered();
    else secret.focus();
  });
  return { root: form, focus: () => (name.value ? secret : name).focus() };
}
