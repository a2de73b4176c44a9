// What a screen that has locked asks before somebody acts at it again.

import { texts } from './texts.js';
import { loginForm } from './login-form.js';
import { open } from './dialogs.js';
import { button, element } from './dom.js';

/** Resolves to whether somebody has proven who he is. */
export function unlock(user) {
  return new Promise((resolve) => {
    const form = loginForm(user, () => dialog.close('yes'));
    const dialog = open(texts.locked, element('p', '', texts.lockedWhy), form.root,
      element('p', 'row', button(texts.cancel, '', () => dialog.close())));
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'));
    form.focus();
  });
}
