// Every page, and the way to it. What is walked here is looked at by looks.test.mjs and pictured by screens.mjs. A new page
// is one line in PAGES, or one more stop of a walk.

import { begin, fill, onward, send, walk } from './declaring.mjs';
import { declareByApi, fields, invent, misread, zone } from './people.mjs';
import { decide, scan, signIn, standAtLane } from './staff.mjs';

export const LANGUAGES = ['en', 'zh-Hans'];

/** The pages that every visitor may open by their address. */
export const PAGES = [
  { name: 'start', path: '/' },
  { name: 'find', path: '/find' },
  { name: 'resume', path: '/declare/resume' },
  { name: 'help', path: '/help' },
  { name: 'privacy', path: '/privacy' },
  { name: 'privacy-older', path: '/privacy/2026-11' },
  { name: 'about', path: '/about' },
  { name: 'nowhere', path: '/no/such/page' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'kiosk-set-up', path: '/kiosk/set-up' },
  { name: 'api', path: '/api' },
];

/**
 * Walks through every page of a traveller, with and without mistakes, and stops at each.
 * @param {{url: string, trip: {flight: string, date: string}}} place where, and a flight to declare for
 * @param {(name: string) => Promise<void>} stop
 */
export async function travellerPages(page, { url, trip }, stop) {
  const person = invent();
  const typed = fields(person, trip);
  await begin(page, url);
  await mistaken(page, { '/trip/flight': 'what', '/trip/date': 'soon', '/trip/seat': '31A' }, () => stop('trip-mistakes'));
  await walk(page, typed, async () => {
    const name = new URL(page.url()).pathname.replace('/declare/', '').replace('answers/', 'answers-');
    await stop(name);
    if (name === 'you') await mistaken(page, { '/traveller/document/number': '?', '/traveller/birth_date': '2999' }, () => stop('you-mistakes'));
    if (name === 'answers-health') await illness(page, stop);
    if (name === 'companions') await withCompanion(page, typed, stop);
  });
  await stop('check');
  await page.goto(`${url}/declare/later`);
  await stop('later');
  await page.locator('main form button').click();
  await stop('later-code');
  await page.goto(`${url}/declare/check`);
  await onward(page).click();
  await stop('check-mistakes');
  const code = await send(page);
  await stop('pass');
  await page.goto(`${url}/pass/${code}/held`);
  await stop('held');
  await page.locator('main form button:not(.link)').click();
  await stop('held-mistakes');
  await page.goto(`${url}/`);
  await page.goto(`${url}/pass/${code}/withdraw`);
  await stop('withdraw');
  await onward(page).click();
  await stop('pass-withdrawn');
  await page.goto(`${url}/find`);
  await page.locator('[name=code]').fill('7GQ2-M4XK-9TA');
  await onward(page).click();
  await stop('find-mistakes');
}

async function mistaken(page, values, stop) {
  await fill(page, values);
  await onward(page).click();
  await page.locator('main .summary').waitFor();
  await stop();
}

/** The questions that a yes opens, unanswered. */
async function illness(page, stop) {
  await fill(page, { '/answers/health/unwell': 'true', '/answers/health/medicine': 'false' });
  await onward(page).click();
  await stop('answers-health-opened');
  await onward(page).click();
  await stop('answers-health-mistakes');
}

/** A companion is begun and left unfinished, shown, and taken out again. */
async function withCompanion(page, typed, stop) {
  await page.locator('button[name=add]').click();
  await stop('companion-you');
  await page.goto(`${new URL(page.url()).origin}/declare/companions`);
  await stop('companions-one');
  await page.locator('button[name=remove]').click();
}

/**
 * Walks through every page of a kiosk, and stops at each; the browser becomes the kiosk first.
 * @param {{url: string, trip: {flight: string, date: string}, kiosk: string}} place `kiosk` is the token
 * @param {string} language
 * @param {(name: string) => Promise<void>} stop
 */
