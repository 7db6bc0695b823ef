// A traveller's way where scripts run: one question a screen, saved on the way, back and forward, lists found by typing.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LIMIT, focusSoon, goBack, openPage } from './browser.mjs';
import { begin, choose, codeOf, faultsOn, fill, moved, onward, send, walk } from './declaring.mjs';
import { fields, invent } from './people.mjs';
import { readCode } from './qr.mjs';
import { staged } from './stage.mjs';
import { words } from './words.mjs';

const SCREENS_MAX = 12;

describe('a traveller with scripts', LIMIT, () => {
  let server, browser, demo;
  staged((stage) => { ({ server, browser, demo } = stage); });

  /** A person with a phone; nothing may go wrong behind their back. */
  async function visit(language, story, more = {}) {
    const { page, faults, close } = await openPage(browser, { language, ...more });
    try {
      await story(page, words(language));
      assert.deepEqual(faults.filter((fault) => !/status of 4(09|22)|ERR_INTERNET/.test(fault)), []);
    } finally {
      await close();
    }
  }

  /** Presses "Continue", and waits for what comes. */
  async function on(page) {
    const address = page.url();
    await page.evaluate(() => document.querySelector('.summary')?.setAttribute('data-old', ''));
    await onward(page).click();
    await moved(page, address);
  }

  const shown = (page) => page.locator('.ask:visible');
  const named = (page, name) => page.locator(`main [name="${name}"]:not([type=hidden])`);

  for (const language of ['en', 'zh-Hans']) {
    test(`who is well sees at most ${SCREENS_MAX} screens in ${language}, from the first page to the pass`, (t) =>
      visit(language, async (page, say) => {
        const typed = { ...fields(invent(), demo.trip), '/party': 'alone' };
        let screens = 1;
        await begin(page, server.url);
        await walk(page, typed, async () => {
          screens += 1;
          const numbers = await shown(page).evaluateAll((asks) => asks.map((ask) => ask.dataset.ask));
          assert.equal(new Set(numbers).size, 1, `one screen at a time, not ${numbers} at ${page.url()}`);
        });
        assert.equal(await page.locator('h1').innerText(), say('check-title'));
        const code = await send(page);
        screens += 2;
        t.diagnostic(`${screens} screens`);
        assert.ok(screens <= SCREENS_MAX, `${screens} screens`);
        assert.match(code, /^[0-9A-Z]{11}$/);
        assert.match(await readCode(page.locator('img.code')), /^PQ1:/);
      }));
  }

  test('back, forward and a reload lead from question to question, and nothing is lost', () => visit('en', async (page) => {
    const person = invent();
    await begin(page, server.url);
    await fill(page, fields(person, demo.trip));
    await on(page);
    await fill(page, { '/traveller/document/number': person.number });
    await on(page);
    assert.equal(await named(page, '/traveller/document/number').isVisible(), false);
    assert.ok(await named(page, '/traveller/name/primary').isVisible());
    assert.equal(await focusSoon(page, (element) => element.textContent.trim(), words('en')('field-primary')), words('en')('field-primary'));
    await fill(page, { '/traveller/name/primary': person.family });
    await goBack(page);
    assert.equal(await named(page, '/traveller/document/number').inputValue(), person.number);
    assert.ok(await named(page, '/traveller/document/number').isVisible());
    await page.goForward();
    assert.equal(await named(page, '/traveller/name/primary').inputValue(), person.family);
    await page.waitForResponse((answer) => answer.status() === 422 || answer.status() === 204, { timeout: 3000 }).catch(() => {});
    await page.reload();
    assert.ok(await named(page, '/traveller/name/primary').isVisible(), 'a reload stays at the question');
    assert.equal(await named(page, '/traveller/name/primary').inputValue(), person.family);
    await goBack(page);
    await goBack(page);
    assert.match(page.url(), /\/declare\/trip/);
    assert.equal(await named(page, '/trip/flight').inputValue(), demo.trip.flight);
    await page.goForward();
    await page.goForward();
    assert.ok(await named(page, '/traveller/name/primary').isVisible());
    // The link goes the same way, question by question, and from a section's first to the last one before it.
    await fill(page, fields(person, demo.trip));
    await on(page);
    assert.match(page.url(), /\/declare\/contact/);
    await page.locator('a.back').click();
    await page.waitForURL('**/declare/you#end');
    assert.ok(await named(page, '/traveller/name/primary').isVisible());
    await page.locator('a.back').click();
    assert.ok(await named(page, '/traveller/document/number').isVisible());
  }));

  test('nothing moves under the finger while a page comes', () => visit('en', async (page) => {
    await page.addInitScript(() => {
      window.moved = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.moved += entry.value; }))
        .observe({ type: 'layout-shift', buffered: true });
    });
    await begin(page, server.url);
    for (const path of ['/declare/trip', '/declare/you', '/declare/answers/travel', '/declare/answers/exposure']) {
      await page.goto(server.url + path, { waitUntil: 'networkidle' });
      const moved_by = await page.evaluate(() => window.moved);
      assert.ok(moved_by <= 0.02, `${path}: ${moved_by}`);
    }
  }));

  test('a mistake is told at once, with the focus on the summary and the question beside it', () => visit('en', async (page, t) => {
    await begin(page, server.url);
    await fill(page, fields(invent(), demo.trip));
    await on(page);
    await fill(page, { '/traveller/document/number': '?' });
    await on(page);
    assert.match(await page.title(), /^Error: /);
    assert.equal(await focusSoon(page, (element) => element.className, 'summary'), 'summary');
    assert.deepEqual(await page.locator('.summary a').allInnerTexts(), [t('error-not-a-document-number')]);
    assert.ok(await named(page, '/traveller/document/number').isVisible());
    assert.equal(await named(page, '/traveller/document/number').inputValue(), '?');
    await page.locator('.summary a').click();
    assert.equal(await focusSoon(page, (element) => element.name, '/traveller/document/number'), '/traveller/document/number');
    await fill(page, { '/traveller/document/number': 'E1234567' });
    await on(page);
    assert.ok(await named(page, '/traveller/name/primary').isVisible(), await faultsOn(page));
    // Everything left out on a later screen: what was asked before is not told again.
    await onward(page).click();
    await page.locator('.summary').waitFor();
    assert.ok(await named(page, '/traveller/name/primary').isVisible());
    assert.ok((await page.locator('.summary a').count()) >= 3);
  }));

  test('a yes opens its questions one by one, and nobody is asked twice', () => visit('en', async (page) => {
    await begin(page, server.url);
    await page.goto(`${server.url}/declare/answers/health`);
    await fill(page, { '/answers/health/unwell': 'true', '/answers/health/medicine': 'false' });
    // Saved already, by itself: the question still comes.
    await page.waitForResponse((answer) => answer.request().method() === 'POST');
    await on(page);
    const symptoms = named(page, '/answers/health/symptoms');
    assert.ok(await symptoms.first().isVisible());
    assert.equal(await shown(page).count(), 1);
    await page.getByRole('checkbox').first().check();
    await on(page);
    assert.ok(await named(page, '/answers/health/symptom_onset').isVisible());
    await on(page);
    assert.ok(await named(page, '/answers/health/temperature_c').isVisible());
    await on(page);
    await page.waitForURL('**/declare/answers/test');
    await page.goto(`${server.url}/declare/answers/health`);
    await fill(page, { '/answers/health/unwell': 'false' });
    await on(page);
    await page.waitForURL('**/declare/answers/test');
  }));

  test('what is typed is saved without any press, and without a connection it is said and not lost', () =>
    visit('en', async (page, t) => {
      await begin(page, server.url);
      const saved = page.waitForResponse((answer) => answer.request().method() === 'POST');
      await named(page, '/trip/flight').fill('ZZ 1');
      await named(page, '/trip/date').fill('soon');
      await saved;
      const other = await page.context().newPage();
      await other.goto(`${server.url}/declare/trip`);
      assert.equal(await named(other, '/trip/flight').inputValue(), 'ZZ 1');
      await other.close();
      await page.context().setOffline(true);
      await fill(page, fields(invent(), demo.trip));
      await onward(page).click();
      await page.locator('.unsent:not(:empty)').waitFor();
      assert.equal(await page.locator('.unsent').innerText(), t('not-sent'));
      assert.equal(await named(page, '/trip/flight').inputValue(), demo.trip.flight);
      await page.context().setOffline(false);
      await on(page);
      await page.waitForURL('**/declare/you');
    }));

  test('what stands half typed in a field is kept, whole, and goes along into another language at the same question', () =>
    visit('en', async (page) => {
      const person = invent();
      await begin(page, server.url);
      await fill(page, fields(person, demo.trip));
      await on(page);
      await page.waitForURL('**/declare/you*');
      await fill(page, { '/traveller/document/number': person.number });
      await on(page);
      await named(page, '/traveller/name/primary').waitFor();
      const saved = page.waitForResponse((answer) => answer.request().method() === 'POST');
      await named(page, '/traveller/name/primary').fill('Probe');
      // A field that is being typed into while another one is saved, and that nobody leaves.
      await named(page, '/traveller/name/secondary').pressSequentially('MARGARETHE ELISABETH', { delay: 60 });
      await saved;
      await page.locator('.languages a').click();
      await page.waitForURL(/lang=zh-Hans/);
      assert.ok(await named(page, '/traveller/name/primary').isVisible(), 'the same question');
      assert.equal(await named(page, '/traveller/name/secondary').inputValue(), 'MARGARETHE ELISABETH');
      const again = page.waitForResponse((answer) => answer.request().method() === 'POST');
      await named(page, '/traveller/name/secondary').press('End');
      await named(page, '/traveller/name/secondary').pressSequentially(' ROSE');
      await again;
      await page.reload();
      assert.equal(await named(page, '/traveller/name/secondary').inputValue(), 'MARGARETHE ELISABETH ROSE');
    }));

  test('a browser that has forgotten its draft in the middle keeps what was typed, and says what it lacks', () => visit('en', async (page, t) => {
    const person = invent();
    await begin(page, server.url);
    await fill(page, fields(person, demo.trip));
    await on(page);
    await page.context().clearCookies();
    await fill(page, { '/traveller/document/number': person.number });
    await on(page);
    // What was answered before is not there, and is not missed only at the end.
    await page.locator('.received', { hasText: t('begun-anew') }).waitFor();
    assert.ok(await named(page, '/traveller/name/primary').isVisible());
    await fill(page, fields(person, demo.trip));
    await on(page);
    await page.waitForURL('**/declare/contact');
    await page.goto(`${server.url}/declare/you`);
    assert.equal(await named(page, '/traveller/document/number').inputValue(), person.number);
  }));

  test('an answer to the sending that is lost on the way is asked for again, and there is one pass', () =>
    visit('en', async (page) => {
      await begin(page, server.url);
      await walk(page, fields(invent(), demo.trip));
      const given = [];
      await page.route('**/declare/check', async (route) => {
        if (route.request().method() !== 'POST' || given.length > 0) return route.continue();
        // The server has received it; its answer does not arrive.
        given.push((await route.fetch({ maxRedirects: 0 })).headers().location);
        return route.abort('connectionreset');
      });
      await page.getByRole('checkbox').check();
      await onward(page).click().catch(() => {});
      // The browser's own page, that the site did not answer.
      await page.waitForURL(/^chrome-error:/);
      await goBack(page);
      if (!page.url().includes('/pass/')) {
        await page.getByRole('checkbox').check();
        await onward(page).click();
        await page.waitForURL('**/pass/**');
      }
      assert.ok(given[0].includes(codeOf(page)), `${given[0]} was given, and ${page.url()} is shown`);
    }));

  test('a button pressed twice sends once', () => visit('en', async (page) => {
    await begin(page, server.url);
    await walk(page, fields(invent(), demo.trip));
    await page.getByRole('checkbox').check();
    await onward(page).dblclick();
    await page.waitForURL('**/pass/**');
    const code = codeOf(page);
    await page.goto(`${server.url}/declare`);
    assert.equal(codeOf(page), code);
  }));

  test('a change from the check goes back to the check', () => visit('en', async (page) => {
    await begin(page, server.url);
    await walk(page, fields(invent(), demo.trip));
    await page.locator('a[href*="#f:traveller:name:secondary"]').click();
    await named(page, '/traveller/name/secondary').waitFor();
    await named(page, '/traveller/document/number').waitFor({ state: 'hidden' }); // at the very question
    await fill(page, { '/traveller/name/secondary': 'Zora' });
    await on(page);
    await page.waitForURL('**/declare/check');
    assert.match((await page.locator('.said').allInnerTexts()).join(), /Zora/);
  }));

  test('a flight is found by a part of its number, and brings its day', () => visit('en', async (page, t) => {
    await begin(page, server.url);
    const flight = page.getByRole('combobox', { name: t('field-flight') });
    await flight.pressSequentially(demo.trip.flight.slice(0, 4));
    const options = page.getByRole('option');
    await options.first().waitFor();
    assert.equal(await flight.getAttribute('aria-expanded'), 'true');
    const at = (await options.allInnerTexts()).findIndex((text) => text.startsWith(`${demo.trip.flight} `));
    assert.ok(at >= 0, (await options.allInnerTexts()).join());
    for (let step = 0; step <= at; step += 1) await flight.press('ArrowDown');
    const active = await flight.getAttribute('aria-activedescendant');
    assert.match(await page.locator(`[id="${active}"]`).innerText(), new RegExp(`^${demo.trip.flight} `));
    await flight.press('Enter');
    assert.equal(await flight.inputValue(), demo.trip.flight);
    assert.match(await named(page, '/trip/date').inputValue(), /^\d{4}-\d\d-\d\d$/);
    assert.equal(await options.count(), 0);
  }));

  test('a country is found by its name, its code, another name, or its own people’s name', () => visit('en', async (page, t) => {
    await begin(page, server.url);
    await page.goto(`${server.url}/declare/you#end`);
    const country = page.getByRole('combobox', { name: t('field-nationality') });
    const select = named(page, '/traveller/nationality');
    const cases = [
      ['niger', 'NER'], ['NGA', 'NGA'], ['Holland', 'NLD'], ['Deutschland', 'DEU'], ['中国', 'CHN'], ['cote d’iv', 'CIV'], ['UK', 'GBR'],
    ];
    for (const [typed, code] of cases) {
      await choose(country, typed);
      assert.equal(await select.inputValue(), code, typed);
    }
    // Typed whole and not chosen counts; what means nothing is not sent as something else.
    await country.fill('Cambodia');
    await country.press('Tab');
    assert.equal(await select.inputValue(), 'KHM');
    // What means nothing there stays, is told, and is not sent as if the line had been left empty.
    const issuer = page.getByRole('combobox', { name: t('field-issuer') });
    for (const [list, typed, told] of [[country, 'Nigera', 'choose-none'], [country, 'guin', 'choose-one'], [issuer, 'Nigera', 'choose-none']]) {
      const field = page.locator(`[id="${(await list.getAttribute('id')).replace(':choose', '')}"]`);
      await list.fill(typed);
      await list.press('Tab');
      const amiss = page.locator('.amiss', { hasText: t(told) });
      await amiss.waitFor();
      assert.equal(await field.inputValue(), '');
      await onward(page).click();
      assert.equal(await list.inputValue(), typed);
      assert.equal(await list.getAttribute('aria-invalid'), 'true');
      assert.ok(await list.evaluate((element) => element === document.activeElement));
      // Left empty, or found after all, it is nothing to speak of any more.
      await list.fill(list === country ? 'Cambodia' : '');
      await list.press('Tab');
      await amiss.waitFor({ state: 'detached' });
      assert.equal(await list.getAttribute('aria-invalid'), null);
    }
    // The keys of the pattern: Down opens the whole list, Escape closes it.
    await country.fill('');
    await country.press('ArrowDown');
    assert.ok((await page.getByRole('option').count()) > 200);
    await country.press('Escape');
    assert.equal(await page.getByRole('option').count(), 0);
  }));

  test('a code leads to the same answers on another device', () => visit('en', async (page, t) => {
    const person = invent();
    await begin(page, server.url);
    await fill(page, fields(person, demo.trip));
    await on(page);
    await page.getByRole('link', { name: t('step-later') }).click();
    await page.getByRole('button', { name: t('later-button') }).click();
    const code = await page.locator('.short-code strong').innerText();
    await visit('en', async (other) => {
      await other.goto(`${server.url}/`);
      await other.getByRole('link', { name: t('start-resume') }).click();
      await other.getByLabel(t('field-resume-code')).fill(code);
      await onward(other).click();
      await other.waitForURL('**/declare/you');
      await walk(other, fields(person, demo.trip));
      await send(other);
    });
  }));

  test('the pass stands large on black and white in every light, and prints on one sheet', () => visit('en', async (page, t) => {
    await begin(page, server.url);
    await walk(page, { ...fields(invent(), demo.trip), '/party': 'alone' });
    await send(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    // Who measures before the style sheet is there makes the browser lay the page out without it.
    await page.waitForLoadState();
    const picture = await page.locator('img.code').boundingBox();
    assert.ok(picture.width >= 380, `the picture is ${picture.width} px wide`);
    assert.equal(await page.locator('img.code').evaluate((image) => getComputedStyle(image).backgroundColor), 'rgb(255, 255, 255)');
    assert.match(await readCode(page.locator('img.code')), /^PQ1:/);
    const text = await page.locator('main').innerText();
    for (const key of ['pass-next', 'pass-how-long', 'pass-whom', 'pass-correct', 'pass-amend']) assert.ok(text.includes(t(key)), key);
    const sheet = (await page.pdf({ format: 'A4' })).toString('latin1');
    assert.equal(sheet.match(/\/Type\s*\/Page\b(?!s)/g)?.length, 1, 'one sheet');
    assert.match(codeOf(page), /^[0-9A-Z]{11}$/);
  }));

  test('every label of a question is the name that one speaks to it by', () => visit('en', async (page) => {
    await begin(page, server.url);
    await walk(page, fields(invent(), demo.trip), async () => {
      const unnamed = await page.evaluate(() => {
        const inputs = [...document.querySelectorAll('main .ask input:not([type=hidden]), main .ask select, main .ask textarea')];
        return inputs.filter((input) => input.checkVisibility() && !(input.labels?.[0]?.checkVisibility() && input.labels[0].textContent.trim()))
          .map((input) => input.id);
      });
      assert.deepEqual(unnamed, [], page.url());
    });
  }));
});
