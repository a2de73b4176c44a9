// A button for a step of the session: names the chair and the patient once more, asks for what the
// command takes and for a PIN where one is due, and says beside itself why it was refused.

import { texts } from './texts.js';
import { commandButton } from './commands.js';
import { confirm } from './dialogs.js';
import { asksSecret } from './person.js';
import { Field } from './field.js';
import { fieldsOf } from './forms.js';

/**
 * @param {string} chair @param {string} name of the command
 * @param {object} options `action` on the button; `fixed` values; `ask` even when nothing is to be
 *   filled in; `patient()` whom it is about; `after()` when it was accepted
 */
export function actionButton(chair, name, {
  action = texts.form.action(name), classes = '', fixed = () => ({}), leaveOut = [], ask = false,
  patient = () => '', after = () => {},
} = {}) {
  let fields = null;
  const make = () => ({ chair, command: { command: name, ...fixed() } });
  const before = async () => {
    const given = fixed();
    fields ??= fieldsOf(name)
      .filter((field) => !(field.name in given) && !leaveOut.includes(field.name))
      .map((field) => new Field(name, field));
    for (const field of fields) field.refresh();
    const asks = asksSecret(name);
    if (!ask && !asks && fields.length === 0) return {};
    return confirm(action, chair, patient(), asks, fields);
  };
  return commandButton(action, classes, make, before, () => {
    for (const field of fields ?? []) field.clear();
    after();
  });
}