export async function kioskPages(page, { url, trip, kiosk }, language, stop) {
  const person = invent();
  // Somebody is there: to look at a page takes longer than the half minute after which it asks.
  await page.addInitScript(() => setInterval(() => dispatchEvent(new Event('pointermove')), 5000));
  await becomeKiosk(page, url, kiosk);
  await stop('kiosk');
  await page.locator(`button[name=lang][value="${language}"]`).click();
  await stop('kiosk-read');
  await page.locator('#zone').fill(misread(zone(person)));
  await onward(page).click();
  await stop('kiosk-misread');
  await page.locator('#zone').fill(zone(person));
  await onward(page).click();
  await page.waitForURL('**/declare/trip');
  await walk(page, fields(person, trip), async () => {
    const name = new URL(page.url()).pathname.replace('/declare/', '').replace('answers/', 'answers-');
    await stop(`kiosk-${name}`);
  });
  await stop('kiosk-check');
  await page.goto(`${url}/privacy`);
  await stop('kiosk-privacy');
  await page.goto(`${url}/declare/check`);
  await fill(page, { '/attested': 'true' });
  await onward(page).click();
  await page.waitForURL('**/kiosk/slip');
  await stop('kiosk-slip');
  await onward(page).click();
  await page.waitForURL('**/kiosk');
  await page.goto(`${url}/kiosk/idle?back=/declare/check`);
  await stop('kiosk-idle');
}

/** Makes the browser the kiosk T3D-K01. */
export async function becomeKiosk(page, url, token) {
  await page.goto(`${url}/kiosk/set-up`);
  await page.locator('#token').fill(token);
  await page.locator('#station').selectOption('T3D-K01');
  await onward(page).click();
  await page.waitForURL('**/kiosk');
}

/**
 * Walks through every page of staff. `open(role)` gives a page of its own for somebody of that role, signed in already.
 * @param {(role: string) => Promise<{page: import('playwright-core').Page, stop: (name: string) => Promise<void>}>} open
 */
export async function staffPages({ url, trip }, open) {
  const [officer, medical] = [await open('officer'), await open('medical')];
  const owed = await lanePages({ url, trip }, officer);
  await paperPages({ url, trip }, officer);
  await deskPages(url, owed, medical);
  await patientPages({ url, trip }, officer, medical);
  await inboxPages(url, await open('department'));
  const supervisor = await open('supervisor');
  await schedulePages({ url, trip }, supervisor);
  await supervisionPages(url, supervisor);
  await boothPages({ url, trip }, await open('sampler'));
  await laboratoryPages(url, await open('technician'));
}

async function boothPages({ url, trip }, { page, stop }) {
  const person = invent();
  const declared = await declareByApi(url, person, trip);
  await page.goto(`${url}/booth/station`);
  await stop('booth-station');
  await page.locator('#station').selectOption('T3D-B01');
  await onward(page).click();
  await stop('booth');
  await page.locator('form.lane button').click();
  await stop('booth-mistakes');
  await page.locator('#read').fill(declared.pass);
  await page.locator('#mrz').fill(zone(person));
  await page.locator('form.lane button').click();
  await stop('chair');
}

async function laboratoryPages(url, { page, stop }) {
  await page.goto(`${url}/laboratory`);
  await stop('laboratory');
  await page.locator('#labels').fill('#7GQ2M4XK9 nonsense');
  await page.locator('form[action$="/receipts"] button').click();
  await stop('laboratory-receipt');
  await page.goto(`${url}/laboratory/custody`);
  await stop('custody');
  await page.goto(`${url}/laboratory/custody/queued`);
  await stop('custody-step');
  await page.goto(`${url}/laboratory`);
  await page.locator('a[href^="/laboratory/plates/"]').first().click();
  await stop('plate');
  await page.locator('a[href^="/laboratory/tubes/"]').first().click();
  await stop('tube');
}

