// The forms: every name that the server's table can send has words here, and what was typed is judged
// as the server judges it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { load } from './modules.mjs';

// Written by `Tests/RecordingTests/FormTests.swift` from the tables of the daemon.
const table = JSON.parse(readFileSync(new URL('../../fixtures/forms.json', import.meta.url), 'utf8'));
const { texts } = await load('texts.js');
const { FORMS, USED } = await load('form-list.js');
const { cleaned, optionFor, wrong } = await load('field-check.js');
const { criterionModel } = await load('criteria-model.js');

const fieldsOf = (name) => table.readings[name] ?? table.commands[name]?.fields;
/** What a page never asks: it knows them itself. */
const FIXED = new Set(['how', 'criterion', 'route']);

test('every field and word of a form on a page has a label', () => {
  for (const name of USED) {
    assert.ok(fieldsOf(name), `${name} is no command`);
    for (const field of fieldsOf(name)) {
      if (FIXED.has(field.name)) continue;
      assert.ok(texts.form.labelOf(name, field.name), `${name}.${field.name} has no label`);
      for (const word of field.words ?? []) {
        assert.ok(texts.form.wordOf(word), `${name}.${field.name}: ${word} has no word`);
      }
    }
  }
});

test('every form has a tab, a button and only fields that there are', () => {
  for (const { id, parts } of FORMS) {
    assert.ok(texts.form.tabs[id], id);
    for (const { name, only = [], without = [], action } of parts) {
      const known = fieldsOf(name).map((field) => field.name);
      for (const field of [...only, ...without]) assert.ok(known.includes(field), `${name}.${field}`);
      assert.ok(texts.form.actions[action ?? name], name);
    }
  }
  const buttons = USED.filter((name) => !texts.form.actions[name]);
  assert.deepEqual(buttons, []);
});

test('no two forms have the same key, and none that of something else', () => {
  const keys = FORMS.flatMap(({ key }) => key ?? []);
  assert.equal(new Set(keys).size, keys.length);
  for (const taken of 'anowqg?') assert.ok(!keys.includes(taken), taken);
});

test('every criterion and route has a name', () => {
  for (const criterion of Object.keys(table.questions)) {
    assert.ok(texts.form.criterionNames[criterion], criterion);
    assert.ok(texts.isCriterion(criterion), criterion);
  }
  for (const route of Object.keys(table.mandatory)) assert.ok(texts.routes[route], route);
  assert.deepEqual(Object.keys(texts.routes), Object.keys(table.mandatory));
});

test('every question of a criterion is a field of the assessment', () => {
  const asked = fieldsOf('assess').map(({ name }) => name);
  for (const name of Object.values(table.questions).flat()) assert.ok(asked.includes(name), name);
});

test('a number is judged by its range and decimals', () => {
  const weight = fieldsOf('chart').find(({ name }) => name === 'weight');
  assert.deepEqual([weight.min, weight.max, weight.decimals], [20, 400, 2]);
  for (const good of ['', '20', '72.5', '72,55', ' 400 ']) assert.equal(wrong(weight, good), null, good);
  for (const bad of ['19.99', '401', '72.555', 'seventy', '7e1', '-72']) {
    assert.equal(wrong(weight, bad), 'range', bad);
  }
  assert.equal(cleaned(weight, ' 72,5 '), '72.5');
  assert.match(texts.form.problem.range('Weight', weight), /20–400 kg, at most 2 decimals/);
});

test('what is needed is missing when it is empty, a date has its form', () => {
  const [minutes] = fieldsOf('extend');
  assert.equal(wrong(minutes, ' '), 'missing');
  assert.equal(wrong(minutes, '10'), null);
  const birth = fieldsOf('chart').find(({ name }) => name === 'birthDate');
  assert.equal(wrong(birth, '11.6.1984'), 'date');
  assert.equal(wrong(birth, '1984-06-11'), null);
  assert.equal(wrong(birth, ''), null);
});

test('a letter chooses the answer that begins with it, and the next one after that', () => {
  const labels = ['Steady', 'As before', 'Wheelchair', 'Unsteady'];
  assert.equal(optionFor('s', labels, -1), 0);
  assert.equal(optionFor('W', labels, 0), 2);
  assert.equal(optionFor('x', labels, 0), null);
  assert.equal(optionFor('m', ['Mild', 'Moderate'], 0), 1);
});

const row = { criterion: 'spo2', value: '97 %, 412 s valid', ageSeconds: 0, pass: false, waived: false,
  waivable: 'never', canWaive: false, waiverLacks: null, remedy: 'Room air' };

test('a criterion says what was found, how old it is and what to do', () => {
  const live = criterionModel(row, 1, true);
  assert.deepEqual([live.state, live.value, live.age, live.remedy],
    ['notMet', '97 %, 6:52 valid', 'live', 'Room air']);
  const met = criterionModel({ ...row, criterion: 'gait', value: 'asBefore', ageSeconds: 58, pass: true },
    2, true);
  assert.deepEqual([met.state, met.value, met.age, met.remedy], ['met', 'As before', '1 min ago', '']);
  assert.equal(criterionModel({ ...row, criterion: 'gait', value: null }, 0, true).value, 'not answered');
  const chart = criterionModel({ ...row, criterion: 'fields', value: 'weight, checklist' }, 0, true);
  assert.equal(chart.value, 'Weight, Checklist');
});

test('a criterion that was asked for too long ago is not known', () => {
  const old = criterionModel({ ...row, pass: true, canWaive: true }, 9, false);
  assert.deepEqual([old.state, old.value, old.age, old.remedy, old.canWaive],
    ['unknown', '--', '', '', false]);
});
