// A form as the walk reads it: the same shape as the server's (crates/core/src/questionnaire/item.rs).

import type { Json } from '../json';
import type { DateBound } from './calendar';

export type Kind =
  | 'group' | 'display' | 'boolean' | 'string' | 'text' | 'integer' | 'decimal' | 'date' | 'choice' | 'open_choice' | 'country';

/** A text by BCP 47 tag. */
export type Text = { [tag: string]: string };

export interface Choice {
  code: string;
  text: Text;
}

export type Operator = 'exists' | '=' | '!=' | '>' | '<' | '>=' | '<=';

export interface Condition {
  question: string;
  operator: Operator;
  /** A canonical answer, or for `exists` whether there is one. */
  expected: Json;
}

export interface Bounds {
  numberMin?: number;
  numberMax?: number;
  dateMin?: DateBound;
  dateMax?: DateBound;
  lengthMin?: number;
  lengthMax?: number;
  countMin?: number;
  countMax?: number;
  decimalsMax?: number;
}

export interface Item {
  linkId: string;
  kind: Kind;
  required: boolean;
  repeats: boolean;
  bounds: Bounds;
  options: Choice[];
  conditions: Condition[];
  any: boolean;
  children: Item[];
  text: Text;
  help?: Text;
}

export interface Form {
  url: string;
  version: string;
  items: Item[];
}

/** The server's own limits (crates/core/src/questionnaire/bounds.rs). */
export const COUNT_MAX = 100;
export const LINE_MAX = 255;
export const TEXT_MAX = 2000;

export function isQuestion(item: Item): boolean {
  return item.kind !== 'group' && item.kind !== 'display';
}

export function isRows(item: Item): boolean {
  return item.kind === 'group' && item.repeats;
}

export function countMin(item: Item): number {
  return Math.max(item.bounds.countMin ?? 0, item.required ? 1 : 0);
}

export function countMax(item: Item): number {
  return item.repeats ? Math.min(item.bounds.countMax ?? COUNT_MAX, COUNT_MAX) : 1;
}

/** The item with this linkId among these and in the groups that do not repeat. */
export function inScope(items: Item[], linkId: string): Item | undefined {
  for (const item of items) {
    if (item.linkId === linkId) return item;
    const inner = isRows(item) ? undefined : inScope(item.children, linkId);
    if (inner) return inner;
  }
  return undefined;
}

/** Every item at any depth, parents before children. */
export function each(items: Item[]): Item[] {
  return items.reduce<Item[]>((all, item) => all.concat(item, each(item.children)), []);
}

/** Where reference tokens into the answers lead: to an item, or to one row or answer of an item that repeats. */
export function atPointer(items: Item[], keys: string[]): { item: Item; isPart: boolean } | undefined {
  const [key, ...rest] = keys;
  const item = items.find((one) => one.linkId === key);
  if (!item || rest.length === 0) return item && { item, isPart: false };
  const inner = item.repeats ? rest.slice(1) : rest;
  return inner.length === 0 ? { item, isPart: true } : atPointer(item.children, inner);
}

/** The text in this language, else in English, else empty. */
export function inLanguage(text: Text | undefined, language: string): string {
  return text?.[language] ?? text?.en ?? '';
}
