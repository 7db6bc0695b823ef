// The lane's console with scripts: the scanner played as keystrokes, keys instead of the mouse, sound, undo.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { LIMIT, openPage } from './browser.mjs';
import { fill, onward, walk } from './declaring.mjs';
import { declareByApi, fields, invent, zone } from './people.mjs';
import { play } from './scanner.mjs';
import { staged } from './stage.mjs';
import { signIn, standAtLane } from './staff.mjs';
import { words } from './words.mjs';

const t = words('en');
const OFFICER_BYTES_MAX = 150 * 1024;

describe('the lane with a scanner', LIMIT, () => {
  let server, browser, demo, page, faults, lane;

  staged((stage) => { ({ server, browser, demo } = stage); });
  before(async () => {
    ({ page, faults } = await openPage(browser, { size: 'desktop' }));
    // What would be heard and felt, written down.
    await page.addInitScript(() => {
      window.heard = [];
      window.felt = [];
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (when) {
        window.heard.push(this.frequency.value);
        return start.call(this, when);
      };
      navigator.vibrate = (pattern) => window.felt.push(pattern);
    });
    await signIn(page, server.url, demo.staff.officer[0]);
    lane = await standAtLane(page, server.url);
  });

  const declared = async (answers) => {
    const person = invent();
    return { ...person, ...(await declareByApi(server.url, person, demo.trip, answers)), zone: zone(person) };
  };
  /** The console as it comes; on a busy test machine it is given longer to wait for the second half. */
  const fresh = async ({ join_ms = 15_000, clear_after_ms } = {}) => {
    await page.goto(`${server.url}/checkpoint`);
    await page.locator('#lane-tools').evaluate((tools, [join, clear]) => {
      tools.dataset.joinMs = join;
      if (clear) tools.dataset.clearAfterMs = clear;
    }, [join_ms, clear_after_ms]);
  };
  const shows = (name) => page.locator(`.verdict.${name}`).waitFor();
  /** The verdict on this person, and no other. */
  const seen = async (person, name) => {
    const tail = t('verdict-document-tail', { tail: person.number.slice(-3) });
    await page.locator(`#lane:has(.verdict.${name}):has(.person:has-text("${tail}"))`).waitFor();
  };
  const decision = (text) => page.locator('.received p', { hasText: text }).waitFor();
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.tagName);
  /** The browser itself writes on its console what did not load. */
  const forgive = (what) => faults.splice(0, faults.length, ...faults.filter((fault) => !fault.includes(what)));
  const yesterday = () => new Date(Date.parse(demo.trip.date) - 2 * 86_400_000).toISOString().slice(0, 10);
  const amber = () => declared({ unwell: true, symptoms: ['fatigue'], symptom_onset: yesterday() });

  test('pass and document, in either order and wherever the focus is, become one scan that goes on by itself', async (context) => {
    let fastest_ms = Infinity;
    for (const [first, second, at] of [['pass', 'zone', 'body'], ['zone', 'pass', '#read'], ['pass', 'zone', '#tone']]) {
      const person = await declared();
      await fresh();
      if (at !== 'body') await page.locator(at).focus();
      const pressed = await page.locator('#tone').getAttribute('aria-pressed');
      await play(page, person[first]);
      await page.locator('#lane-wait', { hasText: 'Enter goes on without it' }).waitFor();
      const from_ms = Date.now();
      await play(page, person[second], first === 'pass' ? 'Tab' : 'Enter');
      await seen(person, 'clear');
      fastest_ms = Math.min(fastest_ms, Date.now() - from_ms);
      assert.match(await page.locator('#lane').innerText(), new RegExp(t('document-check-match')));
      assert.equal(await page.locator('#tone').getAttribute('aria-pressed'), pressed, 'its blanks and its Enter press nothing');
      await decision(t('verdict-decided-clear'));
      assert.match(page.url(), /\/checkpoint\/scans\/[0-9a-f-]+$/);
      assert.equal(await focused(), 'read', 'ready for the next person');
    }
    context.diagnostic(`from the first key of the second scan to the colour: ${fastest_ms} ms`);
  });

  test('what a scanner types stays in no field, and half-typed words stay as they were', async () => {
    const person = await amber();
    const next = await declared();
    await fresh();
    await play(page, person.pass);
    await play(page, person.zone);
    await seen(person, 'check');
    const reason = page.locator('#reason');
    await reason.fill('tired after a flight');
    await reason.evaluate((field) => field.setSelectionRange(5, 5));
    const before = new URL(page.url()).pathname;
    await play(page, next.pass, '');
    await page.locator('#lane-wait', { hasText: 'Now the document' }).waitFor();
    assert.equal(await reason.inputValue(), 'tired after a flight');
    assert.equal(await reason.evaluate((field) => field.selectionStart), 5);
    await play(page, next.zone);
    await seen(next, 'clear');
    await decision(t('verdict-decided-clear'));
    // The half-typed words come back with their scan.
    await page.locator(`tbody a[href="${before}"]`).click();
    await seen(person, 'check');
    assert.equal(await reason.inputValue(), 'tired after a flight');
  });

  test('a document that leads to nobody does not spoil the pass of whoever comes next', async () => {
    const [stranger, next] = [invent('Noa'), await declared()];
    await fresh({ join_ms: 50 });
    await play(page, zone(stranger));
    await page.locator('#lane', { hasText: t('verdict-nobody') }).waitFor();
    await play(page, next.pass);
    await seen(next, 'clear');
    assert.match(await page.locator('#lane').innerText(), new RegExp(t('document-check-unchecked')));
    await play(page, next.zone);
    await decision(t('verdict-decided-clear'));
  });

  test('a code that a scanner types into the field is judged at its Enter', async () => {
    const person = await declared();
    await fresh();
    await page.locator('#read').focus();
    await play(page, person.code);
    await seen(person, 'clear');
  });

  test('a key of a decision that is not offered says so', async () => {
    const person = await declared({ contact_case: true });
    await fresh();
    await play(page, person.pass);
    await play(page, person.zone);
    await seen(person, 'check');
    await page.keyboard.press('F2');
    await page.locator('#lane-wait', { hasText: t('lane-not-offered') }).waitFor();
  });

  test('words typed fast by hand reach their field', async () => {
    const person = await amber();
    await fresh();
    await play(page, person.pass);
    await page.keyboard.press('Enter');
    await shows('check');
    await page.locator('#reason').focus();
    await page.keyboard.type('she is tired', { delay: 45 });
    assert.equal(await page.locator('#reason').inputValue(), 'she is tired');
    await play(page, 'as fast as a scanner', '');
    await page.waitForFunction(() => document.getElementById('reason').value.includes('scanner'));
    assert.equal(await page.locator('#reason').inputValue(), 'she is tiredas fast as a scanner');
  });

  test('a pass alone is judged after a moment, and a document read soon after belongs to it', async () => {
    const person = await declared();
    await fresh({ join_ms: 3000 });
    await play(page, person.pass);
    await seen(person, 'clear');
    assert.match(await page.locator('#lane').innerText(), new RegExp(t('document-check-unchecked')));
    assert.ok(await page.locator('.count').count() === 0, 'nobody goes on by themselves without a document');
    await play(page, person.zone);
    await page.locator('#lane', { hasText: t('document-check-match') }).waitFor();
    await decision(t('verdict-decided-clear'));
  });

  test('any key stops a clean pass from going on by itself, and Enter lets it go at once', async () => {
    const person = await declared();
    // Long enough for a slow machine to see it; that it ends by itself is the first test's.
    await fresh({ clear_after_ms: 60_000 });
    await play(page, person.pass);
    await play(page, person.zone);
    await page.locator('.count:visible').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.count').waitFor({ state: 'hidden' });
    await page.waitForTimeout(2000);
    assert.equal(await page.locator('.received').count(), 0, 'nothing was decided');
    await page.keyboard.press('F2');
    await decision(t('verdict-decided-clear'));
    const other = await declared();
    await play(page, other.pass);
    await play(page, other.zone);
    await page.locator('.count:visible').waitFor();
    await page.keyboard.press('Enter');
    await decision(t('verdict-decided-clear'));
  });

  test('the next scan lets the person before go, and the same one read twice is no second use', async () => {
    const [first, second] = [await declared(), await declared()];
    await fresh({ clear_after_ms: 60_000 });
    await play(page, first.pass);
    await play(page, first.zone);
    await page.locator('.count:visible').waitFor();
    await play(page, first.zone);
    await play(page, second.pass);
    await play(page, second.zone);
    await seen(second, 'clear');
    await page.keyboard.press('F2');
    await decision(t('verdict-decided-clear'));
    await page.goto(`${server.url}/checkpoint`);
    const rows = await page.locator('tbody tr').allInnerTexts();
    assert.match(rows[0], /cleared/);
    assert.match(rows[1], /cleared/);
    assert.ok(!/HOLD/.test(rows[0] + rows[1]), rows.join('\n'));
  });

  test('a decision is taken back by a key, and the pass can be used again', async () => {
    const person = await declared();
    await fresh({ clear_after_ms: 60_000 });
    await play(page, person.pass);
    await play(page, person.zone);
    await seen(person, 'clear');
    await page.keyboard.press('F3');
    await decision(t('verdict-decided-refer'));
    await page.keyboard.press('F8');
    await page.locator('.undone', { hasText: 'took the referral back' }).waitFor();
    await page.waitForTimeout(2000);
    assert.equal(await page.locator('.received').count(), 0, 'what was taken back goes on by no one but the officer');
    await page.keyboard.press('F2');
    await decision(t('verdict-decided-clear'));
    await page.keyboard.press('F8');
    await page.locator('.undone', { hasText: 'took the clearance back' }).waitFor();
    await page.keyboard.press('F2');
    await decision(t('verdict-decided-clear'));
  });

  test('amber takes at most three keys and hold one; clearing amber asks for words in their field', async () => {
    const person = await amber();
    await fresh();
    await play(page, person.pass);
    await play(page, person.zone);
    await seen(person, 'check');
    await page.keyboard.press('F2');
    assert.equal(await focused(), 'reason');
    await page.keyboard.type('tired', { delay: 40 });
    await page.keyboard.press('F2');
    await decision(t('verdict-decided-clear'));
    const other = await amber();
    await play(page, other.pass);
    await play(page, other.zone);
    await seen(other, 'check');
    await page.keyboard.press('F4');
    await decision(t('verdict-decided-hold'));
  });

  test('each verdict is heard and said, and a muted console shakes instead', async () => {
    const [clean, ill] = [await declared(), await amber()];
    await fresh();
    const sounds = () => page.evaluate(() => window.heard.splice(0));
    await play(page, clean.pass);
    await play(page, clean.zone);
    await seen(clean, 'clear');
    assert.deepEqual(await sounds(), [1320]);
    await page.locator('#lane-said', { hasText: /^CLEAR\. Nothing stands against going on/ }).waitFor({ state: 'attached' });
    await decision(t('verdict-decided-clear'));
    await play(page, ill.pass);
    await play(page, ill.zone);
    await seen(ill, 'check');
    assert.deepEqual(await sounds(), [880, 660]);
    await page.locator('#tone').click();
    await page.waitForTimeout(3100);
    await play(page, clean.pass);
    await play(page, clean.zone);
    await seen(clean, 'hold');
    assert.deepEqual(await sounds(), []);
    assert.deepEqual(await page.evaluate(() => window.felt), [[500]]);
    const said = await page.locator('#lane-said', { hasText: /^HOLD\..*Used before: at/ });
    await said.waitFor({ state: 'attached' });
    await page.locator('#tone').click();
    assert.deepEqual(await sounds(), [1320]);
  });

  test('a code typed by hand is judged with Enter, and a mistake is said at its field', async () => {
    const person = await declared();
    await fresh();
    await page.keyboard.type(person.code.toLowerCase(), { delay: 45 });
    await page.keyboard.press('Enter');
    await shows('clear');
    await page.keyboard.press('F6');
    await page.locator('h1', { hasText: t('scan-title') }).waitFor();
    assert.equal(await focused(), 'read');
    await page.keyboard.type('?!', { delay: 45 });
    await page.keyboard.press('Enter');
    await page.locator('#read-error', { hasText: t('error-not-readable') }).waitFor();
    forgive('422');
    assert.equal(await focused(), 'read');
    assert.equal(await page.locator('#read').inputValue(), '?!');
  });

  test('a server that does not answer for a moment is asked again, and nothing is done twice', async () => {
    const person = await declared();
    await fresh();
    let dropped = 0;
    await page.route('**/checkpoint/scans', async (route) => {
      dropped += 1;
      if (dropped === 3) return route.continue();
      // The second reaches the server, and its answer does not come back.
      if (dropped === 2) await route.fetch();
      return route.abort();
    });
    await play(page, person.pass);
    await play(page, person.zone);
    await page.locator('#lane-wait', { hasText: t('lane-again') }).waitFor();
    await decision(t('verdict-decided-clear'));
    await page.unroute('**/checkpoint/scans');
    assert.equal(dropped, 3);
    forgive('ERR_FAILED');
  });

  /** After a lock: signs in again, and finds the reason that was half typed. */
  async function givenBack(at, who, reason) {
    await at.locator('#name').fill(who.name);
    await at.locator('#password').fill(who.password);
    await at.keyboard.press('Enter');
    await at.getByRole('button', { name: t('kept-send') }).click();
    await at.locator('.summary', { hasText: t('decision-choose') }).waitFor();
    assert.equal(await at.locator('#reason').inputValue(), reason);
  }

  test('a screen that nobody is at locks, and what was half typed comes back to the one who typed it', async () => {
    const person = await amber();
    const who = demo.staff.officer[1];
    const { page: left, close } = await openPage(browser, { size: 'desktop' });
    await signIn(left, server.url, who);
    await standAtLane(left, server.url);
    await left.goto(`${server.url}/checkpoint`);
    await play(left, person.pass);
    await left.keyboard.press('Enter');
    await left.locator('.verdict.check').waitFor();
    // Only now: a clock of the test's own gives keys times of its own, by which no scanner is known.
    await left.clock.install();
    await left.reload();
    await left.locator('.verdict.check').waitFor();
    await left.locator('#reason').fill('tired after a flight');
    await left.clock.runFor(105_000);
    await left.locator('.lock-soon', { hasText: t('lock-soon') }).waitFor();
    await left.keyboard.press('Shift');
    await left.locator('.lock-soon:empty').waitFor({ state: 'attached' });
    // For the server no time has gone by: it is asked, and says what it would say then.
    await left.route('**/presence', (route) => route.fulfill({ status: 200, json: { left_s: 1 } }));
    await left.clock.runFor(119_000);
    await left.locator('#password').waitFor();
    assert.ok(!(await left.content()).includes(person.family), 'nothing of the person is on the screen');
    await givenBack(left, who, 'tired after a flight');
    await close();
  });

  test('what was half typed is kept, too, when the screen is handed over by the button', async () => {
    const person = await amber();
    await fresh();
    await play(page, person.pass);
    await shows('check');
    await page.locator('#reason').fill('tired after a flight');
    await page.keyboard.press('F9');
    await givenBack(page, demo.staff.officer[0], 'tired after a flight');
  });

  test('the user changes by one key and one sign-in, at the same station', async () => {
    const person = await amber();
    await fresh();
    const [own, other] = demo.staff.officer;
    for (const who of [other, own]) {
      await page.keyboard.press('F9');
      await page.locator('#password').waitFor();
      await page.waitForLoadState();
      // Whoever scans now is told so; nothing of the pass gets into the name, and nothing is sent.
      await play(page, person.pass);
      await page.locator('.unsent', { hasText: t('sign-in-scanned') }).waitFor();
      assert.equal(await page.locator('#name').inputValue(), '');
      await page.keyboard.type(who.name);
      await page.keyboard.press('Tab');
      await page.keyboard.type(who.password);
      await page.keyboard.press('Enter');
      await page.locator('.who', { hasText: who.name }).waitFor();
      // Keys are heard once the page's scripts have run.
      await page.waitForLoadState();
      assert.match(await page.locator('.who').innerText(), new RegExp(lane));
    }
  });

  test('somebody who has not declared does so on the spot, and their document then leads to them', async () => {
    const person = invent();
    await fresh({ join_ms: 500 });
    await play(page, zone(person));
    await shows('check');
    await page.getByRole('button', { name: t('scan-declare') }).click();
    await page.waitForURL('**/declare/trip');
    // The passport that was read is there already.
    const { '/trip/flight': flight, '/trip/date': date, ...typed } = fields(person, demo.trip);
    const asked = Object.fromEntries(Object.entries(typed).filter(([name]) => !/^.traveller.(document|name|birth_date|sex|nationality)/.test(name)));
    await walk(page, { '/trip/flight': flight, '/trip/date': date, ...asked });
    await fill(page, { '/attested': 'true' });
    await onward(page).click();
    await page.waitForURL('**/checkpoint?code=*');
    // What was half typed on the way was saved, and judged.
    forgive('422');
    assert.match(await page.locator('#read').inputValue(), /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}$/);
    await page.waitForLoadState();
    await play(page, zone(person));
    await seen(person, 'clear');
    assert.match(await page.locator('#lane').innerText(), new RegExp(t('document-check-match')));
    await page.keyboard.press('F2');
    await decision(t('verdict-decided-clear'));
  });

  test(`all that the console fetches is less than ${OFFICER_BYTES_MAX / 1024} KiB`, async (context) => {
    const other = await openPage(browser, { size: 'desktop' });
    await other.page.context().addCookies(await page.context().cookies());
    const sizes = [];
    other.page.on('requestfinished', (request) => sizes.push(request.sizes()));
    await other.page.goto(`${server.url}/checkpoint`, { waitUntil: 'networkidle' });
    const bytes = (await Promise.all(sizes)).reduce((sum, one) => sum + one.responseBodySize + one.responseHeadersSize, 0);
    context.diagnostic(`${bytes} bytes in ${sizes.length} requests`);
    assert.ok(sizes.length > 5 && bytes <= OFFICER_BYTES_MAX, `${bytes} bytes`);
    assert.deepEqual(other.faults, []);
    await other.close();
  });

  test('no script failed and nothing broke the page\'s policy', () => {
    assert.deepEqual(faults, []);
  });
});
