// Whether what was typed can be meant, before it is sent. The server judges again. Pure.

/** What is sent of what was typed: no blanks around it, and a point in a number. */
export function cleaned(definition, text) {
  const trimmed = text.trim();
  return definition.kind === 'number' ? trimmed.replace(',', '.') : trimmed;
}

/**
 * What is wrong with a field, by name: `missing`, `range`, `date`; null for nothing. What is left
 * empty is only wrong where it is needed.
 */
export function wrong(definition, text) {
  const value = cleaned(definition, text);
  if (value === '') return definition.required ? 'missing' : null;
  if (definition.kind === 'date') return /^\d{4}-\d\d-\d\d$/.test(value) ? null : 'date';
  if (definition.kind !== 'number') return null;
  const [, decimals = ''] = value.split('.');
  const isNumber = /^\d+(\.\d+)?$/.test(value) && decimals.length <= definition.decimals;
  const number = Number(value);
  return isNumber && number >= definition.min && number <= definition.max ? null : 'range';
}

/** The option that a typed letter means: the next one that begins with it after `from`. */
export function optionFor(letter, labels, from) {
  const wanted = letter.toLowerCase();
  for (let step = 1; step <= labels.length; step += 1) {
    const place = (from + step) % labels.length;
    if (labels[place].toLowerCase().startsWith(wanted)) return place;
  }
  return null;
}
