// Geometry of the trend chart. Pure: values in, positions out.

/** Fixed scales, so that shapes compare between chairs and days. Never fitted to the data. */
export const LANES = [
  { name: 'spo2', low: 80, high: 100, lines: [80, 90, 100], limits: ['SPO2_LOW', null], share: 3 },
  { name: 'pr', low: 30, high: 160, lines: [40, 80, 120, 160], limits: ['PR_LOW', 'PR_HIGH'], share: 3 },
  { name: 'nibp', low: 40, high: 220, lines: [60, 120, 180], limits: [null, 'BP_ELEV'], share: 3 },
];

/** The lanes of a chart this high, one below the other, each with `top` and `height`. */
export function lanes(height, gap) {
  const shares = LANES.reduce((sum, lane) => sum + lane.share, 0);
  const usable = height - gap * (LANES.length - 1);
  let top = 0;
  return LANES.map((lane) => {
    const placed = { ...lane, top, height: (usable * lane.share) / shares };
    top += placed.height + gap;
    return placed;
  });
}

/** Where a value stands in its lane, and whether it had to be pushed back onto the scale. */
export function place(lane, value) {
  const inside = Math.min(lane.high, Math.max(lane.low, value));
  const share = (lane.high - inside) / (lane.high - lane.low);
  return { y: lane.top + share * lane.height, off: Math.sign(value - inside) };
}

/**
 * Buckets of `[min, max]` or null, oldest first, the last one ending at the right edge.
 * Returns runs without a gap in them; nothing is drawn between two runs.
 */
export function runs(buckets) {
  const all = [];
  let run = null;
  buckets.forEach((bucket, index) => {
    if (bucket === null) {
      run = null;
      return;
    }
    if (run === null) all.push((run = []));
    run.push({ index, low: bucket[0], high: bucket[1] });
  });
  return all;
}

/** Lowest and highest of all buckets, or null when there is no reading at all. */
export function extremes(buckets) {
  const known = buckets.filter((bucket) => bucket !== null);
  if (known.length === 0) return null;
  return [
    Math.min(...known.map(([low]) => low)),
    Math.max(...known.map(([, high]) => high)),
  ];
}

/** Minutes ago at which the time axis has a line, for a window this long. */
export function ticks(seconds) {
  const minutes = seconds / 60;
  const step = minutes <= 15 ? 5 : minutes <= 30 ? 10 : 15;
  const marks = [];
  for (let ago = step; ago < minutes; ago += step) marks.push(ago);
  return marks;
}
