// Every page in every language: sound HTML, accessible, inside the screen, and nothing wrong behind it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { openPage, overflow_px } from './browser.mjs';
import { COLOURS, WIDTHS, combinations } from './combinations.mjs';
import { begin, walk } from './declaring.mjs';
import { assertSoundHtml } from './html.mjs';
import { LANGUAGES, PAGES, enter, kioskPages, staffPages, travellerPages } from './pages.mjs';
import { fields, invent } from './people.mjs';
import { staged } from './stage.mjs';

// What may differ between the looks that are not examined whole.
const LOOKS_ONLY = ['color-contrast', 'target-size'];
const isWhole = process.env.PRATIQUE_LOOKS === 'all';

describe('every page', () => {
  let server, browser, demo;
  staged((stage) => { ({ server, browser, demo } = stage); });

  /** A page whose documents are kept as they were sent. */
  async function opened(t, language) {
    const { page, faults, close } = await openPage(browser, { language });
    t.after(close);
    let sent;
    page.on('response', (response) => {
      const isPage = response.request().isNavigationRequest() && response.frame() === page.mainFrame();
      if (isPage && (response.status() < 300 || response.status() >= 400)) sent = response;
    });
    const stop = (name) => t.test(name, () => examine(page, { name, language, sent, faults }));
    return { page, stop };
  }

  async function examine(page, { name, language, sent, faults }) {
    await assertSoundHtml(await sent.text(), name);
    assert.equal(await page.locator('html').getAttribute('lang'), language);
    let rules;
    for (const { width, colours } of combinations(name, LANGUAGES.indexOf(language))) {
      await page.setViewportSize(WIDTHS[width]);
      await page.emulateMedia(COLOURS[colours]);
      await assertAccessible(page, rules);
      assert.ok((await overflow_px(page)) <= 0, `${name} is wider than ${width}, in ${colours}`);
      if (!isWhole) rules = LOOKS_ONLY;
    }
    await page.emulateMedia(COLOURS.light);
    await page.setViewportSize(WIDTHS.phone);
    // The browser itself notes each answer of 400 and above.
    assert.deepEqual(faults.splice(0).filter((fault) => !/status of 4\d\d/.test(fault)), []);
  }

  /** The traveller's pages as they are without their scripts; examining them needs some of its own. */
  function withoutScripts(page) {
    const bare = { contentType: 'text/javascript', body: "document.querySelector('[data-asks]')?.classList.add('ready')" };
    return page.route(/\/assets\/(declare|choose)\./, (route) => route.fulfill(bare));
  }

  for (const language of LANGUAGES) {
    test(`for everybody, in ${language}`, async (t) => {
      const { page, stop } = await opened(t, language);
      for (const { name, path } of PAGES) {
        await page.goto(server.url + path);
        await stop(name);
      }
    });

    test(`of a traveller, in ${language}`, async (t) => {
      const { page, stop } = await opened(t, language);
      await withoutScripts(page);
      await travellerPages(page, { url: server.url, trip: demo.trip }, stop);
    });

    test(`of a traveller, one question at a time, in ${language}`, async (t) => {
      const { page, stop } = await opened(t, language);
      let screens = 0;
      await begin(page, server.url);
      await walk(page, fields(invent(), demo.trip), () => stop(`question-${(screens += 1)}`));
    });

    test(`of a kiosk, in ${language}`, async (t) => {
      const { page, stop } = await opened(t, language);
      await kioskPages(page, { url: server.url, trip: demo.trip, kiosk: demo.kiosk }, language, stop);
    });

    test(`of staff, in ${language}`, (t) => staffPages({ url: server.url, trip: demo.trip }, async (role) => {
      const { page, stop } = await opened(t, language);
      await enter(page, server.url, demo.staff, role);
      return { page, stop };
    }));
  }
});
