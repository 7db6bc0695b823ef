// Pictures of every page, for people to look at:
//   npm run screens -- FOLDER            starts the server
//   PRATIQUE_URL=… PRATIQUE_PRINTED=… npm run screens -- FOLDER   uses one that runs

import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SIZES, openBrowser, openPage } from './browser.mjs';
import { guide } from './demo.mjs';
import { LANGUAGES, PAGES, enter, kioskPages, staffPages, travellerPages } from './pages.mjs';
import { startServer } from './server.mjs';

const LONGEST_PX = 12_000;

/** Takes `name-size-language.png` of pages that open by their address into a folder; returns the files. */
export async function takeScreens(browser, url, folder, pages = PAGES, languages = LANGUAGES) {
  await mkdir(folder, { recursive: true });
  const files = [];
  for (const language of languages) {
    const { page, close } = await openPage(browser, { language });
    for (const { name, path } of pages) {
      await page.goto(url + path);
      files.push(...(await picture(page, join(folder, name), language)));
    }
    await close();
  }
  return files;
}

/** The page as it stands, in every size. */
async function picture(page, start, language) {
  const files = [];
  for (const [size, pixels] of Object.entries(SIZES)) {
    await page.setViewportSize(pixels);
    files.push(`${start}-${size}-${language}.png`);
    await page.screenshot({ path: files.at(-1), fullPage: await hasAnEnd(page), animations: 'disabled' });
  }
  await page.setViewportSize(SIZES.phone);
  return files;
}

/** A browser gives up over a picture of the whole of the API's reader: of such a page its top is enough. */
async function hasAnEnd(page) {
  return await page.evaluate(() => document.documentElement.scrollHeight) < LONGEST_PX;
}

/** The pages on the ways of travellers and staff. */
async function takeWalks(browser, url, folder, demo) {
  const files = [];
  const place = { url, trip: demo.trip };
  for (const language of LANGUAGES) {
    const open = async (more = {}) => {
      const { page } = await openPage(browser, { language, ...more });
      return { page, stop: async (name) => files.push(...(await picture(page, join(folder, name), language))) };
    };
    // A section as a whole; one question at a time is shown in the same frame.
    const { page, stop } = await open({ javaScript: false });
    await travellerPages(page, place, stop);
    const hall = await open();
    await kioskPages(hall.page, { ...place, kiosk: demo.kiosk }, language, hall.stop);
    await staffPages(place, async (role) => {
      const desk = await open();
      await enter(desk.page, url, demo.staff, role);
      return desk;
    });
  }
  return files;
}

async function main(folder) {
  if (!folder) {
    console.error('usage: npm run screens -- FOLDER');
    process.exitCode = 2;
    return;
  }
  const server = await startServer();
  const browser = await openBrowser();
  try {
    // npm runs scripts in this folder: a relative path is meant from where the person stands.
    const target = resolve(process.env.INIT_CWD ?? '.', folder);
    const files = await takeScreens(browser, server.url, target);
    files.push(...(await takeWalks(browser, server.url, target, guide(server.output()))));
    console.log(files.join('\n'));
  } finally {
    await browser.close();
    await server.stop();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(process.argv[2]);
