// The pages' markup: what it binds is there, what it shows is there.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { House } from '../src/lib/house';
import { optionsOf, stubWeChat } from './support/pages';
import { lost, TestPhone } from './support/phone';

const source = (path: string): string => readFileSync(new URL(`../src/${path}`, import.meta.url), 'utf8');
const { pages } = JSON.parse(source('app.json')) as { pages: string[] };

/** A page's own markup, and what it takes in. */
function markup(page: string): string {
  const own = source(`${page}.wxml`);
  return own.includes('body.wxml') ? source('pages/questions/body.wxml') : own;
}

test.each(pages)('%s: every event that is bound has its handler', async (page) => {
  stubWeChat(new TestPhone(lost)) satisfies House;
  const options = await optionsOf(page.split('/')[1] ?? '');
  for (const [, handler] of markup(page).matchAll(/\bbind[a-z]+="(\w+)"/g)) expect(options, handler).toHaveProperty(handler ?? '');
});

test.each(pages)('%s: tags are closed, and what can be tapped says that it can', (page) => {
  const text = markup(page);
  const open: string[] = [];
  for (const [tag, close, name, , self] of text.matchAll(/<(\/?)([a-z]+)((?:\s[^<>]*?|\{\{.*?\}\})*?)(\/?)>/g)) {
    if (close) expect(open.pop(), tag).toBe(name);
    else if (!self) open.push(name ?? '');
  }
  expect(open).toEqual([]);
  for (const [tag] of text.matchAll(/<view [^>]*bindtap[^>]*>/g)) expect(tag).toContain('aria-role="button"');
});

test('no page opens a web view', () => {
  for (const page of pages) expect(markup(page)).not.toContain('<web-view');
});
