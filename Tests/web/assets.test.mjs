import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { web } from './modules.mjs';

const files = readdirSync(web);
const read = (name) => readFileSync(new URL(name, web), 'utf8');
const table = readFileSync(new URL('../web.c', web), 'utf8');

test('every file is embedded and every embedded file exists', () => {
  const embedded = [...table.matchAll(/#embed "web\/(.+)"/g)].map((match) => match[1]);
  assert.deepEqual(embedded.toSorted(), files.toSorted());
});

test('every asset is in the table under its own name and type', () => {
  const types = { js: 'SCRIPT', css: 'STYLE', svg: 'IMAGE' };
  // Pages and the document of the interface have addresses of their own.
  for (const file of files.filter((name) => !/\.(html|json)$/.test(name))) {
    const row = `ASSET("/assets/${file}", ${types[file.split('.').at(-1)]}, ` +
      `${file.replace(/[.-]/g, '_')})`;
    assert.ok(table.includes(row), row);
  }
});

test('every module is JavaScript', () => {
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    const check = spawnSync(process.execPath, ['--check', '--input-type=module', '-'],
      { input: read(file), encoding: 'utf8' });
    assert.equal(check.status, 0, `${file}: ${check.stderr}`);
  }
});

test('every import and every link leads to a file that is served', () => {
  for (const file of files) {
    const wanted = [...read(file).matchAll(/(?:from '\.\/|"\/assets\/|'\/assets\/)([\w.-]+)/g)];
    for (const [, name] of wanted) assert.ok(files.includes(name), `${file} wants ${name}`);
  }
});

test('shells hold no script or style of their own, and nobody names another host', () => {
  for (const file of files) {
    const text = read(file).replaceAll('http://www.w3.org/2000/svg', '');
    assert.doesNotMatch(text, /https?:\/\//, file);
    assert.doesNotMatch(text, /innerHTML|insertAdjacentHTML|document\.write|eval\(/, file);
    if (!file.endsWith('.html')) continue;
    assert.doesNotMatch(text, /<style|\sstyle=|\son\w+=/, file);
    assert.match(text, /must not be the only alarm/, file);
    for (const [, rest] of text.matchAll(/<script([^>]*)>/g)) assert.match(rest, /\ssrc=/, file);
  }
});

test('no file has more than 400 lines', () => {
  for (const file of files) assert.ok(read(file).split('\n').length <= 400, file);
});
