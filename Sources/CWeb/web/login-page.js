// The page /login.

import { texts } from './texts.js';
import { loginForm } from './login-form.js';
import { element } from './dom.js';

/** Back to where somebody came from: a page of ours, and nothing else. */
function destination() {
  const from = new URLSearchParams(location.search).get('from') ?? '';
  return /^\/(?!\/)[\w/.-]*$/.test(from) && from !== '/login' ? from : '/wall';
}

const form = loginForm(null, () => location.replace(destination()));
document.getElementById('main').append(
  element('section', 'login', element('h1', '', texts.logInTitle), form.root));
form.focus();
