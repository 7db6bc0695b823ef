// The way through a declaration: one page after another, derived from what is drafted and never stored, as on the server's pages
// (crates/app/src/channels/traveller/step.rs).

import type { Form } from '../form/item';
import { walk } from '../form/walk';
import { at, isObject, JsonObject, token, within } from '../json';
import { companions } from './body';

export type Page = 'trip' | 'you' | 'contact' | 'questions' | 'companions' | 'check';

export interface Step {
  page: Page;
  /** Number of the companion whose page it is; -1 for the declarer's own. */
  person: number;
  /** linkId of the section on a page of questions. */
  section: string;
}

export const DECLARER = -1;

export function step(page: Page, person = DECLARER, section = ''): Step {
  return { page, person, section };
}

/** The pointer of a person in the declaration. */
export function baseOf(person: number): string {
  return person === DECLARER ? '' : `/companions/${person}`;
}

export function answersOf(body: JsonObject, person: number): JsonObject {
  const answers = at(body, `${baseOf(person)}/answers`);
  return isObject(answers) ? answers : {};
}

/** Every page that there is for this draft, in order. Whoever changes a declaration changes one person's: then nobody is added. */
export function steps(form: Form, body: JsonObject, today: string, amending: boolean): Step[] {
  const sections = (person: number): Step[] =>
    walk(form, answersOf(body, person), today).visible
      .filter(({ item }) => item.kind !== 'display')
      .map(({ item }) => step('questions', person, item.linkId));
  const mine = [step('trip'), step('you'), step('contact'), ...sections(DECLARER)];
  if (amending) return [...mine, step('check')];
  const others = companions(body).map((_, n) => [step('you', n), ...sections(n)]);
  return [...mine, step('companions'), ...([] as Step[]).concat(...others), step('check')];
}

export function same(a: Step, b: Step): boolean {
  return a.page === b.page && a.person === b.person && a.section === b.section;
}

/** The page after this one; the first, after none that there is (any more). */
export function after(all: Step[], here: Step): Step {
  const n = all.findIndex((one) => same(one, here));
  return all[n + 1] ?? step('check');
}

/** The address of the page inside the mini-program. */
export function address(one: Step): string {
  const person = one.person === DECLARER ? [] : [`person=${one.person}`];
  const section = one.section === '' ? [] : [`section=${encodeURIComponent(one.section)}`];
  const query = [...person, ...section].join('&');
  return `/pages/${one.page}/${one.page}${query === '' ? '' : `?${query}`}`;
}

/** The page that an address means. */
export function ofQuery(page: Page, query: { [name: string]: string | undefined }): Step {
  const person = /^\d$/.test(query.person ?? '') ? Number(query.person) : DECLARER;
  return step(page, person, decodeURIComponent(query.section ?? ''));
}

/** Whether the field with this pointer is on the page. */
export function owns(one: Step, pointer: string): boolean {
  const base = baseOf(one.person);
  switch (one.page) {
    case 'trip': return within('/trip', pointer);
    case 'you':
      return within(`${base}/traveller`, pointer) || (base !== '' && ['relation', 'seat'].some((f) => within(`${base}/${f}`, pointer)));
    case 'contact': return within('/contact', pointer);
    case 'questions': return within(`${base}/answers/${token(one.section)}`, pointer);
    case 'companions': return pointer === '/companions';
    case 'check': return pointer === '/attested';
  }
}

/** The page before this one; none before the first. */
export function before(all: Step[], here: Step): Step | undefined {
  return all[all.findIndex((one) => same(one, here)) - 1];
}
