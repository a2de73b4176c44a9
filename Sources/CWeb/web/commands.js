// Commands of a person to a chair, and what became of them, in words.

import { texts } from './texts.js';
import { button, element, say } from './dom.js';
import { status } from './frame.js';
import { toLogin, token } from './login.js';
import { who } from './person.js';
import { unlock } from './unlock.js';

const TIMEOUT_MS = 8000;
/** How long the reason of a refusal stays beside its button. */
const ANSWER_MS = 20_000;

/**
 * Sends one command, or a reading.
 *
 * @param {string} chair @param {object} command of the contract, without `by`
 * @param {string} action what the person pressed, in words
 * @param {'commands'|'readings'} door
 * @returns {Promise<{accepted: boolean, text: string}>}
 */
export async function send(chair, command, action, door = 'commands') {
  const by = who();
  if (by === null) {
    document.getElementById('who')?.focus();
    return tell({ accepted: false, text: texts.chooseWho });
  }
  let outcome = await post(chair, { ...command, by }, door);
  // Nobody has acted here for a while: whoever does now says who he is, and it goes on.
  if (outcome === LOCKED && await unlock(by)) outcome = await post(chair, { ...command, by: who() }, door);
  if (outcome === LOCKED) outcome = texts.lockedWhy;
  const text = outcome === null
    ? texts.sent(action, chair)
    : texts.refused(action, chair, outcome);
  return tell({ accepted: outcome === null, text });
}

const LOCKED = Symbol('locked');

/** Null when accepted, else the reason in words, or LOCKED. */
async function post(chair, body, door) {
  try {
    const answer = await fetch(`/api/v1/chairs/${encodeURIComponent(chair)}/${door}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Chairside': token() },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (answer.ok) return null;
    if (answer.status === 401) return await lockedOrGone(answer);
    return await reason(answer);
  } catch {
    return texts.noAnswer;
  }
}

async function lockedOrGone(answer) {
  const problem = await answer.json();
  if (problem.why?.includes('locked')) return LOCKED;
  toLogin();
  return problem.detail;
}

async function reason(answer) {
  try {
    const problem = await answer.json();
    // Criteria have words of their own here; everything else the server says in a sentence.
    const why = problem.why ?? [];
    const known = why.filter(texts.isCriterion);
    const said = known.length > 0 ? `${texts.because(known)}.` : '';
    const detail = known.length === why.length && known.length > 0 ? '' : problem.detail;
    return [said, detail].filter(Boolean).join(' ') || texts.failed(answer.status);
  } catch {
    return texts.failed(answer.status);
  }
}

function tell(result) {
  status(result.text, !result.accepted);
  return result;
}

/**
 * A button that sends a command and shows beside it when that failed.
 *
 * @param {() => {chair: string, command: object, door?: string} | {problem: string} | null} make the
 *   command at the moment of the press, or what stands against it
 * @param {() => Promise<object | null>} before asks for what the command takes along; null stops it
 * @param {() => void} after it was accepted
 * @returns {HTMLElement} whose `act()` presses it, for the form that it submits
 */
export function commandButton(
  action, classes, make, before = async () => ({}), after = () => {}, type = 'button',
) {
  const root = element('span', 'command');
  const answer = element('span', 'answer');
  answer.hidden = true;
  let forget = null;
  const show = (text) => {
    say(answer, text);
    clearTimeout(forget);
    forget = setTimeout(() => say(answer, ''), ANSWER_MS);
  };
  root.act = async () => {
    const order = make();
    if (order === null) return;
    if (order.problem) return show(order.problem);
    // Nobody is asked whether he is sure before he has said who he is.
    const more = who() === null ? {} : await before();
    if (more === null) return;
    press.disabled = true;
    const result = await send(order.chair, { ...order.command, ...more }, action, order.door);
    press.disabled = false;
    if (document.activeElement === document.body) press.focus();
    show(result.accepted ? '' : result.text);
    if (result.accepted) after();
  };
  const press = button(action, classes, type === 'button' ? root.act : () => {});
  press.type = type;
  root.append(press, answer);
  return root;
}
