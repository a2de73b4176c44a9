// The keys of the pages of one chair.

import { texts } from './texts.js';
import { toAcknowledge } from './alarms.js';
import { send } from './commands.js';
import { listenToKeys, showKeys } from './dialogs.js';
import { status } from './frame.js';

/**
 * @param {string} chair @param {string} page whose list of keys is shown
 * @param {object} own `alarms()` of the chair, the panel of the `forms`, and `keys` of this page
 */
export function chairKeys(chair, page, { alarms, forms, keys }) {
  const acknowledge = () => {
    const found = toAcknowledge(alarms());
    if (found === null) return status(texts.nothingToAcknowledge(chair));
    const action = `${texts.acknowledge} ${texts.alarmText(found)}`;
    return send(chair, { command: 'acknowledge', alarm: found.alarm }, action);
  };
  const all = {
    '?': () => showKeys(page),
    a: acknowledge,
    ' ': () => send(chair, { command: 'audioPause', seconds: 120 }, texts.pauseSound),
    n: () => send(chair, { command: 'nibpStart' }, texts.nibpNow),
    w: () => document.getElementById('who').focus(),
    ...keys,
  };
  listenToKeys((key) => {
    const act = all[key] ?? all[key.toLowerCase()];
    if (act === undefined) return key.length === 1 && forms.open(key);
    act();
    return true;
  });
}
