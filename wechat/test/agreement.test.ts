// The same form, the same answers, the same verdict as the server's engine (crates/core/tests/questionnaire_agreement.rs).

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseForm } from '../src/lib/form/parse';
import { accepted, errorsOf, Visible, walk } from '../src/lib/form/walk';
import type { JsonObject } from '../src/lib/json';

interface Case {
  answers: JsonObject;
  visible: string[];
  accepted?: JsonObject;
  errors?: [string, string, { [name: string]: string }][];
}

const root = join(import.meta.dirname, '../..');
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const { today, forms } = read('wechat/test/agreement.json') as { today: string; forms: { [name: string]: { form: string; cases: Case[] } } };

function pointers(shown: Visible[]): string[] {
  return shown.flatMap((one) => [one.pointer, ...one.rows.flatMap(pointers)]);
}

test.each(Object.keys(forms))('%s: what is asked, what is wrong and what is accepted is what the server says', (name) => {
  const { form, cases } = forms[name]!;
  const parsed = parseForm(read(form));
  expect(cases.filter((one) => one.accepted).length).toBeGreaterThan(30);
  expect(cases.filter((one) => one.errors).length).toBeGreaterThan(30);
  for (const one of cases) {
    const walked = walk(parsed, one.answers, today);
    const errors = errorsOf(walked).map(({ pointer, code, params }) => [pointer, code, params]);
    const told = JSON.stringify(one.answers);
    expect(pointers(walked.visible), told).toEqual(one.visible);
    expect(errors, told).toEqual(one.errors ?? []);
    if (one.accepted) expect(accepted(walked.visible) ?? {}, told).toEqual(one.accepted);
  }
});
