// The pictures of the README and of each role's page in docs, from the demo's invented day: npm run pictures
// They show invented people alone, and are written to docs/pictures.

import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openBrowser, openPage } from './browser.mjs';
import { begin, fill, onward, send, walk } from './declaring.mjs';
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
    await rooms(browser, server.url, staff);
    await kiosk(browser, server.url, guide(server.output()).kiosk);
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

/** Where each role works: the page that they come to, or the one behind the first link that fits. */
const ROOMS = [
  ['medical', '/desk', 'desk'],
  ['medical', '/desk', 'desk-person', 'main a[href^="/desk/people/"]'],
  ['medical', '/desk/calls', 'calls'],
  ['technician', '/laboratory', 'laboratory'],
  ['technician', '/laboratory', 'plate', 'a[href^="/laboratory/plates/"]'],
  ['technician', '/laboratory/custody', 'custody'],
  ['department', '/inbox', 'inbox'],
  ['department', '/inbox', 'given', 'tbody th a'],
  ['supervisor', '/supervision', 'supervision'],
  ['supervisor', '/bulletin', 'bulletin'],
  ['supervisor', '/flights', 'people', 'tbody td.number a'],
  ['planner', '/hall?scenario=t3d-2020&plan=yes', 'hall'],
  ['officer', '/paper', 'paper'],
];

async function rooms(browser, url, staff) {
  const desks = {};
  for (const [role, path, name, link] of ROOMS) {
    const { page } = (desks[role] ??= await openPage(browser, { size: 'desktop' }));
    if (page.url() === 'about:blank') await enter(page, url, staff, role);
    await page.goto(url + path);
    if (link) await page.locator(link).first().click();
    await shoot(page, name);
  }
  const booth = await openPage(browser, { size: 'desktop' });
  await enter(booth.page, url, staff, 'sampler');
  await booth.page.goto(`${url}/booth/station`);
  await booth.page.locator('#station').selectOption('T3D-B01');
  await onward(booth.page).click();
  await shoot(booth.page, 'booth');
  await booth.close();
  for (const { close } of Object.values(desks)) await close();
}

async function kiosk(browser, url, token) {
  const { page, close } = await openPage(browser, { size: 'desktop' });
  await page.setViewportSize({ width: 900, height: 1200 });
  await page.goto(`${url}/kiosk/set-up`);
  await page.locator('[name=token]').fill(token);
  await page.locator('[name=station]').selectOption('T3D-K01');
  await onward(page).click();
  await shoot(page, 'kiosk');
  await page.locator('button[name=lang][value=en]').click();
  await shoot(page, 'kiosk-read');
  await close();
}

await main();
