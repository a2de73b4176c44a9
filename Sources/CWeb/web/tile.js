// One chair on the wall. Built once; afterwards only texts that changed are written.

import { texts } from './texts.js';
import { DASH } from './format.js';
import { StripView } from './strip.js';
import { data, element, icon, property, say, show, write } from './dom.js';

function hidden(node) {
  node.setAttribute('aria-hidden', 'true');
  return node;
}

function cell(kind, label) {
  const limits = element('span', 'limits');
  const value = element('span', 'value');
  value.dataset.value = kind;
  const root = element('div', `cell ${kind}`, element('span', 'label', label, ' ', limits), value);
  return { root, limits, value };
}

export class Tile {
  root = element('article', 'tile');
  link = element('a', 'tile-link');
  #patient = element('span', 'patient');
  #phase = element('span', 'phase');
  #ring = element('span', 'ring');
  #timer = element('span', 'timer');
  #spo2 = cell('spo2', texts.spo2);
  #pr = cell('pr', texts.pr);
  #age = element('span', 'age');
  #nibp = element('span', 'value');
  #map = element('span', 'map');
  #manual = element('span', 'manual');
  #pressure;
  #signal = element('span', 'note signal');
  #notes = ['hold', 'audio', 'away', 'cuff', 'limits', 'unwatched']
    .map((kind) => element('span', `note ${kind}`));
  #sentence = element('p', 'unseen');
  #strips = [];
  #stripBox = hidden(element('div', 'strips'));

  constructor(name) {
    this.root.dataset.chair = name;
    const id = `chair-${name}`;
    this.link.href = `/chairs/${encodeURIComponent(name)}`;
    this.link.id = id;
    this.link.append(
      hidden(element('span', 'tile-name', texts.chair(name))),
      element('span', 'unseen', texts.chairSpoken(name)));
    this.#sentence.id = `${id}-now`;
    this.link.setAttribute('aria-describedby', this.#sentence.id);
    this.root.setAttribute('aria-labelledby', id);
    this.#nibp.dataset.value = 'nibp';
    this.#pressure = hidden(element('div', 'nibp',
      element('span', 'label', texts.nibp, ' ', this.#age), this.#nibp, this.#map, this.#manual));
    const head = element('div', 'head', this.link, hidden(this.#patient),
      hidden(element('span', 'state', this.#phase, this.#ring, this.#timer)));
    hidden(this.#spo2.root);
    hidden(this.#pr.root);
    const notes = hidden(element('div', 'notes', this.#signal, ...this.#notes));
    for (let place = 0; place < 3; place += 1) {
      const strip = new StripView('strip');
      strip.root.hidden = true;
      this.#strips.push(strip);
      this.#stripBox.append(strip.root);
    }
    this.#notes[1].append(icon('bellOff'), element('span'));
    const face = element('div', 'face', head, this.#spo2.root, this.#pr.root, this.#pressure, notes,
      this.#stripBox);
    this.root.append(face, this.#sentence);
  }

  /** @param model of `chairModel` @param {number} room strips this tile has space for */
  update(model, room) {
    this.#frame(model);
    write(this.#patient, model.patient);
    write(this.#phase, `${model.phase.short} ${model.timer ? '' : model.phase.minute}`.trim());
    this.#observation(model.timer);
    this.#vitals(model);
    write(this.#age, model.nibp.age);
    write(this.#nibp, model.nibp.value);
    write(this.#map, model.nibp.map);
    say(this.#manual, model.nibp.manual);
    data(this.#pressure, 'state', model.nibp.state);
    this.#say(model);
    this.#alarms(model.strips, room);
    write(this.#sentence, model.sentence);
  }

  /** Nothing is known: no number stays in the document. */
  blank() {
    const name = this.root.dataset.chair;
    data(this.root, 'signal', 'lost');
    for (const mark of ['p', 's', 'empty', 'timed']) data(this.root, mark, '');
    for (const value of [this.#spo2.value, this.#pr.value, this.#nibp]) write(value, DASH);
    const words = [this.#patient, this.#phase, this.#timer, this.#spo2.limits, this.#pr.limits,
      this.#age, this.#map];
    for (const node of words) write(node, '');
    for (const node of [this.#manual, this.#signal, ...this.#notes]) show(node, false);
    show(this.#ring, false);
    write(this.#signal, '');
    for (const note of this.#notes) write(note.lastElementChild ?? note, '');
    this.#alarms([], 0);
    write(this.#sentence, texts.spokenLost(name));
  }

  #frame(model) {
    const worst = model.strips[0];
    data(this.root, 'p', worst?.priority);
    data(this.root, 's', worst?.state);
    data(this.root, 'signal', model.oximeter.hatched ? 'off' : '');
    data(this.root, 'empty', model.empty ? 'yes' : '');
    data(this.root, 'timed', model.timer ? 'yes' : '');
  }

  #observation(timer) {
    show(this.#ring, timer !== null);
    write(this.#timer, timer?.text ?? '');
    if (timer === null) return;
    data(this.#ring, 'state', timer.state);
    property(this.#ring, '--done', `${(timer.done * 100).toFixed(1)}%`);
  }

  #vitals({ oximeter, limits }) {
    write(this.#spo2.value, oximeter.spo2);
    write(this.#pr.value, oximeter.pr);
    write(this.#spo2.limits, limits.spo2);
    write(this.#pr.limits, limits.pr);
    data(this.#spo2.limits, 'changed', limits.spo2Changed ? 'yes' : '');
    data(this.#pr.limits, 'changed', limits.prChanged ? 'yes' : '');
  }

  #say(model) {
    const { word, since, remedy } = model.oximeter;
    const signal = [word, since].filter(Boolean).join(' ');
    say(this.#signal, [signal, remedy].filter(Boolean).join(' · '));
    const [hold, audio, away, cuff, limits, unwatched] = this.#notes;
    say(hold, model.hold);
    write(audio.lastElementChild, model.audioPaused);
    show(audio, model.audioPaused !== '');
    say(away, model.away);
    say(cuff, [model.nibp.cuff, model.button].filter(Boolean).join(' · '));
    say(limits, model.limits.changed.length > 0 ? texts.limitsChanged : '');
    say(unwatched, model.unwatched ? texts.notCheckedIn : '');
    if (model.empty) say(this.#signal, texts.empty);
  }

  #alarms(strips, room) {
    this.#strips.forEach((view, place) => {
      const strip = place < room ? strips[place] : undefined;
      show(view.root, strip !== undefined);
      if (strip === undefined) return view.clear();
      const hiddenCount = place === room - 1 ? strips.length - room : 0;
      view.update(strip, hiddenCount > 0 ? texts.more(hiddenCount) : '');
    });
  }
}
