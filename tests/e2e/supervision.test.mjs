// The supervisor's page in a real browser: it follows the port by itself, stops when it is told to, and is as good without scripts.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { LIMIT, openPage } from './browser.mjs';
import { declareByApi, invent, zone } from './people.mjs';
import { staged } from './stage.mjs';
import { decide, scan, signIn, standAtLane } from './staff.mjs';
import { words } from './words.mjs';

const t = words('en');
// experience.md 3.6, and room for a machine that is busy with other tests.
const SOON = { timeout: 4_000 };

describe('the supervisor', LIMIT, () => {
  let server, browser, demo, officer;

  staged((stage) => { ({ server, browser, demo } = stage); });
  before(async () => {
    officer = (await openPage(browser, { size: 'desktop' })).page;
    await signIn(officer, server.url, demo.staff.officer.at(-1));
    await standAtLane(officer, server.url);
  });

  const figure = (page) => page.locator('#n-passengers-quarantined');
  const count = async (page) => Number((await figure(page).innerText()).replaceAll(',', ''));

  /** One passenger more passes through health inspection. */
  async function onePasses() {
    const person = invent();
    const declared = await declareByApi(server.url, person, demo.trip);
    await scan(officer, server.url, declared.pass, zone(person));
    await decide(officer, 'clear');
  }

  const becomes = (page, wanted) =>
    page.waitForFunction((n) => document.getElementById('n-passengers-quarantined').textContent.replaceAll(',', '') === String(n), wanted, SOON);

  test('sees a change without doing anything, keeps the focus, and can pause', async (context) => {
    const { page, faults, close } = await openPage(browser, { size: 'desktop' });
    context.after(close);
    await signIn(page, server.url, demo.staff.supervisor.at(-1));
    assert.match(page.url(), /\/supervision$/);
    const state = page.locator('#flow-state');
    await state.filter({ hasText: t('supervision-flow-on') }).waitFor();
    const before = await count(page);
    const link = page.locator('a[href="/supervision/passengers-quarantined"]');
    await link.focus();
    await onePasses();
    await becomes(page, before + 1);
    assert.ok(await link.evaluate((element) => element === document.activeElement), 'the focus stays');

    await page.locator('#flow-pause').click();
    assert.equal(await state.innerText(), t('supervision-flow-paused'));
    await onePasses();
    await page.waitForTimeout(2_500);
    assert.equal(await count(page), before + 1);
    await page.locator('#flow-pause').click();
    await becomes(page, before + 2);

    await link.click();
    assert.equal(await page.locator('h1').innerText(), t('figure-passengers-quarantined'));
    assert.deepEqual(faults, []);
  });

  test('who signs out elsewhere is told that the figures stand still', async (context) => {
    const { page, close } = await openPage(browser, { size: 'desktop' });
    context.after(close);
    await signIn(page, server.url, demo.staff.supervisor.at(-1));
    const state = page.locator('#flow-state');
    await state.filter({ hasText: t('supervision-flow-on') }).waitFor();
    const other = await page.context().newPage();
    await other.goto(`${server.url}/console`);
    await other.locator('form[action="/sign-out"] button').click();
    await state.filter({ hasText: t('supervision-flow-out') }).waitFor({ timeout: 10_000 });
  });

  test('without scripts the page shows the time of its figures and how to get new ones', async (context) => {
    const { page, close } = await openPage(browser, { size: 'phone', javaScript: false });
    context.after(close);
    await signIn(page, server.url, demo.staff.supervisor.at(-1));
    assert.match(await page.locator('#n-at').innerText(), /\d\d:\d\d:\d\d/);
    assert.equal(await page.locator('#flow-pause').isVisible(), false);
    const before = await count(page);
    await onePasses();
    await page.getByText(t('supervision-again'), { exact: true }).click();
    assert.equal(await count(page), before + 1);
  });
});
