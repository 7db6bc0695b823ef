// The looks of a quick run leave no pair out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COLOURS, WIDTHS, combinations } from './combinations.mjs';

const PAGES = ['start', 'find', 'check', 'pass', 'desk', 'kiosk-slip'];

test('any two of page, language, width and colours meet', () => {
  const met = new Set();
  for (const page of PAGES) {
    for (const language of [0, 1]) {
      for (const { width, colours } of combinations(page, language, false)) {
        const values = { page, language, width, colours };
        for (const [a, b] of pairs(Object.keys(values))) met.add(`${a}=${values[a]} ${b}=${values[b]}`);
      }
    }
  }
  const factors = { page: PAGES, language: [0, 1], width: Object.keys(WIDTHS), colours: Object.keys(COLOURS) };
  for (const [a, b] of pairs(Object.keys(factors))) {
    for (const one of factors[a]) {
      for (const other of factors[b]) assert.ok(met.has(`${a}=${one} ${b}=${other}`), `${a}=${one} never meets ${b}=${other}`);
    }
  }
});

test('a whole run has every combination', () => {
  assert.equal(combinations('start', 0, true).length, 9);
});

function pairs(names) {
  return names.flatMap((a, at) => names.slice(at + 1).map((b) => [a, b]));
}
