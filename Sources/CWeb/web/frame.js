// What every page has around it: header, footer, spoken alarms, status line, lost screen.

import { texts } from './texts.js';
import { clock } from './format.js';
import { counts, flashes, title } from './alarms.js';
import { stripModel } from './chair-model.js';
import { Flasher } from './flash.js';
import { Overlay } from './overlay.js';
import { PersonSelect } from './person.js';
import { SoundStation } from './sound-station.js';
import { StripView } from './strip.js';
import { button, data, element, icon, say, show, write } from './dom.js';
import { showKeys } from './dialogs.js';

const STATUS_MS = 12_000;
/** This screen's own clock may differ this far before it is said. */
const CLOCK_FAULT_MS = 2000;

const statusLine = element('p', 'status');
statusLine.setAttribute('role', 'status');
let statusTimer = null;

/** Says something politely, at the foot of the page and to screen readers. */
export function status(text, failed = false) {
  write(statusLine, text);
  statusLine.classList.toggle('failed', failed);
  clearTimeout(statusTimer);
  statusTimer = setTimeout(() => write(statusLine, ''), STATUS_MS);
}

export class Frame {
  #station;
  #pageName;
  #sound;
  #overlay = new Overlay(() => this.#sound.pauseLost());
  #person = new PersonSelect();
  #flasher;
  #site;
  #chips = new Map();
  #past = element('span', 'chip past');
  #badge = element('span', 'badge');
  #fault = element('span', 'badge fault');
  #clock = element('span', 'clock');
  #band = element('p', 'band');
  #ward = element('div', 'ward-strips');
  #version = element('span', 'version');
  #alert = document.getElementById('alert');

  /** @param {string} pageName for the title @param {Node[]} own parts of this page's header */
  constructor(station, pageName, own) {
    this.#station = station;
    this.#pageName = pageName;
    // A page without a heading of its own is headed by the name of the clinic.
    this.#site = element(own.length > 0 ? 'span' : 'h1', 'site');
    this.#flasher = new Flasher(document.documentElement, () => station.serverNow());
    const sum = element('span', 'chips');
    for (const priority of ['high', 'medium', 'low']) {
      const count = element('span');
      const chip = element('span', 'chip', icon(priority), count);
      chip.dataset.p = priority;
      this.#chips.set(priority, { chip, count });
      sum.append(chip);
    }
    sum.append(this.#past);
    this.#fault.hidden = true;
    this.#sound = new SoundStation(station);
    const { panel } = this.#sound;
    const bar = element('div', 'bar',
      element('span', 'secondary', texts.secondary), ...own, this.#site, sum, panel.badge,
      this.#person.root, this.#fault, this.#badge, this.#clock);
    document.getElementById('top').append(bar, this.#band, panel.banner, panel.ward, this.#ward);
    panel.focus();
    this.#band.hidden = true;
    this.#ward.setAttribute('role', 'group');
    this.#ward.setAttribute('aria-label', texts.present);
    this.#ward.hidden = true;
    const page = document.documentElement.dataset.page;
    const keys = button('?', 'keys-button', () => showKeys(page));
    keys.setAttribute('aria-label', texts.keys);
    const disclaimer = document.getElementById('disclaimer');
    disclaimer.after(this.#version, keys);
    document.getElementById('foot').prepend(statusLine);
  }

  /** After each snapshot. */
  load() {
    const { snapshot } = this.#station;
    write(this.#site, snapshot.site);
    write(this.#version, texts.version(snapshot.version));
    this.#person.fill(snapshot.staff ?? [], snapshot.secretFor ?? {});
    const demo = snapshot.mode === 'demo';
    const band = snapshot.speed === 1 ? '' : texts.speed(snapshot.speed);
    say(this.#band, demo ? texts.demo(snapshot.speed) : band);
    this.#wardAlarms(snapshot.alarms ?? []);
    this.alarms();
  }

  #wardAlarms(alarms) {
    this.#ward.replaceChildren(...alarms.map((alarm) => {
      const strip = new StripView('strip');
      strip.update(stripModel(alarm, 0, (id) => this.#station.staffName(id)));
      write(strip.elapsed, '');
      return strip.root;
    }));
    show(this.#ward, alarms.length > 0);
  }

  /** Counts, title and flash clock, from all alarms of the clinic. */
  alarms() {
    if (!this.#station.trusted) return;
    const all = [
      ...(this.#station.snapshot?.alarms ?? []),
      ...this.#station.chairs.flatMap((view) => view.alarms ?? []),
    ];
    const sum = counts(all);
    for (const [priority, { chip, count }] of this.#chips) {
      write(count, texts.count(priority, sum[priority]));
      data(chip, 's', sum[priority] > 0 ? 'on' : 'none');
    }
    say(this.#past, sum.past > 0 ? texts.past(sum.past) : '');
    const page = title(sum, this.#pageName);
    if (document.title !== page) document.title = page;
    this.#flasher.wanted = all.some(flashes);
  }

  /** When the state of the connection changed. */
  link() {
    const { state } = this.#station.link;
    data(document.documentElement, 'link', state);
    if (this.#station.trusted) {
      this.#overlay.close();
      this.alarms();
      return;
    }
    this.#blank();
    this.#overlay.open((this.#station.snapshot?.chairs ?? []).map((view) => view.chair));
  }

  #blank() {
    for (const { chip, count } of this.#chips.values()) {
      write(count, '--');
      data(chip, 's', 'none');
    }
    say(this.#past, '');
    this.#ward.replaceChildren();
    write(this.#alert, '');
    this.#flasher.wanted = false;
    document.title = `${texts.lostTitle} ${this.#pageName}`;
  }

  /** A few times a second. */
  tick() {
    const { link } = this.#station;
    const seconds = Math.floor(link.silence / 1000);
    write(this.#badge, link.state === 'delayed'
      ? texts.delayed(seconds)
      : (texts.link[link.state] ?? texts.link.lost));
    data(this.#badge, 'link', link.state);
    const now = this.#station.serverNow();
    write(this.#clock, clock(this.#station.trusted ? now : null));
    const off = Math.abs(Date.now() - now);
    const fault = now !== null && off > CLOCK_FAULT_MS && this.#station.snapshot?.speed === 1;
    say(this.#fault, fault ? texts.clockOff(Math.round(off / 1000)) : '');
    this.#overlay.update(link, this.#station.contact, this.#sound.lost);
  }

  /** Pauses the sound of this station, or ends its pause. */
  pauseStation() {
    return this.#sound.pause();
  }

  /** What may need a sound besides the alarms themselves. */
  event(event) {
    if (event.what === 'inactivationReminder') this.#sound.remind();
  }

  /** Speaks a new or escalated HIGH or MEDIUM alarm, once. */
  announce(event) {
    if (!['raised', 'escalated'].includes(event.change)) return;
    if (event.priority !== 'high' && event.priority !== 'medium') return;
    const chair = event.chair && event.chair !== '*' ? event.chair : null;
    const name = texts.alarmName(event.alarm);
    const figure = Number.isFinite(event.value) ? ` ${event.value}` : '';
    write(this.#alert, texts.announce(event.priority, chair, name + figure));
  }
}
