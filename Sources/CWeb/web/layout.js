// How many columns and rows a wall needs. Pure.

/** Above this many chairs the wall has an alarm rail. */
export const RAIL_ABOVE = 16;

/** On a screen this much wider than high, people expect the rooms they know. */
const WIDE = 1.3;
/** Up to so many chairs, so many columns. */
const COLUMNS = [[4, 2], [6, 3], [16, 4], [24, 6], [40, 8]];
/** The large digits are this much of the height and of the width of a tile: wall.css. */
const DIGITS = { height: 0.34, width: 0.25 };

/**
 * Columns and rows for `count` tiles in a space of `width` × `height`: by the table on a wide
 * screen, else the grid with the largest digits and, of equals, the fewest empty places.
 */
export function grid(count, width, height) {
  const row = COLUMNS.find(([most]) => count <= most);
  if (row && width >= WIDE * height) {
    return { columns: row[1], rows: Math.max(1, Math.ceil(count / row[1])) };
  }
  let best = { columns: 1, rows: Math.max(1, count), side: -1, spare: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns += 1) {
    const rows = Math.ceil(Math.max(1, count) / columns);
    const side =
      Math.min((DIGITS.width * width) / columns, (DIGITS.height * height) / rows);
    const spare = columns * rows - count;
    const better = side > best.side + 0.5 || (side > best.side - 0.5 && spare < best.spare);
    if (better) best = { columns, rows, side, spare };
  }
  return { columns: best.columns, rows: best.rows };
}

/** Alarm strips a tile of this size, in rem, has room for; the forms of a tile are in tile.css. */
export function stripsFor(width, height) {
  const wide = width >= 1.5 * height;
  return height >= (wide ? 11 : 29) ? 2 : 1;
}

/** Where an arrow key leads from place `from` of `count`, or null when it leads nowhere. */
export function neighbour(key, from, count, columns) {
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (!(key in steps)) return null;
  const to = from + steps[key];
  return to >= 0 && to < count ? to : null;
}
