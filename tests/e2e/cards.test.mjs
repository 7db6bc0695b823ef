// Lists of staff on a phone: every row a card, nothing to be scrolled for, and still a table to a reader.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LIMIT, SIZES, openPage, overflow_px } from './browser.mjs';
import { enter } from './pages.mjs';
import { staged } from './stage.mjs';

const NARROW = { width: 320, height: 640 };

describe('the lists of staff', LIMIT, () => {
  let server, browser, demo;
  staged((stage) => { ({ server, browser, demo } = stage); });

  async function shown(t, path) {
    const { page, close } = await openPage(browser, { language: 'en', javaScript: true });
    t.after(close);
    await enter(page, server.url, demo.staff, 'supervisor');
    await page.goto(server.url + path);
    return page;
  }

  for (const path of ['/flights', '/obligations']) {
    test(`${path} is cards on a phone, each value behind its column's name`, async (t) => {
      const page = await shown(t, path);
      for (const size of [NARROW, SIZES.phone]) {
        await page.setViewportSize(size);
        assert.ok((await overflow_px(page)) <= 0);
        const hidden = await page.locator('.table').evaluate((region) => region.scrollWidth - region.clientWidth);
        assert.ok(hidden <= 0, `${hidden} pixels of the table are out of sight at ${size.width}`);
      }
      const { heads, labels } = await page.evaluate(() => ({
        heads: [...document.querySelectorAll('thead th')].slice(1).map((th) => th.textContent),
        labels: [...document.querySelector('tbody tr').querySelectorAll('td')].map((td) => getComputedStyle(td, '::before').content),
      }));
      assert.ok(heads.length >= 5);
      heads.forEach((head, at) => assert.ok(labels[at].startsWith(`"${head}`), `${head}: ${labels[at]}`));
      const read = await page.locator('.table').ariaSnapshot();
      for (const part of ['- table', '- columnheader', '- row ', '- rowheader', '- cell']) {
        assert.ok(read.includes(part), `a reader finds no ${part}:\n${read.slice(0, 800)}`);
      }
    });

    test(`${path} is a table where there is room`, async (t) => {
      const page = await shown(t, path);
      await page.setViewportSize(SIZES.desktop);
      assert.equal(await page.locator('tbody tr').first().evaluate((row) => getComputedStyle(row).display), 'table-row');
      assert.equal(await page.locator('tbody td').first().evaluate((td) => getComputedStyle(td, '::before').content), 'none');
    });
  }
});
