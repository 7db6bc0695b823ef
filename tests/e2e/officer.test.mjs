// The lane, the medical desk and the people who keep the schedule, in a real browser without scripts.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { LIMIT, openPage } from './browser.mjs';
import { onward } from './declaring.mjs';
import { declareByApi, invent, zone } from './people.mjs';
import { staged } from './stage.mjs';
import { band, decide, offered, scan, signIn, standAtLane } from './staff.mjs';
import { words } from './words.mjs';

const t = words('en');

describe('staff without scripts', LIMIT, () => {
  let server, browser, demo, lane, officer, medical, supervisor;

  staged((stage) => { ({ server, browser, demo } = stage); });
  before(async () => {
    officer = await enter(demo.staff.officer[0]);
    medical = await enter(demo.staff.medical[0]);
    supervisor = await enter(demo.staff.supervisor[0]);
    lane = await standAtLane(officer, server.url);
  });

  /** A desk of one's own. Each person signs in once: the server slows down who tries a name again and again. */
  async function sit() {
    return (await openPage(browser, { size: 'desktop', javaScript: false })).page;
  }

  async function enter(who) {
    const page = await sit();
    await signIn(page, server.url, who);
    assert.equal(await page.locator('.who span').innerText().then((text) => text.split(' · ')[0]), who.name);
    return page;
  }

  const declared = (person, answers) => declareByApi(server.url, person, demo.trip, answers);
  const why = (page) => page.locator('.verdict .why').innerText();
  const facts = (page) => page.locator('main').innerText();

  test('signs in only with the right password, and the name stays as typed', async () => {
    const page = await sit();
    await signIn(page, server.url, { name: 'nobody.at.all', password: 'not this one, surely' });
    assert.equal(await page.locator('#problem').innerText(), t('sign-in-wrong'));
    assert.equal(await page.locator('#name').inputValue(), 'nobody.at.all');
    assert.equal(await page.locator('#password').inputValue(), '');
  });

  test('who is not signed in is asked to, and then stands where they wanted to go', async () => {
    const page = await sit();
    await page.goto(`${server.url}/obligations`);
    assert.match(page.url(), /\/sign-in\?next=/);
    await page.locator('#name').fill(demo.staff.officer[1].name);
    await page.locator('#password').fill(demo.staff.officer[1].password);
    await onward(page).click();
    assert.equal(new URL(page.url()).pathname, '/obligations');
    await page.getByRole('button', { name: t('staff-sign-out') }).click();
    await page.goto(`${server.url}/obligations`);
    assert.match(page.url(), /\/sign-in/, 'signed out is out');
  });

  test('clears a pass with its document, and the same pass again is held: where, when and by whom', async () => {
    const person = invent();
    const { pass } = await declared(person);
    await scan(officer, server.url, pass, zone(person));
    assert.equal(await band(officer), t('band-clear'));
    assert.equal(await why(officer), t('verdict-nothing-against'));
    const shown = await facts(officer);
    assert.match(shown, new RegExp(`${person.family} ${person.given}`));
    assert.match(shown, new RegExp(t('document-check-match')));
    assert.ok(!shown.includes(person.number), 'the document number is not shown whole');
    await decide(officer, 'clear');
    assert.equal(await officer.locator('[role=status] p').innerText(), t('verdict-decided-clear'));

    await scan(officer, server.url, pass, zone(person));
    assert.equal(await band(officer), t('band-hold'));
    const used = new RegExp(`Used before: at ${lane}, .+ by ${demo.staff.officer[0].name}\\.`);
    assert.match(await officer.locator('.verdict .used').innerText(), used);
    assert.equal(await offered(officer, 'clear'), 0, 'nobody is asked for a reason that would change nothing');
    await decide(officer, 'refer', 'says they went back for a bag');
    assert.equal(await officer.locator('.summary h2').innerText(), t('verdict-refused'));
    assert.equal(await officer.locator('#reason').inputValue(), 'says they went back for a bag');
  });

  test('a pass without a document says that nothing was compared, and another document is a hold', async () => {
    const person = invent();
    const { pass, code } = await declared(person);
    await scan(officer, server.url, pass);
    assert.match(await facts(officer), new RegExp(t('document-check-unchecked')));
    await scan(officer, server.url, pass, zone(invent('Other')));
    assert.equal(await band(officer), t('band-hold'));
    assert.equal(await why(officer), t('notice-document-mismatch'));
    await scan(officer, server.url, code.toLowerCase(), zone(person));
    assert.equal(await band(officer), t('band-clear'));
  });

  test('the pass and the zone that the demo prints are read', async () => {
    await scan(officer, server.url, demo.clean.pass, demo.clean.zone);
    assert.match(await facts(officer), new RegExp(t('document-check-match')));
  });

  test('a forged pass is held and shows nobody; an unknown code and a typing mistake are told apart', async () => {
    const person = invent();
    const { pass, code } = await declared(person);
    await scan(officer, server.url, `${pass.slice(0, -1)}${pass.endsWith('0') ? '1' : '0'}`);
    assert.equal(await band(officer), t('band-hold'));
    assert.ok(!(await facts(officer)).includes(person.family));
    await scan(officer, server.url, `${code.slice(0, 10)}${code.endsWith('0') ? '1' : '0'}`);
    assert.equal(await officer.locator('#read-error').innerText(), t('error-code-or-number'));
    assert.equal(await officer.locator('#read').getAttribute('aria-invalid'), 'true');
    await scan(officer, server.url, '', zone(invent()));
    assert.equal(await band(officer), t('band-check'));
    assert.equal(await why(officer), t('notice-not-declared'));
    await scan(officer, server.url, '?!');
    assert.equal(await officer.locator('#read-error').innerText(), t('error-not-readable'));
    assert.equal(await officer.locator('#read').inputValue(), '?!');
  });

  test('a red declaration is referred, examined by the medical officer, and cleared', async () => {
    const person = invent();
    const { pass } = await declared(person, { contact_case: true });
    await scan(officer, server.url, pass, zone(person));
    assert.equal(await band(officer), t('band-check'));
    assert.equal(await offered(officer, 'clear'), 0);
    assert.equal(await officer.locator('main .notice').innerText(), t('refusal-second-person-needed'));
    await decide(officer, 'refer', 'a colleague fell ill');
    assert.equal(await officer.locator('[role=status] > p').innerText(), t('verdict-decided-refer'));
    const owed = await officer.locator('[role=status] a').getAttribute('href');

    await medical.goto(`${server.url}/obligations`);
    assert.match(await medical.locator('table').innerText(), new RegExp(t('obligation-examine')));
    assert.ok(!(await medical.locator('main').innerText()).includes(person.family), 'the list names nobody');
    await medical.goto(server.url + owed);
    assert.match(await facts(medical), new RegExp(`${person.family} ${person.given}`));
    await medical.getByRole('button', { name: t('owed-take-on') }).click();
    assert.match(await facts(medical), new RegExp(`Taken on by ${demo.staff.medical[0].name}`));
    await medical.locator('input[name=outcome][value=fit]').check();
    await medical.locator('#reason').fill('36.6 degrees, no signs');
    await medical.getByRole('button', { name: t('owed-send') }).click();
    assert.match(await facts(medical), new RegExp(`Answered by ${demo.staff.medical[0].name}`));

    await scan(officer, server.url, pass, zone(person));
    await decide(officer, 'clear', 'examined');
    assert.equal(await officer.locator('[role=status] p').innerText(), t('verdict-decided-clear'));
  });

  test('amber is cleared with a reason alone', async () => {
    const person = invent();
    const yesterday = new Date(Date.parse(demo.trip.date) - 2 * 86_400_000).toISOString().slice(0, 10);
    const ill = { unwell: true, symptoms: ['fatigue'], symptom_onset: yesterday };
    const { pass } = await declared(person, ill);
    await scan(officer, server.url, pass, zone(person));
    assert.equal(await band(officer), t('band-check'));
    await decide(officer, 'clear', '');
    assert.match(await officer.locator('.summary p').innerText(), new RegExp(t('refusal-reason-needed')));
    await decide(officer, 'clear', 'tired after a night flight');
    assert.equal(await officer.locator('[role=status] p').innerText(), t('verdict-decided-clear'));
  });

  test('a supervisor moves a flight, and the page of the day says so', async () => {
    await supervisor.goto(`${server.url}/flights?date=${demo.trip.date}`);
    const link = supervisor.locator('tbody th a', { hasText: demo.trip.flight });
    await link.click();
    const scheduled = supervisor.locator('[name=scheduled_arrival]');
    const before = await scheduled.inputValue();
    await supervisor.locator('[name=scheduled_arrival]').fill('tomorrow');
    await onward(supervisor).click();
    assert.ok((await supervisor.locator('.summary a').count()) > 0);
    assert.equal(await scheduled.inputValue(), 'tomorrow');
    const later = before.replace(/\d\d$/, (minutes) => (minutes === '37' ? '38' : '37'));
    await scheduled.fill(later);
    await onward(supervisor).click();
    assert.match(supervisor.url(), /\/flights\?date=/);
    const row = supervisor.locator('tbody tr', { has: supervisor.locator('th', { hasText: demo.trip.flight }) });
    assert.match(await row.innerText(), new RegExp(later.slice(-5)));
  });

  test('a schedule is taken in by its good lines, and the others are named', async () => {
    const { date } = demo.trip;
    await supervisor.goto(`${server.url}/flights/import`);
    await onward(supervisor).click();
    assert.equal(await supervisor.locator('#import-error').innerText(), t('import-empty'));
    const header = 'flight,date,origin,scheduled_arrival,actual_arrival,category,status';
    const good = `ZZ901,${date},LHR,${date}T14:05,,international,scheduled`;
    await supervisor.locator('#text').fill(`${header}\n${good}\nnonsense,${date},LHR,${date}T14:05,,international,\n`);
    await onward(supervisor).click();
    assert.match(await supervisor.locator('[role=status]').innerText(), /Not taken: 1\./);
    // The lines of the file, the header among them; a browser ends each with CR and LF.
    assert.deepEqual(await supervisor.locator('tbody th').allInnerTexts(), ['3']);
    await supervisor.goto(`${server.url}/flights?date=${date}`);
    assert.match(await supervisor.locator('table').innerText(), /ZZ901/);
  });

  test('a role without the right gets a page that says so, and no way in', async () => {
    const answer = await supervisor.goto(`${server.url}/checkpoint`);
    assert.equal(answer.status(), 403);
    assert.equal(await supervisor.locator('h1').innerText(), t('trouble-denied-title'));
    assert.equal(await supervisor.locator('.places a[href="/checkpoint"]').count(), 0);
    const page = await officer.context().newPage();
    assert.equal((await page.goto(`${server.url}/flights/new`)).status(), 403);
    await page.close();
  });

  test('no address that staff open carries a name, a number or a pass', async () => {
    const person = invent();
    const { pass } = await declared(person);
    const page = await officer.context().newPage();
    const seen = [];
    page.on('request', (request) => seen.push(request.url()));
    await scan(page, server.url, pass, zone(person));
    await decide(page, 'clear');
    for (const secret of ['PQ1', person.number, person.family, demo.staff.officer[0].password]) {
      assert.deepEqual(seen.filter((address) => address.includes(secret)), []);
    }
    await page.close();
  });
});
