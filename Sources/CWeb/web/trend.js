// The trend of one chair: SpO2, pulse and pressure of the last minutes on a canvas of our own.

import { texts } from './texts.js';
import { age } from './format.js';
import { extremes } from './chart-scale.js';
import { drawTrend } from './trend-draw.js';
import { element, button, say, write } from './dom.js';

const WINDOWS = [15, 30, 60];
const REFRESH_MS = 5000;
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

  #draw() {
    drawTrend(this.#canvas, this.#trend, this.#minutes * 60, this.#limits);
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
