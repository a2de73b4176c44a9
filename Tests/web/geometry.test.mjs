import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './modules.mjs';

const { grid, neighbour } = await load('layout.js');
const { LANES, extremes, lanes, place, runs, ticks } = await load('chart-scale.js');

test('a wide wall has the columns people know', () => {
  const rows = [[4, 2, 2], [8, 4, 2], [12, 4, 3], [16, 4, 4], [24, 6, 4], [32, 8, 4], [40, 8, 5]];
  for (const [count, columns, expected] of rows) {
    assert.deepEqual(grid(count, 1908, 960), { columns, rows: expected }, `${count} chairs`);
  }
});

test('every grid has room for every chair', () => {
  for (let count = 1; count <= 60; count += 1) {
    for (const [width, height] of [[1490, 960], [1012, 545], [756, 900], [400, 2000]]) {
      const { columns, rows } = grid(count, width, height);
      assert.ok(columns * rows >= count, `${count} in ${width} × ${height}`);
    }
  }
});

test('arrow keys lead to neighbours and stop at the edge', () => {
  assert.equal(neighbour('ArrowRight', 0, 8, 4), 1);
  assert.equal(neighbour('ArrowDown', 1, 8, 4), 5);
  assert.equal(neighbour('ArrowUp', 1, 8, 4), null);
  assert.equal(neighbour('ArrowLeft', 0, 8, 4), null);
  assert.equal(neighbour('ArrowRight', 7, 8, 4), null);
  assert.equal(neighbour('End', 0, 8, 4), 7);
  assert.equal(neighbour('x', 0, 8, 4), null);
});

test('a gap in the data is a gap in the line', () => {
  const found = runs([[96, 97], null, null, [95, 95], [94, 96]]);
  assert.deepEqual(found.map((run) => run.map(({ index }) => index)), [[0], [3, 4]]);
  assert.deepEqual(runs([null, null]), []);
});

test('the dip of a second stays in the extremes', () => {
  assert.deepEqual(extremes([[96, 97], [84, 96], null]), [84, 97]);
  assert.equal(extremes([null]), null);
});

test('a value off the scale is put on its edge and marked', () => {
  const [spo2] = lanes(300, 10);
  assert.deepEqual(place(spo2, 100), { y: spo2.top, off: 0 });
  assert.deepEqual(place(spo2, 70), { y: spo2.top + spo2.height, off: -1 });
  const pulse = lanes(300, 10)[1];
  assert.equal(place(pulse, 180).off, 1);
});

test('lanes fill the height without overlap', () => {
  const placed = lanes(320, 10);
  assert.equal(placed.length, LANES.length);
  placed.slice(1).forEach((lane, index) => {
    assert.ok(Math.abs(lane.top - placed[index].top - placed[index].height - 10) < 1e-9);
  });
  const last = placed.at(-1);
  assert.ok(Math.abs(last.top + last.height - 320) < 1e-9);
});

test('the time axis has lines inside the window', () => {
  assert.deepEqual(ticks(900), [5, 10]);
  assert.deepEqual(ticks(1800), [10, 20]);
  assert.deepEqual(ticks(3600), [15, 30, 45]);
});
