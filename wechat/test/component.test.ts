// @vitest-environment jsdom
// The component that shows questions, rendered by miniprogram-simulate from what was built.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { walk } from '../src/lib/form/walk';
import { Asker } from '../src/lib/form/asked';
import { parseForm } from '../src/lib/form/parse';
import { Words } from '../src/lib/words';
import { EVERY_KIND, RESPIRATORY } from './support/server';

const simulate = createRequire(import.meta.url)('miniprogram-simulate');
const built = join(import.meta.dirname, '../dist/components/blocks/blocks');
let id: string;

beforeAll(() => {
  id = simulate.load(built, { less: false });
});

/** The blocks of a section, as a page gives them. */
function blocks(form: object, section: string, answers: object, language: 'en' | 'zh-Hans'): any[] {
  const parsed = parseForm(form as never);
  const shown = walk(parsed, answers as never, '2026-11-24').visible.find(({ item }) => item.linkId === section)!;
  const found = new Asker(new Words(language), '/answers', answers as never, {}).section(shown);
  return found.map((block, n) => ({ ...block, id: `f${n}` }));
}

function render(given: any[]): { root: any; told: any[] } {
  const told: any[] = [];
  const root = simulate.render(id, { blocks: given, t: { choose: '选择日期', clear: '不填日期' } });
  root.attach(document.body);
  root.instance.triggerEvent = (name: string, detail: unknown) => told.push([name, detail]);
  return { root, told };
}

test('the questions are shown in Chinese', () => {
  const { root } = render(blocks(RESPIRATORY, 'health', { health: { unwell: true } }, 'zh-Hans'));
  expect(root.dom.textContent).toContain('发烧');
  expect(root.dom.textContent).toContain('选择日期');
});

test('every kind of question has something to answer it with', () => {
  const given = blocks(EVERY_KIND, 'health', { health: { fever: true } }, 'en');
  const { root } = render(given);
  const fields = given.filter(({ kind }) => kind === 'field');
  const controls = root.dom.querySelectorAll('wx-input, wx-textarea, wx-picker, wx-radio-group, wx-checkbox-group');
  expect(fields.map(({ control }) => control.type)).toEqual(expect.arrayContaining(['radios', 'checks', 'line', 'lines', 'date']));
  expect(controls.length).toBeGreaterThanOrEqual(fields.length);
});

test('an answer is told to the page with the place it belongs to', () => {
  const { root, told } = render(blocks(EVERY_KIND, 'health', {}, 'en'));
  const group = root.dom.querySelector('wx-radio-group');
  expect(group).not.toBeNull();
  const n = root.data.blocks.findIndex(({ name }: { name: string }) => name === '/answers/health/fever');
  root.instance.choose({ currentTarget: { dataset: { n } }, detail: { value: 'true' } });
  expect(told).toEqual([['answered', { name: '/answers/health/fever', nth: 0, several: false, value: 'true', settled: true }]]);
});
