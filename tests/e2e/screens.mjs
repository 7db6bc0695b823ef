// Pictures of pages, for people to look at and for the README:
//   npm run screens -- FOLDER            starts the server
//   PRATIQUE_URL=… npm run screens -- FOLDER   uses one that runs

import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SIZES, openBrowser, openPage } from './browser.mjs';
import { LANGUAGES, PAGES } from './pages.mjs';
import { startServer } from './server.mjs';

/** Takes `name-size-language.png` of every page into a folder; returns the files. */
export async function takeScreens(browser, url, folder, pages = PAGES, languages = LANGUAGES) {
  await mkdir(folder, { recursive: true });
  const files = [];
  for (const language of languages) {
    for (const size of Object.keys(SIZES)) {
      const { page, close } = await openPage(browser, { size, language });
      for (const { name, path } of pages) {
        await page.goto(url + path);
        files.push(join(folder, `${name}-${size}-${language}.png`));
        await page.screenshot({ path: files.at(-1), fullPage: true, animations: 'disabled' });
      }
      await close();
    }
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
    const files = await takeScreens(browser, server.url, resolve(process.env.INIT_CWD ?? '.', folder));
    console.log(files.join('\n'));
  } finally {
    await browser.close();
    await server.stop();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(process.argv[2]);