async function lanePages({ url, trip }, { page, stop }) {
  const [well, red] = [invent(), invent('Rea')];
  const clean = await declareByApi(url, well, trip);
  const risky = await declareByApi(url, red, trip, { contact_case: true });
  await page.goto(`${url}/checkpoint/station`);
  await stop('station');
  await standAtLane(page, url);
  await scan(page, url, '?!');
  await stop('checkpoint-mistakes');
  await scan(page, url, clean.pass, zone(well));
  await stop('verdict-clear');
  await decide(page, 'clear');
  await stop('verdict-decided');
  await scan(page, url, clean.pass, zone(well));
  await stop('verdict-hold');
  await decide(page, 'refer');
  await stop('verdict-refused');
  await scan(page, url, risky.pass, zone(red));
  await stop('verdict-check');
  await decide(page, 'refer', 'a colleague fell ill');
  await stop('verdict-referred');
  const owed = await page.locator('[role=status] a').getAttribute('href');
  await scan(page, url, `${clean.pass.slice(0, -1)}${clean.pass.endsWith('0') ? '1' : '0'}`);
  await stop('verdict-forged');
  await page.goto(`${url}/checkpoint`);
  await stop('checkpoint');
  await page.goto(`${url}/console`);
  await stop('console');
  await page.goto(`${url}/flights/new`);
  await stop('denied');
  return owed;
}

/** Forms are numbered and shown, one is keyed in with mistakes and without. */
async function paperPages({ url, trip }, { page, stop }) {
  const person = invent('Pia');
  const typed = fields(person, trip);
  await page.goto(`${url}/paper`);
  await stop('paper');
  await page.goto(`${url}/paper/find?serial=CNPEK-000001-X`);
  await stop('paper-mistakes');
  await page.goto(`${url}/paper`);
  await page.locator('#count').fill('2');
  await onward(page).click();
  await stop('paper-forms');
  const serial = await page.locator('.sheet .serial').first().innerText();
  await page.goto(`${url}/paper/find?serial=${serial}`);
  await stop('paper-key');
  await onward(page).click();
  await stop('paper-key-mistakes');
  const twice = ['/traveller/document/number', '/traveller/birth_date', '/trip/flight', '/traveller/name/primary'];
  await fill(page, { ...typed, ...Object.fromEntries(twice.map((name) => [`/twice${name}`, typed[name]])), '/attested': 'true' });
  // Two minutes ago on the port's clock (UTC+8): a paper of a moment to come would be refused.
  const [day, hour] = new Date(Date.now() + 8 * 3600_000 - 120_000).toISOString().split(/[T.]/);
  await fill(page, { '/paper/day': day, '/paper/hour': hour.slice(0, 5) });
  await onward(page).click();
  await page.waitForURL('**/slip');
  await stop('paper-slip');
}

async function deskPages(url, owed, { page, stop }) {
  await page.goto(`${url}/obligations`);
  await stop('obligations');
  await page.goto(url + owed);
  await stop('obligation');
  await page.locator('input[name=to][value=hospital]').check();
  await page.locator('#note').fill('39.4, short of breath');
  await page.locator('form[action$="/hand-over"] > button').click();
  await stop('obligation-handed-over');
  await page.locator('form[action$="/acknowledge"] button').click();
  await page.locator('input[name=outcome][value=fit]').check();
  await onward(page).click();
  await stop('obligation-answered');
}

