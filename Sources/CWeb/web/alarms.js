// Order, counts and words of alarms. Pure.

import { texts } from './texts.js';
import { number } from './format.js';

/** From the most to the least urgent. A priority this page does not know ranks first, not last. */
const PRIORITIES = ['high', 'medium', 'low'];

export function rank(priority) {
  return PRIORITIES.indexOf(priority);
}

/** A priority for which a colour and a shape exist; an unknown one is shown as the highest. */
export function shownPriority(alarm) {
  return PRIORITIES.includes(alarm.priority) ? alarm.priority : 'high';
}

/** `latched`: the condition is gone, nobody has looked. `acknowledged`: steady. `on`: flashes. */
export function stateOf(alarm) {
  if (alarm.presence === 'latched') return 'latched';
  return alarm.acknowledgedBy ? 'acknowledged' : 'on';
}

const STATES = ['on', 'acknowledged', 'latched'];

/** Active before past, then priority, then what nobody has taken, then the newest. */
export function byUrgency(a, b) {
  const past = (alarm) => (alarm.presence === 'latched' ? 1 : 0);
  return (
    past(a) - past(b) ||
    rank(a.priority) - rank(b.priority) ||
    STATES.indexOf(stateOf(a)) - STATES.indexOf(stateOf(b)) ||
    (a.sinceSeconds ?? 0) - (b.sinceSeconds ?? 0) ||
    (a.id ?? 0) - (b.id ?? 0)
  );
}

export function sorted(alarms) {
  return [...alarms].sort(byUrgency);
}

/** How many conditions exist now, by priority; `past` counts the latched ones. */
export function counts(alarms) {
  const sum = { high: 0, medium: 0, low: 0, past: 0 };
  for (const alarm of alarms) {
    if (alarm.presence === 'latched') sum.past += 1;
    else sum[shownPriority(alarm)] += 1;
  }
  return sum;
}

/** `▲1 ◆2 Wall`; zero counts are left out. */
export function title(sum, name) {
  const parts = [];
  if (sum.high > 0) parts.push(`▲${sum.high}`);
  if (sum.medium > 0) parts.push(`◆${sum.medium}`);
  return [...parts, name].join(' ');
}

/** Does a strip of this alarm flash? */
export function flashes(alarm) {
  const isHeld = alarm.signal === 'alarmPaused';
  return stateOf(alarm) === 'on' && !isHeld && shownPriority(alarm) !== 'low';
}

/**
 * The server's sentence cut before its number, so that the number may be set large:
 * `SpO2 84 < 88` → `SpO2`, `84 < 88`. What follows a colon is advice. Without a number everything
 * is the name.
 */
export function split(alarm) {
  const text = texts.alarmText(alarm);
  const nothing = { name: text, figure: '', advice: '' };
  if (!Number.isFinite(alarm.value)) return nothing;
  const at = text.search(new RegExp(`(?<![\\w.])${number(alarm.value)}(?![\\w.])`));
  if (at <= 0) return nothing;
  const [figure, ...advice] = text.slice(at).split(': ');
  return { name: text.slice(0, at).trim(), figure: figure.trim(), advice: advice.join(': ') };
}

/** The worst first, for lists that may be sorted (phone): chairs without alarms keep room order. */
export function byWorst(chairs) {
  const worst = (view) => {
    const first = sorted(view.alarms ?? [])[0];
    if (!first) return 100;
    return (first.presence === 'latched' ? 50 : 0) + rank(first.priority) * 2 +
      (stateOf(first) === 'on' ? 0 : 1);
  };
  return chairs
    .map((view, place) => ({ view, place, worst: worst(view) }))
    .sort((a, b) => a.worst - b.worst || a.place - b.place)
    .map(({ view }) => view);
}

/** The alarm an `A` key or a single button means: the most urgent that nobody has taken. */
export function toAcknowledge(alarms) {
  return sorted(alarms).find((alarm) => !alarm.acknowledgedBy) ?? null;
}
