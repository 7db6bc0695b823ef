// What the tests of one file stand on: the server with its day, and a browser; both are gone after them.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { openBrowser } from './browser.mjs';
import { guide } from './demo.mjs';
import { startServer } from './server.mjs';

/**
 * To be called in a `describe`, before its own hooks.
 * @param {(stage: {server: object, browser: import('playwright-core').Browser, demo: ReturnType<typeof guide>}) => void} take
 *   is handed all three once they are there.
 */
export function staged(take) {
  let server, browser;
  before(async () => {
    server = await startServer();
    browser = await openBrowser();
    take({ server, browser, demo: guide(server.output()) });
  });
  after(async () => {
    await browser?.close();
    if (server) assert.equal(await server.stop(), 0, 'the server stops cleanly');
  });
}
