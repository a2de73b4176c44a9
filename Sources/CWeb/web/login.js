// Who has logged in at this screen. Over TLS the station asks for it; on its own machine it does not.

import { texts } from './texts.js';

const TIMEOUT_MS = 8000;
/** What the station says of this browser; `required: false` where there are no logins. */
let login = { required: false };

/** What goes with every request that changes something. */
export function token() {
  return login.token ?? '1';
}

/** The user who has logged in, or null where nobody has to. */
export function loggedIn() {
  return login.required ? login.user : null;
}

/** Asks the station anew; a screen without a login goes to its page. */
export async function refresh() {
  let answer;
  try {
    answer = await fetch('/api/v1/logins/current', {
      cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    // The watchdog of the event stream says what is wrong.
    return;
  }
  if (answer.status === 401) toLogin();
  else if (answer.ok) login = await answer.json();
}

/** Leaves for the login page, and comes back from there. */
export function toLogin() {
  location.assign(`/login?from=${location.pathname}`);
}

/** Proves who somebody is. Null when he is believed, else why not, in words. */
export async function enter(user, secret) {
  try {
    const answer = await fetch('/api/v1/logins', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Chairside': '1' },
      body: JSON.stringify({ user, secret }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (answer.ok) {
      login = await answer.json();
      return null;
    }
    return (await answer.json()).detail ?? texts.failed(answer.status);
  } catch {
    return texts.noAnswer;
  }
}

/** Ends the login of this browser. */
export async function leave() {
  await fetch('/api/v1/logins/current', {
    method: 'DELETE', headers: { 'X-Chairside': token() }, signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {});
  toLogin();
}
