// What a page costs on a bad network: bytes as they went over the wire, with headers.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LIMIT, openPage } from './browser.mjs';
import { begin, send, walk } from './declaring.mjs';
import { travellerPages } from './pages.mjs';
import { fields, invent } from './people.mjs';
import { staged } from './stage.mjs';

const FIRST_BYTES_MAX = 40 * 1024;
const NEXT_BYTES_MAX = 10 * 1024;
const SCRIPTS_BYTES_MAX = 15 * 1024;
const WAY_BYTES_MAX = 150 * 1024;

describe('a traveller with a bad network', LIMIT, () => {
  let server, browser, demo;
  staged((stage) => { ({ server, browser, demo } = stage); });

  /** A page that keeps count of all that comes over the wire. */
  async function counted(javaScript = false) {
    const { page, close } = await openPage(browser, { javaScript });
    const bytes = { all: 0, requests: 0, document: 0, scripts: 0 };
    const fetched = new Set();
    page.on('requestfinished', async (request) => {
      // Style and scripts are kept for ever at their address; the browser's tools tell of them on every page.
      if (request.url().includes('/assets/') && fetched.has(request.url())) return;
      fetched.add(request.url());
      bytes.requests += 1;
      const { responseBodySize, responseHeadersSize } = await request.sizes();
      bytes.all += responseBodySize + responseHeadersSize;
      if (request.resourceType() === 'script') bytes.scripts += responseBodySize + responseHeadersSize;
      if (request.isNavigationRequest()) bytes.document = responseBodySize;
    });
    return { page, bytes, close };
  }

  test(`gets the first page with everything in it in ${FIRST_BYTES_MAX / 1024} KiB`, async (t) => {
    const { page, bytes, close } = await counted();
    await page.goto(`${server.url}/`, { waitUntil: 'networkidle' });
    t.diagnostic(`the first page: ${bytes.all} bytes in ${bytes.requests} requests`);
    assert.ok(bytes.requests >= 2 && bytes.all > 1000, 'something was counted');
    assert.ok(bytes.all <= FIRST_BYTES_MAX, `${bytes.all} bytes`);
    await close();
  });

  test(`gets each later page as a page alone, in ${NEXT_BYTES_MAX / 1024} KiB`, async (t) => {
    const { page, bytes, close } = await counted();
    await travellerPages(page, { url: server.url, trip: demo.trip }, async (name) => {
      await page.waitForLoadState('networkidle');
      t.diagnostic(`${name}: ${bytes.document} bytes of HTML`);
      assert.ok(bytes.document > 0 && bytes.document <= NEXT_BYTES_MAX, `${name}: ${bytes.document} bytes`);
    });
    await close();
  });

  test(`declares with scripts in ${WAY_BYTES_MAX / 1024} KiB, of which the scripts are ${SCRIPTS_BYTES_MAX / 1024}`, async (t) => {
    const { page, bytes, close } = await counted(true);
    await begin(page, server.url);
    await walk(page, { ...fields(invent(), demo.trip), '/party': 'alone' });
    await send(page);
    await page.waitForLoadState('networkidle');
    t.diagnostic(`the whole way: ${bytes.all} bytes in ${bytes.requests} requests, scripts ${bytes.scripts}`);
    assert.ok(bytes.scripts > 1000 && bytes.scripts <= SCRIPTS_BYTES_MAX, `${bytes.scripts} bytes of scripts`);
    assert.ok(bytes.all <= WAY_BYTES_MAX, `${bytes.all} bytes`);
    await close();
  });
});
