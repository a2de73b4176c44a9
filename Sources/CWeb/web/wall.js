// The page /wall: every chair of the room on one screen, in room order.

import { texts } from './texts.js';
import { Station } from './station.js';
import { Frame, status } from './frame.js';
import { Tile } from './tile.js';
import { Rail } from './rail.js';
import { arrange } from './keyed.js';
import { byWorst, toAcknowledge } from './alarms.js';
import { chairModel } from './chair-model.js';
import { send } from './commands.js';
import { listenToKeys, showKeys } from './dialogs.js';
import { RAIL_ABOVE, grid, neighbour, stripsFor } from './layout.js';
import { data, element, property } from './dom.js';

/** Ages and countdowns are rewritten this often; values come when they come. */
const REDRAW_MS = 500;

const main = document.getElementById('main');
const board = element('div', 'board');
const rail = new Rail();
const phone = matchMedia('(max-width: 700px)');
const tiles = new Map();
let columns = 1;
let room = 1;
let drawnAt = 0;
let selected = null;

board.id = 'board';
main.append(rail.root, board);
main.setAttribute('aria-label', texts.tiles);

const station = new Station({ loaded, chair: chairChanged, link, tick, alarm, event });
const frame = new Frame(station, texts.wall, []);

function loaded() {
  const names = station.chairs.map((view) => view.chair);
  for (const [name, tile] of tiles) {
    if (names.includes(name)) continue;
    tile.root.remove();
    tiles.delete(name);
  }
  for (const name of names) {
    if (!tiles.has(name)) tiles.set(name, make(name));
  }
  data(main, 'rail', names.length > RAIL_ABOVE ? 'yes' : '');
  place();
  frame.load();
  if (station.trusted) drawAll();
}

function make(name) {
  const tile = new Tile(name);
  tile.link.addEventListener('focus', () => select(name));
  return tile;
}

/** One tile is in the tab order; the arrow keys lead to the others. */
function select(name) {
  selected = name;
  for (const [other, tile] of tiles) tile.link.tabIndex = other === name ? 0 : -1;
}

/** Room order, always; only the list on a phone is sorted, and says that it is no alarm device. */
function inOrder() {
  const views = station.chairs;
  return (phone.matches ? byWorst(views) : views).map((view) => tiles.get(view.chair));
}

function place() {
  arrange(board, inOrder());
  if (!tiles.has(selected)) select(station.chairs[0]?.chair);
  measure();
}

/** The width of a digit in this font, in em: tile.css makes the numbers fit by it. */
function measureDigits() {
  const ruler = element('span', 'ruler', '0000000000');
  document.body.append(ruler);
  const { width } = ruler.getBoundingClientRect();
  ruler.remove();
  property(board, '--digit', (width / 1000).toFixed(3));
}

function measure() {
  const space = board.getBoundingClientRect();
  const layout = grid(tiles.size, space.width, space.height);
  columns = phone.matches ? 1 : layout.columns;
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const [wide, high] = [space.width / layout.columns / rem, space.height / layout.rows / rem];
  room = phone.matches ? 3 : stripsFor(wide, high);
  property(board, '--columns', String(layout.columns));
  property(board, '--rows', String(layout.rows));
}

function draw(name) {
  const { view, waited } = station.chair(name);
  const model = chairModel(view, waited, station.snapshot.speed, nameOf);
  tiles.get(name).update(model, room);
  station.drawn(name);
}

function drawAll() {
  drawnAt = performance.now();
  for (const name of tiles.keys()) draw(name);
  drawRail();
}

function drawRail() {
  if (tiles.size <= RAIL_ABOVE) return;
  const held = [...tiles.keys()].map((name) => station.chair(name));
  rail.update(held, station.snapshot.speed, nameOf);
}

function nameOf(id) {
  return station.staffName(id);
}

function chairChanged(name) {
  draw(name);
}

function tick() {
  frame.tick();
  if (!station.trusted || performance.now() - drawnAt < REDRAW_MS) return;
  drawAll();
  frame.alarms();
  station.drawn('*');
  if (phone.matches) arrange(board, inOrder());
}

function link() {
  frame.link();
  if (station.trusted) return;
  for (const tile of tiles.values()) tile.blank();
  rail.blank();
}

function alarm(event) {
  frame.announce(event);
}

function event(found) {
  frame.event(found);
}

function acknowledge(name) {
  const found = toAcknowledge(station.chair(name).view.alarms ?? []);
  if (found === null) return status(texts.nothingToAcknowledge(name));
  const action = `${texts.acknowledge} ${texts.alarmText(found)}`;
  return send(name, { command: 'acknowledge', alarm: found.alarm }, action);
}

listenToKeys((key) => {
  const place = [...board.children].findIndex((tile) => tile.contains(document.activeElement));
  const to = neighbour(key, place < 0 ? 0 : place, board.children.length, columns);
  if (to !== null || (place < 0 && key.startsWith('Arrow'))) {
    board.children[place < 0 ? 0 : to].querySelector('a').focus();
  } else if (key === '?') {
    showKeys('wall');
  } else if (key === 'a' || key === 'A' || key === ' ') {
    if (place < 0 && key === ' ') frame.pauseStation();
    else if (place < 0) status(texts.selectChair, true);
    else if (key === ' ') send(selected, { command: 'audioPause', seconds: 120 }, texts.pauseSound);
    else acknowledge(selected);
  } else {
    return false;
  }
  return true;
});

measureDigits();
document.fonts.ready.then(measureDigits);
new ResizeObserver(measure).observe(board);
phone.addEventListener('change', () => station.snapshot && place());
station.start();
