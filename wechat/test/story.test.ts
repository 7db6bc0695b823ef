// From the notice to the pass, page by page, as a traveller goes.

import { beforeEach, expect, test } from 'vitest';
import { House } from '../src/lib/house';
import { lastVisited, open, Open, stubWeChat, visited } from './support/pages';
import { lost, TestPhone } from './support/phone';
import { PASS, TestServer } from './support/server';

let server: TestServer;
let phone: TestPhone;
let house: House;

beforeEach(() => {
  server = new TestServer();
  phone = new TestPhone((asked) => server.answer(asked));
  house = stubWeChat(phone);
});

async function say(page: Open, name: string, value: string | string[], settled = true): Promise<void> {
  await page.answered({ detail: { name, nth: 0, several: false, value, settled } });
}

const PERSON = {
  'document/number': 'E12345678', 'name/primary': 'Li', 'name/secondary': 'Na', birth_date: '１９８８年3月2日', sex: 'F', nationality: 'CHN',
};

async function fill(page: Open, base: string): Promise<void> {
  for (const [field, value] of Object.entries(PERSON)) await say(page, `${base}/traveller/${field}`, value);
}

/** Goes on from page to page and answers until the check page. */
async function declareUpToCheck(): Promise<void> {
  const consent = await open('/pages/consent/consent');
  await consent.agree();
  const signIn = await open(lastVisited());
  await signIn.signIn();
  for (let n = 0; n < 20 && !lastVisited().includes('/check/'); n += 1) await answerPage(lastVisited());
}

async function answerPage(url: string): Promise<void> {
  const page = await open(url);
  if (url.includes('/trip/')) {
    await say(page, '/trip/flight', 'CA938');
    await say(page, '/trip/date', '2026-11-24');
  } else if (url.includes('/you/')) await fill(page, '');
  else if (url.includes('/contact/')) await say(page, '/contact/phone', '+86 138 0000 0000', false);
  else if (url.includes('section=')) {
    const asked = page.data.blocks.filter((block: any) => block.kind === 'field' && block.control.type === 'radios');
    for (const block of asked) await say(page, block.name, 'false');
  }
  await page.next();
}

test('nothing is asked before the notice is agreed to, and its version is sent', async () => {
  await open('/pages/trip/trip');
  expect(lastVisited()).toBe('/pages/start/start');
  await declareUpToCheck();
  const check = await open(lastVisited());
  await check.attest({ detail: { value: ['true'] } });
  await check.send();
  expect(JSON.parse(server.declared[0]?.body ?? '{}').notice).toMatch(/^\d{4}-\d{2}$/);
});

test('a traveller signs in, declares and gets a pass', async () => {
  await declareUpToCheck();
  const check = await open(lastVisited());
  expect(check.data.sections.flatMap((section: any) => section.rows).some((row: any) => row.value === 'Not answered yet')).toBe(false);
  await check.attest({ detail: { value: ['true'] } });
  await check.send();
  expect(lastVisited()).toBe('/pages/pass/pass?code=7GQ2M4XK9TA&received=1');

  const sent = JSON.parse(server.declared[0]?.body ?? '{}');
  expect(sent.channel).toBe('wechat');
  expect(sent.traveller.birth_date).toBe('1988-03-02');
  expect(sent.traveller.document).toEqual({ type: 'passport', number: 'E12345678', issuer: 'CHN' });
  expect(sent.answers.exposure.contact_case).toBe(false);
  expect(sent.companions).toBeUndefined();
  expect(server.declared[0]?.headers.Authorization).toBe('Bearer wx1.sealed');
  expect(house.draft()).toBeUndefined();

  const pass = await open(lastVisited());
  expect(pass.data.code).toBe('7GQ2-M4XK-9TA');
  expect(pass.data.state).toBe('Ready to show');
  expect(pass.data.saysFrom).toBe(true);
  // The flight is days late; what counted goes on counting.
  phone.clock -= 3 * 24 * 3_600_000;
  expect((await open('/pages/pass/pass?code=7GQ2M4XK9TA')).data.saysFrom).toBe(false);
  phone.clock += 3 * 24 * 3_600_000;
  expect(pass.data.validUntil).toBe('26 November 2026, 14:00 (UTC+8); 26 November 2026, 06:00 (UTC)');
});

