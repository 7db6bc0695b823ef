// Debian's Chromium, and pages in it as a phone or a desk would show them.

import { chromium } from 'playwright-core';

export const SIZES = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 900 },
};

/** How long one test may take, as `describe` takes it: one that hangs is named long before its whole file is given up. */
export const LIMIT = { timeout: 300_000 };

/** Opens the browser, with `more` of its switches. It runs as root in CI, where its sandbox cannot, and asks nobody outside for anything. */
export async function openBrowser(more = []) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      // The shared memory of a container may be too small for two browsers; one that runs out of it stands still without a word.
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-default-apps',
      '--disable-sync',
      '--no-first-run',
      ...more,
    ],
  });
  const ended = browser.close.bind(browser);
  browser.close = () => within(15_000, ended(), 'the browser did not close');
  return browser;
}

/** Waits so long, and no longer: what a browser leaves undone is said, and is no fault of the pages. */
async function within(most_ms, work, otherwise) {
  let timer;
  const late = new Promise((resolve) => { timer = setTimeout(() => resolve(console.error(otherwise)), most_ms); });
  await Promise.race([work, late]);
  clearTimeout(timer);
}

/**
 * A page of its own, without cookies of any other.
 * @returns {Promise<{page: import('playwright-core').Page, faults: string[], close: () => Promise<void>}>} `faults`
 *   gathers script errors, console errors (a breach of the content security policy is one), and requests to hosts
 *   other than this machine, which are not let through.
 */
export async function openPage(browser, { size = 'phone', language = 'en', javaScript = true, scale = 1 } = {}) {
  const context = await browser.newContext({
    viewport: SIZES[size],
    deviceScaleFactor: scale,
    hasTouch: size === 'phone',
    locale: language,
    javaScriptEnabled: javaScript,
    // Animations end at once, so that pictures and measurements repeat.
    reducedMotion: 'reduce',
  });
  // A page that does not come fails its test long before the file's own time is over.
  context.setDefaultTimeout(20_000);
  const faults = [];
  await context.route((url) => !isHere(url), (route) => {
    faults.push(`a request to another host: ${route.request().url()}`);
    return route.abort();
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(`a script error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`on the console: ${message.text()}`);
  });
  return { page, faults, close: () => within(15_000, context.close(), 'a page did not close') };
}

function isHere(url) {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname) || !url.protocol.startsWith('http');
}

/** How many pixels a page is wider than its window: more than 0 makes a phone scroll sideways. */
export function overflow_px(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/**
 * What has the focus says of itself, once it is what is wanted or two seconds are over: a browser gives the focus with the next
 * frame that it draws, not with the page.
 * @param {(element: Element) => unknown} ask runs in the page
 */
export async function focusSoon(page, ask, wanted) {
  let said;
  for (let tries = 0; tries < 40; tries += 1) {
    said = await page.evaluate(`(${ask})(document.activeElement)`);
    if (said === wanted) break;
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  return said;
}

/** Goes back. Between two pages Chromium has a moment without an active one, in which nothing can be asked of it; then again. */
export async function goBack(page) {
  try {
    await page.goBack();
  } catch (error) {
    if (!/Not attached to an active page/.test(error.message)) throw error;
    await page.waitForLoadState();
    await page.goBack();
  }
}
