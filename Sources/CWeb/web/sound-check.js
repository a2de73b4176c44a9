// Who has heard the sound of this tab, and when: kept while the tab is open, over its pages.

const KEY = 'chairside.sound';

/** `{by, at}`, or null: nobody has heard it. */
export function soundCheck() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    return typeof kept?.by === 'string' && Number.isFinite(kept.at) ? kept : null;
  } catch {
    return null;
  }
}

export function keepSoundCheck(check) {
  if (check === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, JSON.stringify(check));
}