test('the pass is shown without a connection', async () => {
  await declareUpToCheck();
  const check = await open(lastVisited());
  await check.attest({ detail: { value: ['true'] } });
  await check.send();
  phone.connection = lost;
  // Started again, with what the phone keeps.
  const again = stubWeChat(phone);
  await again.wake(undefined);
  const pass = await open('/pages/pass/pass?code=7GQ2M4XK9TA');
  expect(pass.data.ready).toBe(true);
  expect((await again.passes.find('7GQ2M4XK9TA'))?.pass).toBe(PASS);
});

test('who cannot sign in declares all the same', async () => {
  server.sessions = false;
  const consent = await open('/pages/consent/consent');
  await consent.agree();
  const signIn = await open(lastVisited());
  await signIn.signIn();
  expect(signIn.data.failed).toBe(true);
  signIn.skip();
  expect(lastVisited()).toBe('/pages/trip/trip');
});

test('a page that is left incomplete says what is missing, each at its field', async () => {
  await (await open('/pages/consent/consent')).agree();
  const trip = await open('/pages/trip/trip');
  expect(trip.data.summary).toEqual([]);
  await say(trip, '/trip/date', '2026-11-24');
  await trip.next();
  expect(trip.data.summary.map((one: any) => one.text)).toEqual(['Enter the flight number, as in CA938.']);
  expect(trip.data.blocks[0].errors).toEqual(['Enter the flight number, as in CA938.']);
  expect(trip.data.blocks[0].id).toBe(trip.data.summary[0].id);
});

test('an answer opens and closes the questions that hang on it', async () => {
  await (await open('/pages/consent/consent')).agree();
  const page = await open('/pages/questions/questions?section=health');
  const names = (): string[] => page.data.blocks.map((block: any) => block.name);
  expect(names()).not.toContain('/answers/health/symptoms');
  await say(page, '/answers/health/unwell', 'true');
  expect(names()).toContain('/answers/health/symptoms');
  await say(page, '/answers/health/symptoms', ['fever', 'my own words']);
  const symptoms = page.data.blocks.find((block: any) => block.name === '/answers/health/symptoms');
  expect(symptoms.control.other.value).toBe('my own words');
  await say(page, '/answers/health/unwell', 'false');
  expect(names()).not.toContain('/answers/health/symptoms');
});

test('rows are added, filled in and taken out', async () => {
  await (await open('/pages/consent/consent')).agree();
  const page = await open('/pages/questions/questions?section=travel');
  const rows = (): number => page.data.blocks.filter((block: any) => block.kind === 'row').length;
  expect(rows()).toBe(1);
  await page.added({ detail: { name: '/answers/travel/visited' } });
  expect(rows()).toBe(2);
  await say(page, '/answers/travel/visited/1/visited_country', 'FRA');
  await page.removed({ detail: { name: '/answers/travel/visited/0' } });
  expect(rows()).toBe(1);
  expect(house.draft()?.body.answers).toEqual({ travel: { visited: [{ visited_country: 'FRA' }] } });
});

test('what the server refuses is shown at its field, and gone once it is changed', async () => {
  await declareUpToCheck();
  server.refuse = [{ pointer: '/trip/flight', code: 'not-a-flight', message: 'No flight.' }];
  const check = await open(lastVisited());
  await check.attest({ detail: { value: ['true'] } });
  await check.send();
  expect(check.data.attested).toBe(false);
  expect(check.data.wrong[0].url).toBe('/pages/trip/trip');
  await check.mend({ currentTarget: { dataset: { url: check.data.wrong[0].url } } });
  const trip = await open(lastVisited());
  expect(trip.data.blocks[0].errors).toEqual(['No flight.']);
  await say(trip, '/trip/flight', 'CA939');
  expect(trip.data.blocks[0].errors).toEqual([]);
  await trip.next();
  expect(lastVisited()).toBe('/pages/check/check');
  const again = await open(lastVisited());
  await again.send();
  expect(again.data.wrong.map(({ text }: any) => text)).toEqual(['Tick the box to say that your answers are true.']);
  await again.attest({ detail: { value: ['true'] } });
  await again.send();
  expect(server.declared).toHaveLength(1);
});

