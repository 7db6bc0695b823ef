// Sending once, whatever happens to the answer.

import { beforeEach, expect, test } from 'vitest';
import { emptyBody } from '../src/lib/declaration/body';
import { Draft } from '../src/lib/drafts';
import { House } from '../src/lib/house';
import { json, lost, TestPhone } from './support/phone';
import { TestServer } from './support/server';

let server: TestServer;
let phone: TestPhone;
let house: House;

beforeEach(() => {
  server = new TestServer();
  phone = new TestPhone((asked) => server.answer(asked));
  house = new House(phone, { language: 'en', largeText: false });
});

function draft(): Draft {
  const begun = house.drafts.begin('CNPEK', 'en', '2026-11');
  begun.body = emptyBody('CNPEK', 'en', '2026-11');
  return begun;
}

const keys = (): (string | undefined)[] => phone.asked.map(({ headers }) => headers['Idempotency-Key']);

test('a repeat after a lost answer has the same key and the same bytes, and gets the same pass', async () => {
  let count = 0;
  phone.connection = (asked) => {
    const answer = server.answer(asked);
    count += 1;
    return count < 3 ? lost() : answer;
  };
  const outcome = await house.sending.send(draft(), '1');
  expect(outcome.kind === 'ok' && outcome.value.code).toBe('7GQ2M4XK9TA');
  expect(keys()).toEqual(['key-1', 'key-1', 'key-1']);
  expect(new Set(phone.asked.map(({ body }) => body)).size).toBe(1);
  expect(server.declared).toHaveLength(1);
});

test('an answer that breaks off in the middle counts as lost', async () => {
  phone.connection = (asked) => ({ ...server.answer(asked), text: '{"code": "7GQ2' });
  const kept = draft();
  expect((await house.sending.send(kept, '1')).kind).toBe('lost');
  expect(kept.sending?.key).toBe('key-1');
  phone.connection = (asked) => server.answer(asked);
  expect((await house.sending.send(kept, '1')).kind).toBe('ok');
  expect(server.declared).toHaveLength(1);
});

test('the key is kept with the draft, also when the program is started again', async () => {
  phone.connection = lost;
  await house.sending.send(draft(), '1');
  phone.connection = (asked) => server.answer(asked);
  const again = new House(phone, { language: 'en', largeText: false });
  await again.wake(undefined);
  const known = again.draft();
  expect(known?.sending?.key).toBe('key-1');
  expect((await again.sending.send(known as Draft, '1')).kind).toBe('ok');
  expect(new Set(keys())).toEqual(new Set(['key-1']));
});

test('what was refused is another request when it is sent again', async () => {
  server.refuse = [{ pointer: '/trip/flight', code: 'required', message: 'Give an answer.' }];
  const kept = draft();
  expect((await house.sending.send(kept, '1')).kind).toBe('problem');
  expect(kept.sending).toBeUndefined();
  await house.sending.send(kept, '1');
  expect(keys()).toEqual(['key-1', 'key-2']);
});

test('a server in trouble is asked again after the time it names, with the same key', async () => {
  let busy = 2;
  phone.connection = (asked) => {
    busy -= 1;
    return busy >= 0 ? json(503, { code: 'unavailable' }, { 'retry-after': '1' }) : server.answer(asked);
  };
  expect((await house.sending.send(draft(), '1')).kind).toBe('ok');
  expect(keys()).toEqual(['key-1', 'key-1', 'key-1']);
});

test('a full disk leaves the request as it is, to be sent again', async () => {
  phone.connection = () => json(507, { code: 'disk-full', detail: 'Full.' });
  const kept = draft();
  expect((await house.sending.send(kept, '1')).kind).toBe('problem');
  expect(kept.sending?.key).toBe('key-1');
});

test('a session that is over is renewed, and the declaration goes out under the same key', async () => {
  await house.sessions.signIn(house.api);
  let refusals = 1;
  phone.connection = (asked) => {
    const isDeclaration = asked.url.endsWith('/declarations');
    refusals -= isDeclaration ? 1 : 0;
    return isDeclaration && refusals === 0 ? json(401, { code: 'signed-out' }) : server.answer(asked);
  };
  phone.asked.length = 0;
  expect((await house.sending.send(draft(), '1')).kind).toBe('ok');
  expect(phone.asked.map(({ url }) => url.split('/v1')[1])).toEqual(['/declarations', '/wechat/session', '/declarations']);
  expect(keys()).toEqual(['key-1', undefined, 'key-1']);
});

test('confirming twice after a lost answer has one key', async () => {
  await house.sending.send(draft(), '1');
  const kept = (await house.passes.find('7GQ2M4XK9TA'))!;
  phone.connection = lost;
  expect((await house.sending.change(kept, 'confirm')).kind).toBe('lost');
  phone.connection = (asked) => server.answer(asked);
  const known = (await house.passes.find('7GQ2M4XK9TA'))!;
  expect((await house.sending.change(known, 'confirm')).kind).toBe('ok');
  expect(new Set(keys().slice(1))).toEqual(new Set(['key-2']));
  expect((await house.passes.find('7GQ2M4XK9TA'))?.pending).toBeUndefined();
});

test('a draft is gone a day after it was begun, but not while its fate is unknown', async () => {
  await house.save(draft());
  phone.clock += 25 * 3_600_000;
  expect(await house.drafts.load()).toBeUndefined();
  const open = draft();
  open.sending = { key: 'k', body: '{}' };
  await house.save(open);
  phone.clock += 25 * 3_600_000;
  expect((await house.drafts.load())?.sending?.key).toBe('k');
});

test('the form of last time serves without a connection, and is renewed with one', async () => {
  expect((await house.forms.of('CNPEK')).kind).toBe('ok');
  phone.connection = lost;
  const offline = new House(phone, { language: 'en', largeText: false });
  expect((await offline.forms.of('CNPEK')).kind).toBe('ok');
  phone.connection = (asked) => {
    expect(asked.headers['If-None-Match']).toBe('"1"');
    return { status: 304, headers: {}, text: '' };
  };
  const again = new House(phone, { language: 'en', largeText: false });
  expect((await again.forms.of('CNPEK')).kind).toBe('ok');
});

test('copies of passes go a week after they were good', async () => {
  await house.sending.send(draft(), '1');
  phone.clock = Date.parse('2026-12-02T06:00:00Z');
  expect(await house.passes.all()).toHaveLength(1);
  phone.clock = Date.parse('2026-12-03T06:00:00Z');
  expect(await house.passes.all()).toHaveLength(0);
});