/** The desk: the queue, a person with mistakes and without, the investigation, an order until it is explained. */
async function patientPages({ url, trip }, officer, { page, stop }) {
  const person = invent('Pat');
  const risky = await declareByApi(url, person, trip, { contact_case: true });
  await standAtLane(officer.page, url);
  await scan(officer.page, url, risky.pass, zone(person));
  await decide(officer.page, 'refer', 'to the desk');
  await page.goto(`${url}/desk`);
  await stop('desk');
  await standAtLane(page, url);
  await scan(page, url, risky.pass, zone(person));
  await page.locator('a[href^="/desk/people/"]:not([hreflang])').click();
  await stop('desk-person');
  const address = page.url().split('?')[0];
  await page.locator('[name="/examine/temperature_c/0"]').fill('hot');
  await page.locator('form[action$="/examine"] button').click();
  await stop('desk-mistakes');
  await page.goto(`${address}/investigation`);
  await stop('investigation');
  await onward(page).click();
  await stop('investigation-mistakes');
  await page.goto(address);
  await page.locator('input[type=radio][name="/order/measure"]').first().check();
  await page.locator('[name="/order/days"]').fill('14');
  await page.locator('form[action$="/order"] button').click();
  await stop('desk-ordered');
  await page.locator('a[href^="/orders/"]:not([hreflang])').click();
  await stop('order');
  await page.locator('form[action$="/serve"] button').click();
  await stop('order-told');
  await page.goto(`${url}/orders`);
  await stop('orders');
  await page.goto(`${url}/desk/calls`);
  await stop('calls');
}

async function inboxPages(url, { page, stop }) {
  await page.goto(`${url}/inbox`);
  await stop('inbox');
  await page.locator('tbody th a').last().click();
  await stop('given');
  await page.locator('form[action$="/decline"] button').click();
  await stop('given-mistakes');
  await page.locator('form[action$="/accept"] button').click();
  await stop('given-accepted');
  await page.locator('input[name=report][value=discharged]').check();
  await page.locator('form[action$="/answer"] > button').click();
  await stop('given-answered');
  await page.goto(`${url}/inbox?list=answered`);
  await stop('inbox-answered');
}

async function schedulePages({ url, trip }, { page, stop }) {
  await page.goto(`${url}/flights?date=${trip.date}`);
  await stop('flights');
  await page.locator('tbody th a').first().click();
  await stop('flight');
  await mistaken(page, { scheduled_arrival: 'tomorrow' }, () => stop('flight-mistakes'));
  await page.goto(`${url}/flights/new`);
  await stop('flight-new');
  await page.goto(`${url}/flights/import`);
  await stop('import');
  await page.locator('#text').fill('flight,date,origin,scheduled_arrival,category\nnonsense,,,,\n');
  await onward(page).click();
  await stop('import-done');
  await page.goto(`${url}/flights?date=${trip.date}`);
  await page.locator('tbody td.number a').first().click();
  await stop('people');
  await page.goto(`${url}/hall`);
  await stop('hall');
  await page.goto(`${url}/hall?scenario=t3d-2020&lane=none`);
  await stop('hall-mistakes');
  await page.goto(`${url}/hall?scenario=t3d-2020&plan=yes`);
  await page.locator('details summary').first().click();
  await stop('hall-played');
}

async function supervisionPages(url, { page, stop }) {
  // The stream never ends: what is waited for is the page, and its script having heard once.
  await page.goto(`${url}/supervision`);
  await page.locator('#flow-state:not(:empty)').waitFor();
  await page.locator('details summary').first().click();
  await stop('supervision');
  await page.goto(`${url}/supervision/loops`);
  await stop('supervision-loops');
  await page.goto(`${url}/supervision/passengers-quarantined`);
  await stop('supervision-figure');
  await page.goto(`${url}/supervision/tests-completed`);
  await stop('supervision-none');
  await page.goto(`${url}/bulletin`);
  await stop('bulletin');
  await mistaken(page, { from: '2199-01-01', to: 'soon' }, () => stop('bulletin-mistakes'));
  await page.goto(`${url}/bulletin?from=2026-01-01&to=2026-01-07`);
  await stop('bulletin-week');
}

/** Signs somebody of a role in, on a page that is given. */
export async function enter(page, url, staff, role) {
  // The officer of officer.test.mjs is another: the server slows down who signs in again and again.
  await signIn(page, url, staff[role].at(-1));
}