test('the tick stands for the answers that are read now, and goes when one of them is changed', async () => {
  await declareUpToCheck();
  const check = await open(lastVisited());
  await check.attest({ detail: { value: ['true'] } });
  expect(check.data.attested).toBe(true);
  await check.change({ currentTarget: { dataset: { url: '/pages/contact/contact?then=check' } } });
  expect((await open('/pages/check/check')).data.attested).toBe(false);
});

test('a companion gets pages and a pass of their own', async () => {
  await declareUpToCheck();
  const companions = await open('/pages/companions/companions');
  await companions.add();
  expect(lastVisited()).toBe('/pages/you/you?person=0');
  const you = await open(lastVisited());
  await fill(you, '/companions/0');
  await say(you, '/companions/0/traveller/document/number', 'E87654321');
  await say(you, '/companions/0/relation', 'child');
  await you.next();
  while (!lastVisited().includes('/check/')) await answerPage(lastVisited());
  const check = await open(lastVisited());
  await check.attest({ detail: { value: ['true'] } });
  await check.send();
  const kept = await house.passes.all();
  expect(kept.map(({ proof }) => proof)).toEqual(['E12345678', 'E87654321']);
});

test('while nobody knows whether a declaration arrived, it is not changed but sent again', async () => {
  await declareUpToCheck();
  const check = await open(lastVisited());
  await check.attest({ detail: { value: ['true'] } });
  const through = phone.connection;
  phone.connection = (asked) => {
    // It arrives, and the answer is lost.
    server.answer(asked);
    return lost();
  };
  await check.send();
  expect(check.data.unknown).toBe(true);
  await open('/pages/trip/trip');
  expect(lastVisited()).toBe('/pages/check/check');
  await (await open('/pages/consent/consent')).agree();
  expect(house.draft()?.sending).toBeDefined();
  phone.connection = through;
  // Started again the next morning.
  phone.clock += 20 * 3_600_000;
  const again = stubWeChat(phone);
  await again.wake(undefined);
  await (await open('/pages/check/check')).send();
  expect(lastVisited()).toContain('/pages/pass/pass?code=7GQ2M4XK9TA');
  expect(server.declared).toHaveLength(1);
});

test('a declaration is found again, changed, confirmed and withdrawn', async () => {
  await declareUpToCheck();
  const check = await open(lastVisited());
  await check.attest({ detail: { value: ['true'] } });
  await check.send();
  await house.passes.forget('7GQ2M4XK9TA');

  const find = await open('/pages/find/find');
  find.typeCode({ detail: { value: '7gq2-m4xk-9t' } });
  await find.find();
  expect(find.data.codeError).not.toBe('');
  expect(find.data.proofError).not.toBe('');

  server.state = 'early';
  await house.sending.find('7GQ2M4XK9TA', 'E12345678');
  const pass = await open('/pages/pass/pass?code=7GQ2M4XK9TA');
  expect(pass.data.confirm).toBe(true);
  await pass.confirm();
  expect(pass.data.state).toBe('Ready to show');
  await pass.amend();
  expect(lastVisited()).toBe('/pages/check/check');
  expect(house.draft()?.amends).toEqual({ code: '7GQ2M4XK9TA', proof: 'E12345678' });
  const amend = await open(lastVisited());
  await amend.attest({ detail: { value: ['true'] } });
  await amend.send();
  expect(phone.asked.at(-1)?.method).toBe('PUT');
  const withdraw = await open('/pages/withdraw/withdraw?code=7GQ2M4XK9TA');
  await withdraw.withdraw();
  expect(lastVisited()).toBe('back');
  expect((await house.passes.find('7GQ2M4XK9TA'))?.state).toBe('withdrawn');
  expect(visited).not.toHaveLength(0);
});
