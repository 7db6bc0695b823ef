// A declaration with the keyboard alone: Tab, arrows, Space, Enter and letters. No pointer; without scripts, and with them.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LIMIT, openPage } from './browser.mjs';
import { codeOf } from './declaring.mjs';
import { fields, invent } from './people.mjs';
import { staged } from './stage.mjs';
import { words } from './words.mjs';

// More presses than any page has stops.
const STOPS_MAX = 60;

describe('the keyboard alone', LIMIT, () => {
  let server, browser, demo;
  staged((stage) => { ({ server, browser, demo } = stage); });

  for (const javaScript of [false, true]) {
    test(`declares from the first page to the pass, and each stop can be seen, ${javaScript ? 'with' : 'without'} scripts`, async () => {
      const { page, close } = await openPage(browser, { size: 'desktop', javaScript });
      const typed = { ...fields(invent(), demo.trip), '/attested': 'true' };
      await page.goto(`${server.url}/`);
      for (let pages = 0; pages < 20 && !page.url().includes('/pass/'); pages += 1) await through(page, typed);
      assert.match(codeOf(page), /^[0-9A-Z]{11}$/);
      await close();
    });
  }

  test('who is ill chooses symptoms with the keyboard, one question after another', async () => {
    const { page, close } = await openPage(browser, { size: 'desktop' });
    await page.goto(`${server.url}/`);
    await through(page, {});
    await page.goto(`${server.url}/declare/answers/health`);
    const typed = { '/answers/health/unwell': 'true', '/answers/health/medicine': 'false', '/answers/health/symptoms': 'first' };
    for (let pages = 0; pages < 4; pages += 1) await through(page, typed);
    assert.match(page.url(), /\/declare\/answers\/test$/);
    await page.goto(`${server.url}/declare/check`);
    const said = page.locator('.said').filter({ hasText: words('en')('answer-yes') });
    assert.ok((await said.count()) >= 1);
    await close();
  });

  test('the first stop of a page leads past its header', async () => {
    const { page, close } = await openPage(browser, { size: 'desktop', javaScript: false });
    await page.goto(`${server.url}/find`);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#main');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.equal((await stop(page)).name, 'code');
    await close();
  });

  /** Fills in one page from its first stop to its last, and sends it from there. */
  async function through(page, typed) {
    const before = page.url();
    const done = new Set();
    for (let stops = 0; stops < STOPS_MAX; stops += 1) {
      await page.keyboard.press('Tab');
      const at = await stop(page);
      if (at === undefined) break;
      assert.ok(at.visible, `the focus on ${JSON.stringify(at)} of ${before} cannot be seen`);
      if (at.leads) {
        await page.keyboard.press('Enter');
        await page.waitForURL((url) => url.href !== before);
        return;
      }
      if (typed[at.name] === undefined || done.has(at.name)) continue;
      done.add(at.name);
      await answer(page, at, typed[at.name]);
    }
    assert.fail(`the keyboard found no way on from ${before}`);
  }

  async function answer(page, { kind, name, values, list }, value) {
    if (list) return find(page, list, value);
    if (kind === 'checkbox') return page.keyboard.press('Space');
    if (kind === 'radio') return choose(page, name, values, value);
    if (kind === 'select') return select(page, value);
    return page.keyboard.type(value);
  }

  /** Tab leads to the first of a set; the arrows to the others. */
  async function choose(page, name, values, value) {
    await page.keyboard.press('Space');
    for (let at = 0; at < values.indexOf(value); at += 1) await page.keyboard.press('ArrowDown');
    const chosen = await page.evaluate(() => document.activeElement.checked && document.activeElement.value);
    assert.equal(chosen, value, name);
  }

  /** A list that is found by typing: Down marks what was found, Enter takes it. */
  async function find(page, list, value) {
    const text = await page.locator(`select[name="${list}"] option[value="${value}"]`).textContent();
    await page.keyboard.type(text);
    await page.locator('[role=option]').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator(`select[name="${list}"]`).inputValue(), value);
  }

  /** A closed list follows the arrows. */
  async function select(page, value) {
    const steps = await page.evaluate((wanted) => {
      const { options, selectedIndex } = document.activeElement;
      return [...options].findIndex((option) => option.value === wanted) - selectedIndex;
    }, value);
    const key = steps < 0 ? 'ArrowUp' : 'ArrowDown';
    for (let step = 0; step < Math.abs(steps); step += 1) await page.keyboard.press(key);
    assert.equal(await page.evaluate(() => document.activeElement.value), value);
  }
});

/** Where the focus is: nothing once it has left the page. */
function stop(page) {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (at === document.body || at === null) return undefined;
    const style = getComputedStyle(at);
    const kind = at.tagName === 'SELECT' ? 'select' : at.type;
    const list = at.id.endsWith(':choose') ? document.getElementById(at.id.slice(0, -':choose'.length)).name : undefined;
    const ours = at.tagName === 'BUTTON' && at.closest('main') !== null;
    const named = at.name ? [...document.querySelectorAll(`[name="${at.name}"]:not([type=hidden])`)] : [];
    return {
      name: list ?? at.name,
      list,
      kind,
      values: named.map((field) => field.value),
      visible: style.outlineStyle !== 'none' || style.boxShadow !== 'none' || style.backgroundColor !== 'rgba(0, 0, 0, 0)',
      leads: ours && !['plain', 'link', 'default'].some((name) => at.classList.contains(name)),
    };
  });
}
