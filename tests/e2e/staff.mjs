// What staff do in the pages: sign in, stand at a lane, scan, decide.

import { onward } from './declaring.mjs';

/** Signs in; ends at the page where the role begins, or at the form again. */
export async function signIn(page, url, { name, password }) {
  await page.goto(`${url}/sign-in`);
  await page.locator('#name').fill(name);
  await page.locator('#password').fill(password);
  await onward(page).click();
}

/** Chooses the first lane of the port; returns its code. */
export async function standAtLane(page, url) {
  await page.goto(`${url}/checkpoint/station`);
  const station = page.locator('#station');
  const codes = await station.locator('option').evaluateAll((options) => options.map(({ value }) => value));
  const lane = codes.find((code) => /-L\d+$/.test(code));
  await station.selectOption(lane);
  await onward(page).click();
  return lane;
}

/** Scans at the lane chosen; ends at the verdict, or at the form with its errors. A clean pass does not go on by itself meanwhile. */
export async function scan(page, url, read, zone = '') {
  await page.goto(`${url}/checkpoint`);
  await page.locator('#lane-tools').evaluate((tools) => { tools.dataset.clearAfterMs = '3600000'; });
  await page.locator('#read').fill(read);
  await page.locator('#mrz').fill(zone);
  await page.locator('form.lane button').click();
  // Where scripts run the page is not left: the verdict takes the form's place.
  await page.locator('.verdict, .field.wrong').first().waitFor();
}

/** The word on the verdict's band. */
export function band(page) {
  return page.locator('.verdict h1').innerText();
}

/** Decides on the verdict that is shown. */
export async function decide(page, decision, reason = '') {
  await page.locator('#reason').fill(reason);
  await page.locator(`button[name=decision][value=${decision}]`).click();
  // Done, refused, or asked for more.
  await page.locator('.received, .summary, #lane-wait:not(:empty)').first().waitFor();
}

/** How many buttons there are for a decision: one, or none where it would be refused whatever is typed. */
export function offered(page, decision) {
  return page.locator(`button[name=decision][value=${decision}]`).count();
}
