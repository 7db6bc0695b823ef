// The kiosk in a real browser: with scripts, which see touches and print, and without any.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LIMIT, openPage } from './browser.mjs';
import { fill, onward, walk } from './declaring.mjs';
import { becomeKiosk } from './pages.mjs';
import { fields, invent, zone } from './people.mjs';
import { staged } from './stage.mjs';
import { words } from './words.mjs';

const t = words('en');

describe('a kiosk', LIMIT, () => {
  let server, browser, demo;
  staged((stage) => { ({ server, browser, demo } = stage); });

  async function kiosk(more) {
    const { page, faults } = await openPage(browser, { size: 'desktop', ...more });
    await page.setViewportSize({ width: 1080, height: 1920 });
    await becomeKiosk(page, server.url, demo.kiosk);
    await page.locator('button[name=lang][value=en]').click();
    await page.waitForURL('**/kiosk/read');
    return { page, faults };
  }

  /** From the passport, which is in already, to the slip. */
  async function declare(page, person) {
    await page.waitForURL('**/declare/trip');
    await walk(page, fields(person, demo.trip));
    await fill(page, { '/attested': 'true' });
    await onward(page).click();
    await page.waitForURL('**/kiosk/slip');
  }

  /** Going back shows nothing of the person. */
  async function gone(page, person) {
    await page.goBack().catch(() => {});
    const shown = await page.content();
    for (const trace of [person.number, person.family]) assert.ok(!shown.includes(trace), `${trace} is still there`);
  }

  test('reads a passport by keys alone, prints a slip, and forgets', async () => {
    const { page, faults } = await kiosk();
    const person = invent();
    const prints = () => page.evaluate(() => window.prints ?? 0);
    await page.addInitScript(() => { window.prints = 0; window.print = () => { window.prints += 1; }; });
    await page.reload();
    // A reader types anywhere: the field need not have the focus.
    await page.locator('h1').click();
    await page.keyboard.type(zone(person), { delay: 2 });
    await declare(page, person);
    await page.waitForFunction(() => window.prints === 1);
    await page.locator('[data-print]').click();
    assert.equal(await prints(), 2);
    await page.reload();
    assert.equal(await prints(), 0, 'a slip that is looked at again is not printed again');
    await onward(page).click();
    await page.waitForURL('**/kiosk');
    await gone(page, person);
    assert.deepEqual(faults, []);
  });

  test('sends what was read once, also when the button is pressed and the answer is slow', async () => {
    const { page } = await kiosk();
    let sent = 0;
    await page.route('**/kiosk/read', async (route) => {
      if (route.request().method() === 'POST') sent += 1;
      await new Promise((resolve) => { setTimeout(resolve, 900); });
      await route.continue();
    });
    await page.locator('#zone').fill(zone(invent()));
    await onward(page).click();
    await page.waitForURL('**/declare/trip');
    assert.equal(sent, 1);
  });

  test('asks whether anybody is there when nobody moves, and clears', async () => {
    const { page } = await kiosk();
    const person = invent();
    await page.clock.install();
    await page.locator('#zone').fill(zone(person));
    await page.clock.runFor(1000);
    await page.waitForURL('**/declare/trip');
    await page.clock.runFor(29_000);
    assert.equal(await page.locator('#still-there').isVisible(), false);
    await page.clock.runFor(2_000);
    assert.equal(await page.locator('#still-there').isVisible(), true);
    await page.clock.runFor(15_000);
    assert.match(await page.locator('#still-there .count').innerText(), /^[3-6]$/);
    await page.locator('#still-there button').click();
    assert.equal(await page.locator('#still-there').isVisible(), false);
    // Somebody who types is there.
    for (let keys = 0; keys < 4; keys += 1) {
      await page.clock.runFor(20_000);
      await page.locator('[name="/trip/flight"]').press('A');
    }
    assert.equal(await page.locator('#still-there').isVisible(), false);
    await page.clock.runFor(31_000);
    await page.clock.runFor(21_000);
    await page.waitForURL('**/kiosk');
    await gone(page, person);
  });

  test('does all of it without scripts', async () => {
    const { page, faults } = await kiosk({ javaScript: false });
    const person = invent();
    await page.locator('#zone').fill(zone(person));
    await onward(page).click();
    await declare(page, person);
    assert.equal(await page.locator('.slip .code').count(), 1);
    assert.equal(await page.locator('[data-print]').isVisible(), false);
    assert.ok((await page.locator('.slip').innerText()).includes(t('slip-ready')));
    await page.goto(`${server.url}/kiosk/idle?back=/kiosk/slip`);
    await page.getByText(t('kiosk-idle-more')).click();
    await page.waitForURL('**/kiosk/slip');
    await onward(page).click();
    await page.waitForURL('**/kiosk');
    await gone(page, person);
    assert.deepEqual(faults, []);
  });
});
