// The declaration's own fields as blocks.

import type { Block, Control, Pick } from '../blocks';
import { at, JsonObject } from '../json';
import { dayIn } from '../when';
import type { Words } from '../words';
import { NO_DOCUMENT } from './body';
import { label, listed, Own } from './own';

/** What is wrong, in words, by pointer into the declaration. */
export type Told = { [pointer: string]: string[] };

/** The fields of one page; `base` is the person's pointer. */
export function ownBlocks(words: Words, own: Own[], base: string, body: JsonObject, told: Told): Block[] {
  const hasNone = at(body, `${base}/traveller/document/type`) === NO_DOCUMENT;
  const asked = own.filter(({ name }) => !(hasNone && (name === 'number' || name === 'issuer')));
  return asked.map((one) => {
    const name = base + one.pointer;
    return {
      kind: 'field',
      name,
      nth: 0,
      several: false,
      label: label(words, one),
      hint: words.find(`hint-${one.name}`) ?? '',
      optional: one.optional ? words.t('optional') : '',
      errors: told[name] ?? [],
      control: control(words, one, valueAt(body, name)),
    };
  });
}

export function valueAt(body: JsonObject, pointer: string): string {
  const value = at(body, pointer);
  return typeof value === 'string' ? value : '';
}

function control(words: Words, own: Own, value: string): Control {
  switch (own.look) {
    case 'line': return line(value, 'text', 80);
    case 'printed': return line(value, 'text', 30);
    case 'email': return line(value, 'text', 254);
    // A number keyboard has no plus sign, so a telephone number is typed on the full one.
    case 'tel': return line(value, 'text', 30);
    // A birth date may lack its day, which no calendar can say.
    case 'date': return line(value, 'text', 20);
    case 'lines': return { type: 'lines', value, max: 300 };
    case 'day': return { type: 'date', value, text: dayIn(words, value) };
    case 'sex': return { type: 'radios', picks: picks(words, own, value), other: null };
    default: return select(words, own, value);
  }
}

function line(value: string, keyboard: 'text', max: number): Control {
  return { type: 'line', value, keyboard, max };
}

function picks(words: Words, own: Own, value: string): Pick[] {
  return listed(words, own).map(({ code, name }) => ({ value: code, text: name, chosen: code === value }));
}

function select(words: Words, own: Own, value: string): Control {
  const rows = listed(words, own);
  const blank = own.optional ? words.t('issuer-as-nationality') : words.t('answer-none-yet');
  // A kind of document is always chosen: most people have a passport.
  const all = own.look === 'document-type' ? rows : [{ code: '', name: blank }, ...rows];
  const index = Math.max(0, all.findIndex(({ code }) => code === value));
  return { type: 'select', texts: all.map(({ name }) => name), values: all.map(({ code }) => code), index };
}

/** An answer in words, as it stands on the page that checks them. */
export function said(words: Words, own: Own, value: string): string {
  if (own.look === 'day' || own.look === 'date') return dayIn(words, value);
  const found = listed(words, own).find(({ code }) => code === value);
  if (found) return found.name;
  return value === '' && own.name === 'issuer' ? words.t('issuer-as-nationality') : value;
}
