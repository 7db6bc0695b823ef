// The harness itself: each of its checks passes a good page and fails a bad one.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { violations } from './axe.mjs';
import { LIMIT, SIZES, openBrowser, openPage, overflow_px } from './browser.mjs';
import { htmlFaults } from './html.mjs';
import { takeScreens } from './screens.mjs';
import { startServer } from './server.mjs';

const PLAIN = { command: process.execPath, args: [fileURLToPath(new URL('fixtures/plain_server.mjs', import.meta.url))] };

describe('the server', LIMIT, () => {
  test('is there once it is ready, and stops when asked', async () => {
    const server = await startServer(PLAIN);
    assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
    assert.match(server.output(), /Listening on/);
    assert.equal(await server.stop(), 0);
    await assert.rejects(fetch(server.url));
  });

  test('that ends too early is an error with what it said', async () => {
    const args = ['-e', 'console.error("no such port"); process.exit(3)'];
    await assert.rejects(startServer({ command: process.execPath, args }), /ended \(3\)[^]*no such port/);
  });

  test('that never gets ready is an error too', async () => {
    const args = ['-e', 'setInterval(() => {}, 1000)'];
    const waiting = startServer({ command: process.execPath, args, readyWithin_ms: 300 });
    await assert.rejects(waiting, /did not print its address in time/);
  });

  test('that cannot be started is an error that names it', async () => {
    await assert.rejects(startServer({ command: '/nowhere/pratique' }), /\/nowhere\/pratique ended \(could not start/);
  });
});

describe('the browser', LIMIT, () => {
  let server, browser;
  before(async () => {
    server = await startServer(PLAIN);
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function at(path, how, look) {
    const { page, faults, close } = await openPage(browser, how);
    try {
      const answer = await page.goto(server.url + path);
      return await look(page, answer, faults);
    } finally {
      await close();
    }
  }

  for (const [javaScript, text] of [[true, 'Scripted.'], [false, 'Plain.']]) {
    test(`shows "${text}" with scripts ${javaScript ? 'on' : 'off'}`, async () => {
      assert.equal(await at('/', { javaScript }, (page) => page.locator('#told').textContent()), text);
    });
  }

  for (const [size, { width }] of Object.entries(SIZES)) {
    test(`is ${width} pixels wide as a ${size}`, async () => {
      assert.equal(await at('/', { size }, (page) => page.evaluate(() => window.innerWidth)), width);
    });
  }

  test('asks for the language it is given', async () => {
    assert.equal(await at('/', { language: 'zh-Hans' }, (page) => page.evaluate(() => navigator.language)), 'zh-Hans');
  });

  test('sees a page that is too wide', async () => {
    assert.equal(await at('/', {}, overflow_px), 0);
    assert.ok((await at('/wide', {}, overflow_px)) > 1000);
  });

  test('lets no request through to another host', async () => {
    assert.deepEqual(await at('/', {}, (_page, _answer, faults) => faults), []);
    const faults = await at('/chatty', {}, (_page, _answer, found) => found);
    assert.equal(faults[0], 'a request to another host: http://elsewhere.invalid/a.png');
  });

  test('axe finds the planted fault alone', async () => {
    assert.deepEqual(await at('/', {}, (page) => violations(page)), []);
    const found = await at('/unlabelled', {}, (page) => violations(page));
    assert.equal(found.length, 1);
    assert.match(found[0], /^label: .*\n.*name="seat"/);
  });

  test('axe says that it cannot work without scripts, and does not wait for ever', async () => {
    await assert.rejects(at('/', { javaScript: false }, (page) => violations(page)), /scripts are off/);
  });

  test('axe looks at the rules it is given alone', async () => {
    assert.deepEqual(await at('/unlabelled', {}, (page) => violations(page, ['color-contrast'])), []);
  });

  test('html-validate finds the planted faults alone', async () => {
    assert.deepEqual(await at('/', {}, async (_page, answer) => htmlFaults(await answer.text())), []);
    const found = await at('/unsound', {}, async (_page, answer) => htmlFaults(await answer.text()));
    assert.match(found.join('\n'), /no-dup-id/);
    assert.match(found.join('\n'), /no-implicit-close|element-permitted-content/);
  });

  test('takes a picture of every page, size and language', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pratique-screens-'));
    try {
      const files = await takeScreens(browser, server.url, folder, [{ name: 'plain', path: '/' }], ['en']);
      assert.deepEqual(files.map((file) => basename(file)), ['plain-phone-en.png', 'plain-desktop-en.png']);
      assert.deepEqual(await Promise.all(files.map(width_px)), [390, 1280]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

/** The width of a PNG: bytes 16 to 19 of the file (PNG, 3rd edition, 11.2.1: IHDR comes first). */
async function width_px(file) {
  return (await readFile(file)).readUInt32BE(16);
}
