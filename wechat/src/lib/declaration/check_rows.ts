// Everything once more before it is sent, page by page, each answer in words.

import { countMin, Form, inLanguage, isRows } from '../form/item';
import { choosesFromOptions, textsOf } from '../form/asked';
import { Visible, walk } from '../form/walk';
import { places } from '../countries';
import { JsonObject } from '../json';
import { dayIn } from '../when';
import type { Words } from '../words';
import { companions, NO_DOCUMENT } from './body';
import { COMPANION, CONTACT, label, Own, PERSON, TRIP } from './own';
import { said, valueAt } from './own_blocks';
import { address, answersOf, baseOf, DECLARER, step, Step } from './steps';

export interface CheckRow {
  label: string;
  value: string;
}

export interface CheckSection {
  /** Whose answers they are, if not the declarer's own. */
  caption: string;
  heading: string;
  /** The page that changes them. */
  url: string;
  rows: CheckRow[];
}

export function checkSections(words: Words, form: Form, body: JsonObject, today: string): CheckSection[] {
  const own = (where: Step, heading: string, list: Own[]): CheckSection => section(words, body, where, heading, ownRows(words, list, body, where));
  const mine = [
    own(step('trip'), words.t('step-trip'), TRIP),
    own(step('you'), words.t('step-you'), PERSON),
    own(step('contact'), words.t('step-contact'), CONTACT),
    ...formSections(words, form, body, today, DECLARER),
  ];
  const others = companions(body).map((_, n) => [
    own(step('you', n), words.t('step-companion'), [...PERSON, ...COMPANION]),
    ...formSections(words, form, body, today, n),
  ]);
  return mine.concat(...others);
}

/** The name of a person, or their number while there is none. */
export function nameOf(words: Words, body: JsonObject, person: number): string {
  const base = `${baseOf(person)}/traveller/name`;
  const parts = ['primary', 'secondary'].map((part) => valueAt(body, `${base}/${part}`)).filter((part) => part !== '');
  return parts.join(' ') || words.t('person-number', { count: String(person + 2) });
}

function section(words: Words, body: JsonObject, where: Step, heading: string, rows: CheckRow[]): CheckSection {
  const to = address(where);
  return {
    caption: where.person === DECLARER ? '' : nameOf(words, body, where.person),
    heading,
    url: `${to}${to.includes('?') ? '&' : '?'}then=check`,
    rows,
  };
}

function ownRows(words: Words, list: Own[], body: JsonObject, where: Step): CheckRow[] {
  const base = baseOf(where.person);
  const hasNone = valueAt(body, `${base}/traveller/document/type`) === NO_DOCUMENT;
  const shown = list.filter(({ name }) => !(hasNone && (name === 'number' || name === 'issuer')));
  return shown.map((own) => {
    const value = said(words, own, valueAt(body, base + own.pointer));
    return { label: label(words, own), value: value || empty(words, own.optional || own.name === 'phone') };
  });
}

function formSections(words: Words, form: Form, body: JsonObject, today: string, person: number): CheckSection[] {
  const { visible } = walk(form, answersOf(body, person), today);
  const sections = visible.map((shown) => {
    const heading = inLanguage(shown.item.text, words.language);
    return section(words, body, step('questions', person, shown.item.linkId), heading, rowsOf(words, shown, ''));
  });
  return sections.filter(({ rows }) => rows.length > 0);
}

function rowsOf(words: Words, shown: Visible, before: string): CheckRow[] {
  const { item } = shown;
  if (item.kind === 'display') return [];
  // Rows of which there is none were left out, as one question is.
  const isLeftOut = isRows(item) && shown.rows.length === 0;
  if (item.kind !== 'group' || isLeftOut) return [{ label: before + inLanguage(item.text, words.language), value: answer(words, shown) }];
  return ([] as CheckRow[]).concat(...shown.rows.map((row, n) => {
    const head = isRows(item) ? `${words.t('row-number', { count: String(n + 1) })} · ` : '';
    return ([] as CheckRow[]).concat(...row.map((inner) => rowsOf(words, inner, before + head)));
  }));
}

/** An answer in words. */
function answer(words: Words, { item, given }: Visible): string {
  const { language } = words;
  const listed = item.kind === 'country' ? places(language) : [];
  const texts = textsOf(given).map((text) => {
    if (item.kind === 'boolean') return text === 'true' ? words.t('answer-yes') : text === 'false' ? words.t('answer-no') : text;
    if (item.kind === 'date') return dayIn(words, text);
    if (item.kind === 'country') return listed.find(({ code }) => code === text)?.name ?? text;
    const option = choosesFromOptions(item) ? item.options.find(({ code }) => code === text) : undefined;
    return option ? inLanguage(option.text, language) || option.code : text;
  });
  return texts.join(language === 'en' ? '; ' : '；') || empty(words, countMin(item) === 0);
}

function empty(words: Words, optional: boolean): string {
  return optional ? words.t('check-left-out') : words.t('check-missing');
}
