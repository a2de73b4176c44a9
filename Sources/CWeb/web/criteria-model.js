// One discharge criterion as text. Pure: how long ago it was asked for is an argument.

import { texts } from './texts.js';
import { DASH, age, duration } from './format.js';

/** Seconds as people read them, words as they are called. */
export function wording(value) {
  return value.split(', ').map((part) => texts.form.word(part)).join(', ')
    .replace(/(\d+) s\b/g, (_, seconds) => duration(Number(seconds)));
}

/** Missing fields of the chart by their labels. */
function fieldsMissing(value) {
  return value.split(', ')
    .map((name) => texts.form.labelOf('chart', name) ?? texts.form.tabs[name] ?? name).join(', ');
}

/**
 * @param {object} row of the session's `criteria` @param {number} passed seconds of the ward since
 * @param {boolean} fresh whether that may still be shown as what is so now
 */
export function criterionModel(row, passed, fresh) {
  const { criterion, value, ageSeconds, pass, waived } = row;
  const state = !fresh ? 'unknown' : waived ? 'waived' : pass ? 'met' : 'notMet';
  const known = value !== null && value !== '';
  const isAnswer = texts.form.isAnswered(criterion);
  let text = isAnswer ? texts.form.notAnswered : DASH;
  if (criterion === 'quietPeriod' && pass) text = texts.form.noAlarmYet;
  if (known) text = criterion === 'fields' && value !== 'complete' ? fieldsMissing(value) : wording(value);
  const old = known && Number.isFinite(ageSeconds) ? ageSeconds + passed : null;
  return {
    state,
    mark: { met: '✓', notMet: '✗', waived: '✓', unknown: '?' }[state],
    word: texts.form.states[state],
    value: fresh ? text : DASH,
    age: !fresh || old === null ? '' : ageSeconds === 0 ? texts.form.live : texts.form.ageAgo(age(old)),
    remedy: fresh && !pass ? (row.remedy ?? '') : '',
    canWaive: fresh && row.canWaive,
    waiver: fresh && !pass && row.waiverLacks ? texts.form.waiverNot(row.waiverLacks) : '',
  };
}
