// The mini-program against the real binary (PRATIQUE_BIN): what one says the other understands.

import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { House } from '../src/lib/house';
import { today, portOf } from '../src/lib/ports';
import { steps } from '../src/lib/declaration/steps';
import { enter } from '../src/lib/declaration/entry';
import { emptyCompanion } from '../src/lib/declaration/body';
import { faults } from '../src/lib/declaration/faults';
import { Draft } from '../src/lib/drafts';
import { Form } from '../src/lib/form/item';
import { amending } from '../src/lib/sending';
import { lost, TestPhone } from './support/phone';
import { RealServer, serve } from './support/real';

const binary = process.env.PRATIQUE_BIN ?? '';
const isThere = existsSync(binary);
if (!isThere) console.log('skipped: the story against the real server needs PRATIQUE_BIN (make build-tests)');

let server: RealServer;
let phone: TestPhone;
let house: House;

beforeAll(async () => {
  if (isThere) server = await serve(binary);
});

afterAll(async () => {
  if (isThere) await server.stop();
});

function begin(language = 'zh-Hans'): void {
  phone = new TestPhone((asked) => server.ask(asked));
  phone.clock = Date.now();
  // Keys of this run alone.
  phone.random = async () => crypto.randomUUID();
  house = new House(phone, { language, largeText: false });
}

async function form(): Promise<Form> {
  const outcome = await house.forms.of('CNPEK');
  if (outcome.kind !== 'ok') throw new Error('no form');
  return outcome.value;
}

/** A draft that lacks nothing. */
function filled(asked: Form, number: string): Draft {
  const draft = house.drafts.begin('CNPEK', house.words.language, '2026-11');
  const say = (name: string, value: string): void => void enter(draft.body, asked, { name, nth: 0, several: false, value });
  const person = (base: string, own: string): void => {
    say(`${base}/traveller/document/number`, own);
    say(`${base}/traveller/name/primary`, 'Li');
    say(`${base}/traveller/birth_date`, '19880302');
    say(`${base}/traveller/sex`, 'F');
    say(`${base}/traveller/nationality`, 'CHN');
    for (const question of ['exposure/contact_case', 'exposure/contact_ill', 'exposure/community_cases', 'exposure/cluster', 'health/unwell', 'health/medicine', 'test/tested']) {
      say(`${base}/answers/${question}`, 'false');
    }
  };
  say('/trip/flight', 'CA938');
  say('/trip/date', today(portOf('CNPEK')!, Date.now()));
  say('/contact/phone', '+86 138 0000 0000');
  person('', number);
  draft.body.companions = [emptyCompanion()];
  person('/companions/0', `${number}9`);
  say('/companions/0/relation', 'child');
  draft.body.attested = true;
  return draft;
}

test.runIf(isThere)('signed in, declared with a companion, sent again after a lost answer, found, changed and withdrawn', async () => {
  begin();
  expect(await house.sessions.signIn(house.api)).toBe(true);
  const asked = await form();
  const draft = filled(asked, 'E1234567');
  expect(faults(asked, draft.body, house.today(draft))).toEqual([]);

  // It arrives, and every answer is lost.
  phone.connection = async (request) => {
    await server.ask(request);
    return lost();
  };
  expect((await house.sending.send(draft, asked.version)).kind).toBe('lost');
  phone.connection = (request) => server.ask(request);
  const sent = await house.sending.send(draft, asked.version);
  if (sent.kind !== 'ok') throw new Error(JSON.stringify(sent));
  expect(sent.value.pass).toMatch(/^PQ1:/);
  expect(sent.value.state).toBe('ready');
  expect(await house.passes.all()).toHaveLength(2);

  const found = await house.sending.find(sent.value.code, 'E1234567');
  expect(found.kind === 'ok' && found.value.pass).toBe(sent.value.pass);
  const read = await house.api.declaration(sent.value.code, 'E1234567');
  if (read.kind !== 'ok') throw new Error(JSON.stringify(read));
  const change = amending(house.drafts.begin('CNPEK', 'zh-Hans', '2026-11'), read.value, 'E1234567');
  enter(change.body, asked, { name: '/trip/seat', nth: 0, several: false, value: '31Ａ' });
  change.body.attested = true;
  expect(steps(asked, change.body, house.today(change), true).map(({ page }) => page)).not.toContain('companions');
  const changed = await house.sending.send(change, asked.version);
  expect(changed.kind === 'ok' && changed.value.pass !== sent.value.pass).toBe(true);

  const kept = (await house.passes.find(sent.value.code))!;
  const withdrawn = await house.sending.change(kept, 'withdraw');
  expect(withdrawn.kind === 'ok' && withdrawn.value.state).toBe('withdrawn');
});

test.runIf(isThere)('what the server does not take is told at its field, in the traveller\'s language', async () => {
  begin();
  const asked = await form();
  const draft = filled(asked, 'E7654321');
  enter(draft.body, asked, { name: '/trip/flight', nth: 0, several: false, value: 'nonsense' });
  enter(draft.body, asked, { name: '/companions/0/traveller/document/number', nth: 0, several: false, value: 'E7654321' });
  const outcome = await house.sending.send(draft, asked.version);
  expect(outcome.kind).toBe('problem');
  expect(draft.sending).toBeUndefined();
  expect((draft.refused ?? []).map(({ pointer }) => pointer)).toContain('/trip/flight');
  expect(draft.refused?.[0]?.message).toMatch(/\p{Script=Han}/u);
});
