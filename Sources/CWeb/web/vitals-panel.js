// The big numbers of a chair page, and the buttons of the cuff.

import { texts } from './texts.js';
import { DASH } from './format.js';
import { commandButton } from './commands.js';
import { data, element, say, show, write } from './dom.js';

function number(kind, label, unit) {
  const limits = element('span', 'limits');
  const value = element('span', 'value');
  value.dataset.value = kind;
  const root = element('div', `number ${kind}`,
    element('p', 'label', label, ' ', element('span', 'unit', unit), ' ', limits), value);
  return { root, limits, value };
}

export class VitalsPanel {
  root = element('section', 'panel numbers');
  #spo2 = number('spo2', texts.spo2, texts.units.spo2);
  #pr = number('pr', texts.pr, texts.units.pr);
  #nibp = number('nibp', texts.nibp, texts.units.nibp);
  #map = element('span', 'map');
  #age = element('span', 'age');
  #manual = element('span', 'manual');
  #signal = element('p', 'signal');
  #pi = element('span', 'value');
  #breathing = element('span', 'breathing');
  #changed = element('p', 'changed');
  #baseline = element('p', 'baseline');
  #cuff = element('span', 'cuff');
  #due = element('span', 'due');
  #sentence = element('p', 'unseen');

  constructor(chair) {
    const order = (command) => () => ({ chair, command: { command } });
    this.#nibp.root.append(element('p', 'nibp-detail', this.#age, this.#map, this.#manual));
    this.#pi.dataset.value = 'pi';
    this.root.setAttribute('aria-label', texts.numbers);
    this.root.append(
      element('div', 'number-row', this.#spo2.root, this.#pr.root, this.#nibp.root),
      this.#signal,
      element('div', 'cuff-row',
        element('span', 'pi', texts.pi, ' ', this.#pi), this.#breathing, this.#cuff, this.#due,
        commandButton(texts.nibpNow, 'act', order('nibpStart')),
        commandButton(texts.nibpStat, '', order('nibpStat')),
        commandButton(texts.nibpAbort, '', order('nibpAbort'))),
      this.#changed, this.#baseline, this.#sentence);
  }

  update(model, view) {
    const { oximeter, nibp, limits } = model;
    write(this.#spo2.value, oximeter.spo2);
    write(this.#pr.value, oximeter.pr);
    write(this.#nibp.value, nibp.value);
    write(this.#pi, oximeter.pi);
    say(this.#breathing, model.breathing);
    for (const [cell, text, changed] of [
      [this.#spo2, limits.spo2, limits.spo2Changed],
      [this.#pr, limits.pr, limits.prChanged],
      [this.#nibp, limits.bp, limits.bpChanged],
    ]) {
      write(cell.limits, text && `${texts.limits} ${text}`);
      data(cell.limits, 'changed', changed ? 'yes' : '');
    }
    data(this.root, 'signal', oximeter.hatched ? 'off' : '');
    data(this.#nibp.root, 'state', nibp.state);
    write(this.#age, nibp.age);
    write(this.#map, nibp.map);
    say(this.#manual, nibp.manual);
    const signal = [oximeter.word, oximeter.since].filter(Boolean).join(' ');
    write(this.#signal, [signal || texts.signalGood, oximeter.remedy].filter(Boolean).join(' · '));
    data(this.#signal, 'bad', oximeter.word ? 'yes' : '');
    const cuff = nibp.cuffState === 'none' ? texts.cuffNone : nibp.cuff;
    say(this.#cuff, [cuff, model.button].filter(Boolean).join(' · '));
    data(this.#cuff, 'cuff', nibp.cuffState);
    say(this.#due, nibp.due);
    say(this.#changed, limits.changed.length > 0
      ? `${texts.limitsChanged}: ${limits.changed.join(', ')}`
      : '');
    say(this.#baseline, view.baseline ? texts.baseline(view.baseline) : '');
    write(this.#sentence, model.sentence);
  }

  blank(name) {
    for (const { value, limits } of [this.#spo2, this.#pr, this.#nibp]) {
      write(value, DASH);
      write(limits, '');
    }
    write(this.#pi, DASH);
    for (const node of [this.#age, this.#map, this.#signal]) write(node, '');
    for (const node of [this.#manual, this.#cuff, this.#due, this.#changed, this.#baseline,
      this.#breathing]) {
      say(node, '');
    }
    write(this.#sentence, texts.spokenLost(name));
    show(this.root, true);
  }
}
