// Every page in every language and size: it comes, it is sound, accessible, and fits the screen.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { SIZES, openBrowser, openPage, overflow_px } from './browser.mjs';
import { assertSoundHtml } from './html.mjs';
import { LANGUAGES, PAGES } from './pages.mjs';
import { startServer } from './server.mjs';

describe('every page', () => {
  let server, browser;
  before(async () => {
    server = await startServer();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    if (server) assert.equal(await server.stop(), 0, 'the server stops cleanly');
  });

  for (const { name, path } of PAGES) {
    for (const language of LANGUAGES) {
      for (const size of Object.keys(SIZES)) {
        test(`${name} in ${language} on a ${size}`, () => look(path, { language, size }));
      }
      test(`${name} in ${language} without scripts`, () => look(path, { language, javaScript: false }));
    }
  }

  async function look(path, how) {
    const { page, faults, close } = await openPage(browser, how);
    try {
      const answer = await page.goto(server.url + path);
      assert.equal(answer.status(), 200, path);
      await assertSoundHtml(await answer.text(), path);
      assert.equal(await page.locator('html').getAttribute('lang'), how.language);
      if (how.javaScript !== false) await assertAccessible(page);
      assert.ok((await overflow_px(page)) <= 0, `${path} is wider than the screen`);
      assert.deepEqual(faults, []);
    } finally {
      await close();
    }
  }
});
