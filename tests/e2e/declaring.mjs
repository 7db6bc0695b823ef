// Declaring through the pages, as a person does who reads one page after another.

import assert from 'node:assert/strict';

/** Fills in those of the fields (name → value) that the page shows. Returns how many. */
export async function fill(page, values) {
  let filled = 0;
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`main [name="${name}"]:not([type=hidden])`);
    if ((await field.count()) === 0) continue;
    const list = page.locator(`main input[role=combobox][id="${await field.first().getAttribute('id')}:choose"]`);
    if (await list.isVisible()) await choose(list, await textOf(field, value));
    else if (await field.first().isVisible()) await set(field, value);
    else continue;
    filled += 1;
  }
  return filled;
}

/** The words of an answer in a list. */
function textOf(select, value) {
  return select.evaluate((element, wanted) => [...element.options].find((option) => option.value === wanted).text, value);
}

/** Types into a list that is found by typing, and takes what it finds first. */
export async function choose(list, typed) {
  await list.fill(typed);
  await list.page().locator(`[id="${await list.getAttribute('id')}:list"] [role=option]`).first().waitFor();
  await list.press('ArrowDown');
  await list.press('Enter');
}

async function set(field, value) {
  const kind = await field.first().evaluate((element) => (element.tagName === 'SELECT' ? 'select' : element.type));
  if (kind === 'select') await field.selectOption(value);
  else if (kind === 'radio' || kind === 'checkbox') await picked(field, value).check();
  else await field.first().fill(value);
}

/** Of several boxes or buttons of one name, the one with this value. */
function picked(field, value) {
  return field.and(field.page().locator(`[value="${value}"]`));
}

/** The button that leads on: the last one of the page's form. */
export function onward(page) {
  return page.locator('main form button:not(.default):not(.plain):not(.link)').last();
}

/** From the first page to the first question. */
export async function begin(page, url) {
  await page.goto(`${url}/`);
  await onward(page).click();
  await page.waitForURL('**/declare/trip');
}

/** Page after page, filling in, until the check; `seen` is called on each page before it is filled in. */
export async function walk(page, values, seen = async () => {}) {
  for (let pages = 0; pages < 40; pages += 1) {
    const address = page.url();
    if (new URL(address).pathname === '/declare/check') return;
    await seen(page);
    await fill(page, values);
    await onward(page).click();
    await moved(page, address);
    assert.equal(await page.locator('main .error').count(), 0, `errors on ${address}: ${await faultsOn(page)}`);
  }
  assert.fail(`no end after forty pages: ${page.url()}`);
}

/** Waits until a page or a question has answered: another address, or the same with what is wrong. */
export async function moved(page, before) {
  const elsewhere = page.waitForURL((url) => url.href !== before, { waitUntil: 'load' });
  const wrong = page.locator('main .summary:not([data-old])').first().waitFor();
  await Promise.any([elsewhere, wrong]);
  elsewhere.catch(() => {});
  wrong.catch(() => {});
}

/** Ticks the box and sends; returns the code as the address has it. */
export async function send(page) {
  await fill(page, { '/attested': 'true' });
  await onward(page).click();
  return codeOf(page);
}

/** The code of the pass that is shown. */
export function codeOf(page) {
  const match = /\/pass\/([0-9A-Z]{11})(?:\?|$)/.exec(page.url());
  assert.ok(match, `not at a pass: ${page.url()}`);
  return match[1];
}

/** What the page says is wrong, one line each. */
export async function faultsOn(page) {
  return (await page.locator('main .error').allInnerTexts()).join(' | ');
}
