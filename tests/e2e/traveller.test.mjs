// A traveller's way in a browser without scripts: declare, the pass, find it again, correct it, take it back.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LIMIT, focusSoon, goBack, openPage } from './browser.mjs';
import { begin, codeOf, faultsOn, fill, onward, send, walk } from './declaring.mjs';
import { declareByApi, fields, invent } from './people.mjs';
import { readCode } from './qr.mjs';
import { staged } from './stage.mjs';
import { words } from './words.mjs';

describe('a traveller without scripts', LIMIT, () => {
  let server, browser, demo;
  staged((stage) => { ({ server, browser, demo } = stage); });

  /** A person with a phone whose browser runs no scripts; nothing may go wrong behind their back. */
  async function visit(language, story) {
    const { page, faults, close } = await openPage(browser, { language, javaScript: false });
    try {
      await story(page, words(language));
      assert.deepEqual(faults.filter((fault) => !/status of 4(09|22)/.test(fault)), []);
    } finally {
      await close();
    }
  }

  function declarationOf(code, proof) {
    return fetch(`${server.url}/api/v1/declarations/${code}`, { headers: { 'pratique-proof': proof } });
  }

  for (const language of ['en', 'zh-Hans']) {
    test(`declares in ${language} and gets a pass that a scanner reads`, () => visit(language, async (page, t) => {
      const person = invent();
      await begin(page, server.url);
      await walk(page, fields(person, demo.trip));
      assert.equal(await page.locator('h1').innerText(), t('check-title'));
      const said = await page.locator('.said').allInnerTexts();
      for (const value of [demo.trip.flight, person.number, person.family]) assert.match(said.join('\n'), new RegExp(value));
      const code = await send(page);
      assert.equal(await page.getByRole('status').innerText(), t('pass-received'));
      assert.equal(await page.locator('.state').innerText(), t('state-ready'));
      assert.equal((await page.locator('.short-code strong').innerText()).replaceAll('-', ''), code);
      const kept = await (await declarationOf(code, person.number)).json();
      const read = await readCode(page.locator('img.code'));
      assert.match(read, /^PQ1:[0-9A-Z $%*+./:-]+$/);
      assert.equal(read, kept.pass);
      assert.ok(read.length <= 262, `${read.length} characters`);
    }));
  }

  test('chooses another language on the way, and keeps what was typed', () => visit('en', async (page) => {
    const person = invent();
    await begin(page, server.url);
    await fill(page, fields(person, demo.trip));
    await onward(page).click();
    await page.locator('.languages a[lang=zh-Hans]').click();
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh-Hans');
    assert.equal(await page.locator('h1').innerText(), words('zh-Hans')('step-you'));
    await goBack(page);
    await page.goto(`${server.url}/declare/trip`);
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh-Hans');
    assert.equal(await page.locator('[name="/trip/flight"]').inputValue(), demo.trip.flight);
  }));

  test('who makes mistakes is told at the top and at each field, and loses nothing', () => visit('en', async (page, t) => {
    await begin(page, server.url);
    await fill(page, { '/trip/flight': 'what', '/trip/date': '2026-13-45', '/trip/seat': '31A' });
    await onward(page).click();
    assert.match(await page.title(), /^Error: /);
    const summary = page.locator('.summary');
    assert.equal(await focusSoon(page, (element) => element.className, 'summary'), 'summary', 'reading goes on there');
    assert.equal(await summary.getByRole('heading').innerText(), t('summary-title'));
    assert.deepEqual(await summary.getByRole('link').allInnerTexts(), await page.locator('.field .error p').allInnerTexts());
    for (const [name, typed] of [['/trip/flight', 'what'], ['/trip/date', '2026-13-45'], ['/trip/seat', '31A']]) {
      assert.equal(await page.locator(`[name="${name}"]`).inputValue(), typed);
    }
    await summary.getByRole('link').first().click();
    assert.equal(await focusedName(page), '/trip/flight', 'the link of the summary leads to the field');
    const described = await page.locator('[name="/trip/flight"]').getAttribute('aria-describedby');
    const error = described.split(' ').find((id) => id.endsWith(':error'));
    assert.equal(await page.locator(`[id="${error}"]`).innerText(), t('error-not-a-flight'));
    await fill(page, { '/trip/flight': demo.trip.flight, '/trip/date': demo.trip.date });
    await onward(page).click();
    assert.match(page.url(), /\/declare\/you$/);
  }));

  test('who leaves everything out is asked for what is needed, page by page, and cannot send', () =>
    visit('en', async (page, t) => {
      await begin(page, server.url);
      await onward(page).click();
      const missing = await page.locator('.summary a').allInnerTexts();
      assert.deepEqual(missing, [t('error-required-flight'), t('error-required-arrival')]);
      await page.goto(`${server.url}/declare/check`);
      assert.ok((await page.locator('.missing').count()) > 5);
      await page.locator('#f\\:attested').check();
      await onward(page).click();
      assert.doesNotMatch(page.url(), /\/pass\//);
      assert.ok((await page.locator('.summary a').count()) > 0);
    }));

  test('goes back and forward, reloads, and comes again tomorrow to the same draft', () => visit('en', async (page, t) => {
    const person = invent();
    const typed = fields(person, demo.trip);
    await begin(page, server.url);
    for (const step of ['you', 'contact', 'answers/about']) {
      await fill(page, typed);
      await onward(page).click();
      assert.ok(page.url().endsWith(`/declare/${step}`), page.url());
    }
    await goBack(page);
    await goBack(page);
    assert.equal(await page.locator('[name="/traveller/document/number"]').inputValue(), person.number);
    await page.goForward();
    await page.reload();
    assert.equal(await page.locator('[name="/contact/phone"]').inputValue(), typed['/contact/phone']);
    await page.locator('a.back').click();
    assert.match(page.url(), /\/declare\/you$/);
    await page.goto(`${server.url}/`);
    await page.getByRole('link', { name: t('start-go-on') }).click();
    await walk(page, typed);
    await send(page);
  }));

  test('a change from the check leads back to the check', () => visit('en', async (page) => {
    await begin(page, server.url);
    await walk(page, fields(invent(), demo.trip));
    await page.locator('a[href*="/declare/trip?then=check#f:trip:seat"]').click();
    await fill(page, { '/trip/seat': '12C' });
    await onward(page).click();
    assert.match(page.url(), /\/declare\/check$/);
    assert.match((await page.locator('.said').first().innerText()), /12C/);
  }));

  test('who sends twice gets the same pass', () => visit('en', async (page) => {
    await begin(page, server.url);
    await walk(page, fields(invent(), demo.trip));
    const form = await page.locator('main form').evaluate((element) => new URLSearchParams(new FormData(element)).toString());
    const code = await send(page);
    const again = await page.request.post(`${server.url}/declare/check`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: server.url },
      data: form.replace(/%2Fattested=(&|$)/, '%2Fattested=true$1'),
      maxRedirects: 0,
    });
    assert.equal(again.status(), 303);
    assert.match(again.headers().location, new RegExp(`/pass/${code}`));
    await goBack(page);
    assert.equal(codeOf(page), code, 'back from the pass leads to the pass, not to a form that is gone');
  }));

  test('with a child, each gets a pass of their own', () => visit('en', async (page) => {
    const [parent, child] = [invent(), { ...invent('Bela'), born: '2019-07-21' }];
    await begin(page, server.url);
    await walk(page, fields(parent, demo.trip), async () => {
      if (!page.url().endsWith('/declare/companions')) return;
      await page.locator('button[name=add]').click();
      const own = Object.entries(fields(child, demo.trip)).map(([name, value]) => [`/companions/0${name}`, value]);
      await companion(page, { ...Object.fromEntries(own), '/companions/0/relation': 'child' });
    });
    const code = await send(page);
    const beside = page.locator('.pass', { hasText: 'Adeyemi-Probe Bela' });
    const theirs = await readCode(beside.locator('img.code'));
    assert.match(theirs, /^PQ1:/);
    await beside.locator('a').click();
    assert.notEqual(codeOf(page), code);
    assert.equal(await readCode(page.locator('img.code')), theirs);
  }));

  /** The pages of somebody who travels along, until the list of them comes again. */
  async function companion(page, values) {
    for (let pages = 0; pages < 12 && !page.url().endsWith('/declare/companions'); pages += 1) {
      await fill(page, values);
      await onward(page).click();
      assert.equal(await page.locator('main .error').count(), 0, `${page.url()}: ${await faultsOn(page)}`);
    }
  }

  async function find(page, code, proof) {
    await page.goto(`${server.url}/find`);
    await page.locator('[name=code]').fill(code);
    await page.locator('[name=proof]').fill(proof);
    await onward(page).click();
  }

  test('finds a declaration with the right proof and not with a wrong one', () => visit('en', async (page, t) => {
    const person = invent();
    const { code } = await declareByApi(server.url, person, demo.trip);
    await page.goto(`${server.url}/pass/${code}`);
    assert.match(page.url(), new RegExp(`/find\\?code=${code}$`), 'another browser has to prove itself first');
    await find(page, code, 'X1234567');
    assert.equal(await page.locator('.field .error').innerText(), t('find-nothing'));
    assert.equal(await page.locator('[name=code]').inputValue(), code);
    await find(page, `${code.slice(0, 10)}${code.endsWith('0') ? '1' : '0'}`, person.number);
    assert.equal(await page.locator('.field .error').innerText(), t('find-code-check'));
    await find(page, `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`.toLowerCase(), person.number);
    assert.equal(codeOf(page), code);
  }));

  test('amends: the old pass is replaced by a new picture under the same code', () => visit('en', async (page) => {
    const person = invent();
    const made = await declareByApi(server.url, person, demo.trip);
    await find(page, made.code, person.number);
    await page.locator(`form[action$="/amend"] button`).click();
    await page.goto(`${server.url}/declare/trip?then=check`);
    await fill(page, { '/trip/seat': '44F' });
    await onward(page).click();
    assert.match(page.url(), /\/declare\/check$/);
    assert.equal(await send(page), made.code);
    const now = await (await declarationOf(made.code, person.number)).json();
    assert.notEqual(now.pass, made.pass);
    assert.equal(await readCode(page.locator('img.code')), now.pass);
  }));

  test('withdraws after being asked once more', () => visit('en', async (page, t) => {
    const person = invent();
    const { code } = await declareByApi(server.url, person, demo.trip);
    await find(page, code, person.number);
    await page.locator('a[href$="/withdraw"]').click();
    assert.equal(await page.locator('h1').innerText(), t('withdraw-title'));
    await onward(page).click();
    assert.equal(await page.locator('.state').innerText(), t('state-withdrawn'));
    assert.equal(await page.locator('img.code').count(), 0, 'there is no picture any more');
  }));

  test('too early is kept, and told from when to confirm', () => visit('en', async (page, t) => {
    const person = invent();
    const late = new Date(Date.parse(demo.trip.date) + 3 * 86_400_000).toISOString().slice(0, 10);
    const { code, state } = await declareByApi(server.url, person, { flight: demo.trip.flight, date: late });
    assert.equal(state, 'early');
    await find(page, code, person.number);
    assert.equal(await page.locator('.state').innerText(), t('state-early'));
    assert.match(await page.locator('main').innerText(), new RegExp(t('pass-confirm-later')));
    assert.equal(await page.locator('form[action$="/confirm"]').count(), 0);
  }));

  test('early and now in time is confirmed by one press', () => visit('en', async (page, t) => {
    await find(page, demo.early.code, demo.early.proof);
    await page.getByRole('button', { name: t('pass-confirm') }).click();
    assert.equal(await page.locator('.state').first().innerText(), t('state-ready'));
  }));

  test('a page that does not exist says so and leads home', () => visit('en', async (page, t) => {
    const { page: stray, close } = await openPage(browser, { javaScript: false });
    const answer = await stray.goto(`${server.url}/no/such/page`);
    assert.equal(answer.status(), 404);
    assert.equal(await stray.locator('h1').innerText(), t('mishap-404-title'));
    await stray.getByRole('link', { name: t('mishap-start') }).click();
    assert.equal(new URL(stray.url()).pathname, '/');
    await close();
    await page.goto(`${server.url}/`);
  }));
});

function focusedName(page) {
  return page.evaluate(() => document.activeElement.getAttribute('name'));
}
