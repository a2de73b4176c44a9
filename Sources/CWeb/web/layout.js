// How many columns and rows a wall needs. Pure.

/** Above this many chairs the wall has an alarm rail. */
export const RAIL_ABOVE = 16;

/**
 * Columns and rows for `count` tiles in a space of `width` × `height`.
 *
 * The digits are bounded by the narrower side of a tile, so the grid whose tiles have the largest
 * narrow side wins; of equals the one with the fewest empty places.
 */
export function grid(count, width, height) {
  let best = { columns: 1, rows: Math.max(1, count), side: -1, spare: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns += 1) {
    const rows = Math.ceil(Math.max(1, count) / columns);
    const side = Math.min(width / columns, height / rows);
    const spare = columns * rows - count;
    const better = side > best.side + 0.5 || (side > best.side - 0.5 && spare < best.spare);
    if (better) best = { columns, rows, side, spare };
  }
  return { columns: best.columns, rows: best.rows };
}

/** Alarm strips a tile has room for, by the height of the tile in CSS pixels. */
export function stripsFor(tileHeight) {
  if (tileHeight >= 420) return 3;
  return tileHeight >= 300 ? 2 : 1;
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
