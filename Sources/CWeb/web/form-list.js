// Which forms a chair page has, in the order of a visit, and what stands beside each. What a form asks
// for comes from the server; this only says where it is.

import { texts } from './texts.js';

const ESCORT = ['escortName', 'escortContact'];
const BEFORE_DOSE = ['moaas', 'orientation', 'dissociation', 'nausea', 'pain'];
const PRESSURE = ['sbp', 'dbp', 'pr'];

/**
 * `key` opens it; `parts` are its forms; `state` is what its tab says of a session; `known` is what
 * the record holds of its fields, `missing` which of them it lacks.
 */
export const FORMS = [
  {
    id: 'checklist',
    key: 'c',
    parts: [{ name: 'checklist' }],
    state: ({ checklist }, count) =>
      texts.form.answered(Object.keys(checklist).length, count),
    known: ({ checklist }) => checklist,
  },
  {
    id: 'chart',
    key: 'h',
    parts: [{ name: 'chart', without: ESCORT }],
    state: ({ missingFields }, count, names) =>
      texts.form.missingCount(missingFields.filter((name) => names.has(name)).length),
    known: ({ chart }) => chart,
    missing: ({ missingFields }) => missingFields,
  },
  {
    id: 'series',
    parts: [{ name: 'series' }],
    state: ({ series }) => series?.text ?? texts.form.missing,
    known: ({ series }) => series ?? {},
  },
  {
    id: 'limbs',
    key: 'i',
    parts: [{ name: 'limbs' }],
    state: ({ limbs }) => texts.form.answered(Object.keys(limbs).length, 3),
    known: ({ limbs }) => limbs,
  },
  {
    id: 'escort',
    parts: [{ name: 'escort' }, { name: 'chart', only: ESCORT, action: 'escortOnChart' }],
    state: ({ escort }) => (escort ? texts.form.word(escort) : texts.form.missing),
    known: ({ escort, chart }) => ({ type: escort, ...chart }),
  },
  { id: 'assess', parts: [{ name: 'assess', only: BEFORE_DOSE }], phases: ['baseline', 'infusing'] },
  {
    id: 'hold',
    parts: [{ name: 'holdDeclared' }, { name: 'holdCleared' }],
    state: ({ holds }) => holds.map((hold) => texts.form.holdFrom(hold.class, hold.cause)).join(', '),
  },
  { id: 'pressure', key: 'b', parts: [{ name: 'pressure', isReading: true, only: PRESSURE }] },
  { id: 'respiration', key: 'k', parts: [{ name: 'respiration', isReading: true }] },
  { id: 'symptom', key: 's', parts: [{ name: 'symptom' }] },
  { id: 'medication', key: 'm', parts: [{ name: 'medication' }] },
  {
    id: 'oxygen',
    key: 'x',
    parts: [{ name: 'oxygen' }],
    state: ({ oxygenFlow }) => (oxygenFlow > 0 ? `${oxygenFlow} L/min` : ''),
    known: ({ oxygenFlow }) => ({ flow: oxygenFlow > 0 ? `${oxygenFlow}` : '' }),
  },
  { id: 'note', key: 'e', parts: [{ name: 'note' }] },
];

/** The commands and readings that pages have forms or buttons for; each has its words. */
export const USED = [
  ...new Set(FORMS.flatMap(({ parts }) => parts.map(({ name }) => name))),
  'dosePause', 'doseResume', 'doseEnd', 'nasalDevice', 'abort', 'cancel', 'sign', 'waive', 'extend',
  'patientAway', 'patientReturned', 'doseStart', 'handover', 'transfer', 'handoverDone', 'leaveAMA',
  'departed', 'reopenClinical', 'addendum', 'lateEntry', 'correction', 'annotate',
];
