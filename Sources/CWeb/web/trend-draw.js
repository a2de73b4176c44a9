// Draws a trend on a canvas. Knows pixels and colours; what stands where is chart-scale.js.

import { texts } from './texts.js';
import { lanes, place, runs, ticks } from './chart-scale.js';

/** Room for the numbers of the scales and for the times, in rem. */
const LEFT = 3.2;
const TOP = 0.6;
const BOTTOM = 1.4;

/** @param trend the answer of the trend endpoint, or null for an empty canvas */
export function drawTrend(canvas, trend, seconds, limits) {
  const box = canvas.parentElement.getBoundingClientRect();
  canvas.width = Math.max(1, Math.round(box.width * devicePixelRatio));
  canvas.height = Math.max(1, Math.round(box.height * devicePixelRatio));
  if (trend === null) return;
  const colours = coloursOf(canvas);
  const pen = canvas.getContext('2d');
  pen.scale(devicePixelRatio, devicePixelRatio);
  pen.translate(0, TOP * colours.rem);
  pen.font = `600 ${colours.rem * 0.8}px ${colours.font}`;
  const left = LEFT * colours.rem;
  const chart = {
    pen, colours, left, seconds,
    width: box.width - left - colours.rem * 0.5,
    height: box.height - (TOP + BOTTOM) * colours.rem,
  };
  drawTimes(chart);
  for (const lane of lanes(chart.height, colours.rem * 0.9)) {
    drawLane(chart, lane, limits);
    if (lane.name === 'nibp') drawPressures(chart, lane, trend);
    else drawCurve(chart, lane, trend);
    drawName(chart, lane);
  }
}

function coloursOf(canvas) {
  const style = getComputedStyle(canvas);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    spo2: colour('spo2'), pr: colour('pr'), nibp: colour('nibp'), line: colour('line'),
    label: colour('label'), panel: colour('panel'), band: colour('band-limit'), font: style.fontFamily,
    rem: parseFloat(getComputedStyle(document.documentElement).fontSize),
  };
}

function drawTimes({ pen, colours, left, width, height, seconds }) {
  pen.fillStyle = colours.label;
  pen.strokeStyle = colours.line;
  pen.lineWidth = 1;
  pen.textAlign = 'center';
  pen.textBaseline = 'bottom';
  const bottom = height + BOTTOM * colours.rem;
  for (const ago of ticks(seconds)) {
    const x = left + width * (1 - (ago * 60) / seconds);
    line(pen, x, 0, x, height);
    pen.fillText(`−${texts.minutes(ago)}`, x, bottom);
  }
  pen.textAlign = 'right';
  pen.fillText(texts.now, left + width, bottom);
}

function drawLane({ pen, colours, left, width }, lane, limits) {
  const [low, high] = lane.limits.map((name) => limits[name]);
  const top = place(lane, high ?? lane.high).y;
  const bottom = place(lane, low ?? lane.low).y;
  pen.fillStyle = colours.band;
  pen.fillRect(left, top, width, bottom - top);
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  pen.strokeStyle = colours.line;
  pen.lineWidth = 1;
  for (const value of lane.lines) {
    const { y } = place(lane, value);
    pen.fillStyle = colours.label;
    pen.fillText(String(value), left - 6, y);
    line(pen, left, y, left + width, y);
  }
  pen.setLineDash([6, 4]);
  pen.lineWidth = 1;
  pen.strokeStyle = colours[lane.name];
  for (const limit of [low, high]) {
    if (limit === undefined || limit === null) continue;
    const { y } = place(lane, limit);
    line(pen, left, y, left + width, y);
  }
  pen.setLineDash([]);
}

function drawName({ pen, colours, left }, lane) {
  pen.fillStyle = colours[lane.name];
  pen.textAlign = 'left';
  pen.textBaseline = 'top';
  // The name stands in the curve; a rim of the background keeps it readable.
  pen.strokeStyle = colours.panel;
  pen.lineWidth = 5;
  pen.strokeText(texts[lane.name], left + 4, lane.top + 2);
  pen.fillText(texts[lane.name], left + 4, lane.top + 2);
}

/** Minimum to maximum of each bucket, so that a dip of a second stays; a gap stays a gap. */
function drawCurve({ pen, colours, left, width, seconds }, lane, trend) {
  const buckets = trend[lane.name];
  const step = (trend.stepSeconds / seconds) * width;
  const right = left + width;
  pen.strokeStyle = colours[lane.name];
  pen.fillStyle = colours[lane.name];
  pen.lineWidth = colours.rem / 8;
  pen.lineJoin = 'round';
  for (const run of runs(buckets)) {
    pen.beginPath();
    for (const { index, low, high } of run) {
      const x = right - (buckets.length - index - 0.5) * step;
      const a = place(lane, high);
      const b = place(lane, low);
      pen.lineTo(x, a.y);
      pen.lineTo(x, b.y + (a.y === b.y ? 0.01 : 0));
      for (const { off, y } of [a, b]) if (off !== 0) arrow(pen, x, y, off);
    }
    // A single bucket is still a reading: give it the width of its bucket.
    if (run.length === 1) {
      const x = right - (buckets.length - run[0].index - 0.5) * step;
      pen.moveTo(x - step / 2, place(lane, run[0].high).y);
      pen.lineTo(x + step / 2, place(lane, run[0].high).y);
    }
    pen.stroke();
  }
}

function drawPressures({ pen, colours, left, width, seconds }, lane, trend) {
  pen.strokeStyle = colours.nibp;
  pen.fillStyle = colours.nibp;
  pen.lineWidth = colours.rem / 5;
  const half = colours.rem * 0.3;
  for (const { t, sbp, dbp, map } of trend.nibp) {
    const x = left + width * (1 - (trend.endSeconds - t) / seconds);
    if (x < left) continue;
    const top = place(lane, sbp);
    const bottom = place(lane, dbp);
    line(pen, x, top.y, x, bottom.y);
    line(pen, x - half, top.y, x + half, top.y);
    line(pen, x - half, bottom.y, x + half, bottom.y);
    if (Number.isFinite(map)) line(pen, x - half, place(lane, map).y, x + half, place(lane, map).y);
    for (const { off, y } of [top, bottom]) if (off !== 0) arrow(pen, x, y, off);
  }
}

/** Off the scale: an arrow instead of a line that looks like a value. */
function arrow(pen, x, y, direction) {
  const tip = y - direction * 7;
  const path = new Path2D();
  path.moveTo(x, tip + direction * -2);
  path.lineTo(x - 5, y + direction * 2);
  path.lineTo(x + 5, y + direction * 2);
  path.closePath();
  pen.fill(path);
}

function line(pen, x1, y1, x2, y2) {
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.lineTo(x2, y2);
  pen.stroke();
}
