// The alarms of one chair, each with its own Acknowledge button, and the pause of the sound.

import { texts } from './texts.js';
import { arrange } from './keyed.js';
import { commandButton } from './commands.js';
import { StripView } from './strip.js';
import { element, say, show, write } from './dom.js';

class Item {
  root = element('li', 'alarm-item');
  #strip = new StripView('strip');
  #remedy = element('p', 'remedy');
  #acknowledge;

  constructor(chair, alarm) {
    this.#acknowledge = commandButton(texts.acknowledge, 'act alarm-act',
      () => ({ chair, command: { command: 'acknowledge', alarm: alarm.alarm } }));
    this.root.append(element('div', 'alarm-text', this.#strip.root, this.#remedy),
      this.#acknowledge);
  }

  update(strip) {
    this.#strip.update(strip);
    say(this.#remedy, strip.remedy);
    show(this.#acknowledge, strip.taken === '');
  }
}

export class AlarmList {
  root = element('section', 'panel alarms');
  #chair;
  #list = element('ul', 'alarm-items');
  #none = element('p', 'none', texts.noAlarms);
  #paused = element('p', 'paused');
  #pause;
  #resume;
  #items = new Map();

  constructor(chair) {
    this.#chair = chair;
    this.#pause = commandButton(texts.pauseSound, 'alarm-act',
      () => ({ chair, command: { command: 'audioPause', seconds: 120 } }));
    this.#resume = commandButton(texts.resumeSound, 'alarm-act',
      () => ({ chair, command: { command: 'audioResume' } }));
    this.root.append(element('h2', '', texts.present), this.#list, this.#none, this.#paused,
      element('div', 'row', this.#pause, this.#resume));
  }

  update(model) {
    const items = model.strips.map((strip) => {
      const item = this.#items.get(strip.key) ?? new Item(this.#chair, strip.alarm);
      item.update(strip);
      return [strip.key, item];
    });
    this.#items = new Map(items);
    arrange(this.#list, items.map(([, item]) => item));
    show(this.#none, items.length === 0);
    say(this.#paused, model.audioPaused);
    show(this.#pause, model.audioPaused === '');
    show(this.#resume, model.audioPaused !== '');
  }

  blank() {
    this.#items.clear();
    this.#list.replaceChildren();
    show(this.#none, false);
    say(this.#paused, '');
    write(this.#paused, '');
  }
}
