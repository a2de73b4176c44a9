// The trend of one chair: SpO2, pulse and pressure of the last minutes on a canvas of our own.

import { texts } from './texts.js';
import { age } from './format.js';
import { extremes, lanes, place, runs, ticks } from './chart-scale.js';
import { element, button, say, write } from './dom.js';

const WINDOWS = [15, 30, 60];
const REFRESH_MS = 5000;
const LEFT = 3.2;
const BOTTOM = 1.4;
const ROWS = 15;

export class Trend {
  root = element('section', 'panel trend');
  #chair;
  #minutes = WINDOWS[0];
  #limits = {};
  #trend = null;
  #canvas = element('canvas');
  #summary = element('p', 'unseen');
  #problem = element('p', 'problem', texts.trendLoading);
  #rows = element('tbody');
  #details;
  #choices = new Map();
  #askedAt = -Infinity;
  #asking = false;

  constructor(chair) {
    this.#chair = chair;
    const choice = element('span', 'row');
    for (const minutes of WINDOWS) {
      const one = button(texts.minutes(minutes), '', () => this.#choose(minutes));
      this.#choices.set(minutes, one);
      choice.append(one);
    }
    this.#summary.id = 'trend-summary';
    this.#canvas.setAttribute('role', 'img');
    this.#canvas.setAttribute('aria-label', texts.trend);
    this.#canvas.setAttribute('aria-describedby', this.#summary.id);
    const { time, spo2, pr, nibp } = texts.table;
    const head = element('tr', '', ...[time, spo2, pr, nibp].map((name) => {
      const cell = element('th', '', name);
      cell.scope = 'col';
      return cell;
    }));
    const table = element('table', '', element('thead', '', head), this.#rows);
    this.#details = element('details', '', element('summary', '', texts.asTable), table);
    this.#details.addEventListener('toggle', () => this.#tabulate());
    this.root.append(
      element('div', 'panel-head', element('h2', '', texts.trend), choice),
      element('div', 'canvas-box', this.#canvas, this.#problem), this.#summary, this.#details);
    this.#mark();
    new ResizeObserver(() => this.#draw()).observe(this.#canvas.parentElement);
    for (const query of ['(prefers-color-scheme: light)', '(forced-colors: active)']) {
      matchMedia(query).addEventListener('change', () => this.#draw());
    }
  }

  #choose(minutes) {
    this.#minutes = minutes;
    this.#mark();
    this.blank();
    this.refresh(true);
  }

  #mark() {
    for (const [minutes, one] of this.#choices) {
      one.setAttribute('aria-pressed', String(minutes === this.#minutes));
    }
  }

  set limits(limits) {
    this.#limits = limits;
  }

  /** Asks again when the picture is old enough to have changed. */
  async refresh(now = false) {
    if (this.#asking || (!now && performance.now() - this.#askedAt < REFRESH_MS)) return;
    this.#askedAt = performance.now();
    this.#asking = true;
    const minutes = this.#minutes;
    try {
      const points = Math.min(720, Math.max(60, Math.floor(this.#canvas.clientWidth / 2)));
      const query = `seconds=${minutes * 60}&points=${points}`;
      const url = `/api/v1/chairs/${encodeURIComponent(this.#chair)}/trend?${query}`;
      const answer = await fetch(url, { signal: AbortSignal.timeout(REFRESH_MS) });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      this.#trend = await answer.json();
      say(this.#problem, '');
    } catch {
      this.blank();
      say(this.#problem, texts.trendUnavailable);
    } finally {
      this.#asking = false;
    }
    if (minutes !== this.#minutes) return this.refresh(true);
    this.#draw();
    this.#summarise();
    if (this.#details.open) this.#tabulate();
  }

  /** An old picture is an old number. */
  blank() {
    this.#trend = null;
    this.#draw();
    write(this.#summary, '');
    this.#rows.replaceChildren();
  }

  #colours() {
    const style = getComputedStyle(this.root);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    return {
      spo2: colour('spo2'), pr: colour('pr'), nibp: colour('nibp'), line: colour('line'),
      label: colour('label'), band: colour('band-limit'), font: style.fontFamily,
      rem: parseFloat(getComputedStyle(document.documentElement).fontSize),
    };
  }

  #draw() {
    const canvas = this.#canvas;
    const box = canvas.parentElement.getBoundingClientRect();
    const ratio = devicePixelRatio;
    canvas.width = Math.max(1, Math.round(box.width * ratio));
    canvas.height = Math.max(1, Math.round(box.height * ratio));
    if (this.#trend === null) return;
    const colours = this.#colours();
    const pen = canvas.getContext('2d');
    pen.scale(ratio, ratio);
    const left = LEFT * colours.rem;
    const chart = {
      pen, colours, left,
      width: box.width - left - colours.rem * 0.5,
      height: box.height - BOTTOM * colours.rem,
      seconds: this.#minutes * 60,
    };
    pen.font = `600 ${colours.rem * 0.8}px ${colours.font}`;
    const placed = lanes(chart.height, colours.rem * 0.9);
    drawTimes(chart);
    for (const lane of placed) {
      drawLane(chart, lane, this.#limits);
      if (lane.name === 'nibp') drawPressures(chart, lane, this.#trend);
      else drawCurve(chart, lane, this.#trend);
    }
  }

  #summarise() {
    const say = (buckets) => {
      const found = extremes(buckets);
      return found === null ? texts.noReadings : texts.between(...found);
    };
    const { spo2, pr, nibp } = this.#trend ?? { spo2: [], pr: [], nibp: [] };
    write(this.#summary,
      texts.trendSummary(this.#minutes, say(spo2), say(pr), texts.readings(nibp.length)));
  }

  /** The same interval in rows of a few minutes, for those who cannot see the canvas. */
  #tabulate() {
    if (!this.#details.open || this.#trend === null) return;
    const { endSeconds, stepSeconds, spo2, pr, nibp } = this.#trend;
    const per = Math.ceil(spo2.length / ROWS);
    const rows = [];
    for (let end = spo2.length; end > 0; end -= per) {
      const start = Math.max(0, end - per);
      const span = (buckets) => extremes(buckets.slice(start, end))?.join('–') ?? '--';
      const to = endSeconds - (spo2.length - end) * stepSeconds;
      const from = endSeconds - (spo2.length - start) * stepSeconds;
      const inRow = nibp.filter(({ t }) => t > from && t <= to);
      rows.push(element('tr', '', ...[
        texts.ago(age(endSeconds - from)), span(spo2), span(pr),
        inRow.map(({ sbp, dbp }) => `${sbp}/${dbp}`).join(', '),
      ].map((text) => element('td', '', text))));
    }
    this.#rows.replaceChildren(...rows);
  }
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
  for (const value of lane.lines) {
    const { y } = place(lane, value);
    pen.fillStyle = colours.label;
    pen.fillText(String(value), left - 6, y);
    line(pen, left, y, left + width, y);
  }
  pen.setLineDash([6, 4]);
  pen.strokeStyle = colours[lane.name];
  for (const limit of [low, high]) {
    if (limit === undefined || limit === null) continue;
    const { y } = place(lane, limit);
    line(pen, left, y, left + width, y);
  }
  pen.setLineDash([]);
  pen.fillStyle = colours[lane.name];
  pen.textAlign = 'left';
  pen.textBaseline = 'top';
  pen.fillText(texts[lane.name], left + 4, lane.top + 2);
}

/** Minimum to maximum of each bucket, so that a dip of a second stays; a gap stays a gap. */
function drawCurve({ pen, colours, left, width, seconds }, lane, trend) {
  const buckets = trend[lane.name];
  const step = (trend.stepSeconds / seconds) * width;
  const right = left + width;
  pen.strokeStyle = colours[lane.name];
  pen.fillStyle = colours[lane.name];
  pen.lineWidth = 2;
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
  pen.lineWidth = 3;
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
