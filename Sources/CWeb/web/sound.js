// What sounds now. Pure: the view's alarms, the pauses and the clock are arguments.

import { BURSTS, length } from './burst.js';
import { rank, shownPriority } from './alarms.js';

/** After this long without the server the page sounds by itself, in its own tones. */
export const LINK_LOST_MS = 7500;
/** Something new waits at least this long after a burst, so that the two are told apart. */
const BREATH_MS = 1000;

/** Does this alarm sound? What is acknowledged, paused, latched or held back does not. */
function sounds(alarm) {
  return alarm.presence === 'active' && alarm.signal === 'on';
}

/**
 * The alarms that must sound, each as `{chair, id, revision}` with its priority: those of the ward
 * (`*`) and of every chair.
 *
 * @param {Array<{chair: string, alarms: object[]}>} places
 */
export function audibleAlarms(places) {
  return places.flatMap(({ chair, alarms }) => (alarms ?? []).filter(sounds).map((alarm) => ({
    chair, id: alarm.id, revision: alarm.revision, priority: shownPriority(alarm),
  })));
}

/** Names an alarm at this step of its life; another step is news. */
export function keyOf({ chair, id, revision }) {
  return `${chair} ${id} ${revision}`;
}

/**
 * What should sound: `{name, alarms}`, the highest priority with all that has its part in it, or null.
 *
 * @param {{alarms: object[], trusted: boolean, silence: number, pausedUntil: number}} state `alarms`
 *   from `audibleAlarms`; `silence` is how long the server has not been heard, in milliseconds;
 *   `pausedUntil` by the clock of `now`
 */
export function wanted({ alarms, trusted, silence, pausedUntil }, now) {
  if (now < pausedUntil) return null;
  // Nothing is known of any alarm: the loss is what sounds.
  if (!trusted) return silence >= LINK_LOST_MS ? { name: 'linkLost', alarms: [] } : null;
  if (alarms.length === 0) return null;
  const highest = Math.min(...alarms.map((alarm) => rank(alarm.priority)));
  const [{ priority: name }] = alarms.filter((alarm) => rank(alarm.priority) === highest);
  return { name, alarms };
}

/**
 * When the next burst begins, by the clock of the bursts: at once what sounded last is something
 * else, or less urgent, or lacks an alarm of this urgency; else after the gap.
 *
 * @param {{name: string, startedAt: number, keys: Set<string>} | null} last the burst before
 */
export function nextStart(want, last, now) {
  if (last === null) return now;
  const endedAt = last.startedAt + length(BURSTS[last.name]);
  const isNews = want.name !== last.name ||
    want.alarms.some((alarm) => alarm.priority === want.name && !last.keys.has(keyOf(alarm)));
  return Math.max(now, endedAt + (isNews ? BREATH_MS : BURSTS[want.name].gap));
}

/** One less urgent that joins while something more urgent sounds again and again has its part, too. */
export function partOf(want, last, now) {
  if (last === null || want === null || want.name !== last.name) return [];
  const endedAt = last.startedAt + length(BURSTS[last.name]);
  if (now > endedAt + BURSTS[last.name].gap) return [];
  return want.alarms.filter((alarm) => alarm.priority !== want.name);
}
