// The camera at the lane, played from a film: the picture of a real pass, held before it.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { LIMIT, openBrowser, openPage } from './browser.mjs';
import { guide } from './demo.mjs';
import { declareByApi, invent } from './people.mjs';
import { startServer } from './server.mjs';
import { signIn, standAtLane } from './staff.mjs';
import { words } from './words.mjs';

const t = words('en');
const SIZE = { width: 640, height: 480 };

describe('the camera at the lane', LIMIT, () => {
  let server, demo, folder, browser;
  const person = invent();

  before(async () => {
    server = await startServer();
    demo = guide(server.output());
    folder = await mkdtemp(join(tmpdir(), 'pratique-film-'));
    const { code } = await declareByApi(server.url, person, demo.trip);
    const film = join(folder, 'pass.y4m');
    await writeFile(film, await filmOf(await pictureOf(code)));
    browser = await openBrowser([
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ]);
  });
  after(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
    if (server) assert.equal(await server.stop(), 0, 'the server stops cleanly');
  });

  async function pictureOf(code) {
    const answer = await fetch(`${server.url}/api/v1/passes/${code}.svg`, { headers: { 'pratique-proof': person.number } });
    assert.equal(answer.status, 200);
    return answer.text();
  }

  test('reads a pass with a decoder that is fetched when it is switched on, and sends no picture anywhere', async () => {
    const { page, faults } = await openPage(browser, { size: 'desktop' });
    await signIn(page, server.url, demo.staff.officer[1]);
    await standAtLane(page, server.url);
    const sent = [];
    page.on('request', (request) => sent.push({ path: new URL(request.url()).pathname, body: request.postData() ?? '' }));
    const answer = await page.goto(`${server.url}/checkpoint`, { waitUntil: 'networkidle' });
    assert.match(answer.headers()['permissions-policy'], /camera=\(self\)/);
    assert.match(answer.headers()['content-security-policy'], /script-src 'self' 'nonce-[^']+' 'wasm-unsafe-eval'/);
    const decoder = () => sent.filter(({ path }) => path.includes('zxing'));
    assert.deepEqual(decoder(), [], 'not before it is switched on');

    await page.keyboard.press('F7');
    await page.locator('.person', { hasText: t('verdict-document-tail', { tail: person.number.slice(-3) }) }).waitFor();
    assert.equal(await page.locator('.verdict h1').innerText(), t('band-clear'));
    assert.deepEqual(decoder().map(({ path }) => path.replace(/\.[0-9a-f]{12}\./, '.')).sort(), ['/assets/zxing-reader.js', '/assets/zxing_reader.wasm']);
    const bytes = sent.reduce((sum, { body }) => sum + body.length, 0);
    assert.ok(bytes < 2000, `only the text of the pass was sent, not ${bytes} bytes`);
    assert.equal(await page.locator('#camera').getAttribute('aria-pressed'), 'true');

    await page.keyboard.press('F7');
    await page.locator('#lane-camera').waitFor({ state: 'hidden' });
    assert.equal(await page.locator('#camera').getAttribute('aria-pressed'), 'false');
    assert.deepEqual(faults, []);
    const elsewhere = await page.goto(`${server.url}/obligations`);
    assert.match(elsewhere.headers()['permissions-policy'], /camera=\(\)/, 'at the lane alone');
  });
});

/** A film of one picture that stands still (YUV4MPEG2, which a browser plays as its camera), without any tool but a browser. */
async function filmOf(svg) {
  const browser = await openBrowser();
  const page = await browser.newPage();
  const grey = await page.evaluate(draw, { svg, ...SIZE });
  await browser.close();
  const { width, height } = SIZE;
  const colour = Buffer.alloc((width / 2) * (height / 2) * 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), Buffer.from(grey, 'base64'), colour]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), ...Array(10).fill(frame)]);
}

/** In the browser: the picture in the middle of a grey table, as one byte a pixel. */
async function draw({ svg, width, height }) {
  const picture = new Image();
  picture.src = `data:image/svg+xml;base64,${btoa(svg)}`;
  await picture.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  context.fillStyle = '#888';
  context.fillRect(0, 0, width, height);
  const side = 400;
  context.fillStyle = '#fff';
  context.fillRect((width - side) / 2, (height - side) / 2, side, side);
  context.drawImage(picture, (width - side) / 2, (height - side) / 2, side, side);
  const { data } = context.getImageData(0, 0, width, height);
  let text = '';
  for (let at = 0; at < data.length; at += 4) text += String.fromCharCode(data[at]);
  return btoa(text);
}
