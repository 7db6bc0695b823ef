// The README's pictures, from the demo's invented day: npm run pictures
// They show invented people alone, and are written to docs/pictures.

import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openBrowser, openPage } from './browser.mjs';
import { begin, fill, send, walk } from './declaring.mjs';
import { guide } from './demo.mjs';
import { enter } from './pages.mjs';
import { declareByApi, fields, invent, zone } from './people.mjs';
import { startServer } from './server.mjs';
import { decide, scan, standAtLane } from './staff.mjs';

const FOLDER = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
// Always the same person, so that a picture changes only where the page does.
const PERSON = { ...invent('Mira', 'Adeyemi'), number: 'E20240117' };

async function main() {
  await mkdir(FOLDER, { recursive: true });
  const server = await startServer();
  const browser = await openBrowser();
  try {
    const { trip, staff } = guide(server.output());
    await phone(browser, server.url, trip);
    await desk(browser, server.url, trip, staff);
  } finally {
    await browser.close();
    await server.stop();
  }
}

const shoot = (page, name) => page.screenshot({ path: `${FOLDER}${name}.png`, animations: 'disabled' });

async function phone(browser, url, trip) {
  const { page, close } = await openPage(browser, { size: 'phone' });
  const typed = fields(PERSON, trip);
  await page.goto(`${url}/`);
  await shoot(page, 'start');
  await begin(page, url);
  await walk(page, typed, async () => {
    if (!page.url().endsWith('/answers/health')) return;
    await fill(page, typed);
    await shoot(page, 'question');
  });
  const code = await send(page);
  await page.goto(`${url}/pass/${code}`);
  await shoot(page, 'pass');
  await page.goto(`${url}/pass/${code}?lang=zh-Hans`);
  await shoot(page, 'pass-zh');
  await close();
}

async function desk(browser, url, trip, staff) {
  const lane = await openPage(browser, { size: 'desktop' });
  const { pass } = await declareByApi(url, PERSON, trip);
  await enter(lane.page, url, staff, 'officer');
  await standAtLane(lane.page, url);
  await scan(lane.page, url, pass, zone(PERSON));
  await shoot(lane.page, 'clear');
  await decide(lane.page, 'clear');
  await scan(lane.page, url, pass, zone(PERSON));
  await shoot(lane.page, 'hold');
  await lane.close();
  const office = await openPage(browser, { size: 'desktop' });
  await enter(office.page, url, staff, 'supervisor');
  await office.page.goto(`${url}/flights?date=${trip.date}`);
  await shoot(office.page, 'flights');
  await office.close();
}

await main();
