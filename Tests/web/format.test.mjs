import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './modules.mjs';

const { age, clock, decimal, duration, minute, number, pressure, range, remaining } =
  await load('format.js');

const tables = {
  'a number is whole, or dashes': [number, [
    [[96], '96'], [[95.6], '96'], [[0], '0'], [[null], '--'], [[undefined], '--'], [[NaN], '--'],
    [['96'], '--'],
  ]],
  'a perfusion index has one decimal': [decimal, [[[4], '4.0'], [[0.34], '0.3'], [[null], '--']]],
  'half a pressure is none': [pressure, [
    [[119, 71], '119/71'], [[119, null], '--'], [[null, 71], '--'], [[null, null], '--'],
  ]],
  'a duration counts minutes and seconds': [duration, [
    [[0], '0:00'], [[42.9], '0:42'], [[760], '12:40'], [[3723], '1:02:03'], [[-3], '0:00'],
    [[null], ''],
  ]],
  'what remains is rounded up, so 0:00 means over': [remaining, [
    [[0], '0:00'], [[0.2], '0:01'], [[759.1], '12:40'], [[null], ''],
  ]],
  'an age is rounded down': [age, [
    [[0], '0 s'], [[59.9], '59 s'], [[60], '1 min'], [[179], '2 min'], [[3599], '59 min'],
    [[3900], '1 h 05'], [[null], ''],
  ]],
  'a phase counts whole minutes': [minute, [[[1460], '24′'], [[59], '0′'], [[null], '']]],
  'a range leaves an open end out': [range, [
    [[50, 120], '50–120'], [[92, null], '≥ 92'], [[undefined, 160], '< 160'], [[null, null], ''],
  ]],
};

for (const [name, [format, rows]] of Object.entries(tables)) {
  test(name, () => {
    for (const [given, shown] of rows) assert.equal(format(...given), shown, String(given));
  });
}

test('a clock without a time shows none', () => {
  assert.equal(clock(null), '--:--:--');
  assert.match(clock(Date.parse('2026-03-14T15:02:11Z')), /^\d\d:\d\d:\d\d$/);
});
