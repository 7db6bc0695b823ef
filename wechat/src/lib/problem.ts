// What the server answers that is no success (RFC 9457), and where on the pages it belongs.

import { messageOf, ownAt } from './declaration/own';
import type { Told } from './declaration/own_blocks';
import type { FieldError } from './form/problem';
import { atPointer, Form, inLanguage, Item } from './form/item';
import { isObject, Json, JsonObject, tokens } from './json';
import type { Words } from './words';

export interface Told422 {
  pointer: string;
  code: string;
  message: string;
}

export interface Problem {
  status: number;
  code: string;
  detail: string;
  errors: Told422[];
  /** Seconds after which another try makes sense (Retry-After). */
  retryS?: number;
  /** From when on a declaration that is too early can be confirmed. */
  countsFrom?: string;
}

/** A problem document; an answer that is none (a proxy's page) is one all the same. */
export function readProblem(status: number, body: Json | undefined, retryAfter: string | undefined): Problem {
  const json: JsonObject = isObject(body) ? body : {};
  const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
  const errors = Array.isArray(json.errors) ? json.errors.filter(isObject) : [];
  const problem: Problem = {
    status,
    code: text(json.code) || `status-${status}`,
    detail: text(json.detail),
    errors: errors.map((one) => ({ pointer: text(one.pointer), code: text(one.code), message: text(one.message) })),
  };
  const seconds = Number(retryAfter);
  if (retryAfter !== undefined && seconds >= 0) problem.retryS = seconds;
  if (json.counts_from !== undefined) problem.countsFrom = text(json.counts_from);
  return problem;
}

/** What is wrong in words, by the pointer of the field at which it is shown; what has no field stands at ''. */
export function placed(words: Words, form: Form, errors: Told422[]): Told {
  const told: Told = {};
  for (const error of errors) {
    const { pointer, message } = place(words, form, error);
    const there = (told[pointer] = told[pointer] ?? []);
    if (!there.includes(message)) there.push(message);
  }
  return told;
}

/** The same for what was found here. */
export function placedHere(words: Words, form: Form, errors: FieldError[]): Told {
  return placed(words, form, errors.map(({ pointer, code, params }) => ({ pointer, code, message: words.t(`error-${code}`, params) })));
}

function place(words: Words, form: Form, error: Told422): { pointer: string; message: string } {
  const own = ownAt(error.pointer);
  if (own) return { pointer: error.pointer, message: messageOf(words, own, error.code, error.message) };
  const found = question(form, error.pointer);
  if (!found) return { pointer: ['/attested', '/companions'].includes(error.pointer) ? error.pointer : '', message: error.message };
  const message = words.t('error-at-field', { field: inLanguage(found.item.text, words.language), message: error.message });
  return { pointer: found.pointer, message };
}

/** The question that a pointer into the declaration means. One answer of several that share a field is told at the field. */
function question(form: Form, pointer: string): { item: Item; pointer: string } | undefined {
  const keys = tokens(pointer);
  const from = keys.indexOf('answers');
  if (from < 0) return undefined;
  const found = atPointer(form.items, keys.slice(from + 1));
  if (!found) return undefined;
  const shared = found.isPart && (found.item.kind === 'choice' || found.item.kind === 'open_choice' || found.item.options.length > 0);
  return { item: found.item, pointer: shared ? pointer.slice(0, pointer.lastIndexOf('/')) : pointer };
}

/** What to show of a problem that is about no field: the server's own sentence, which is in the traveller's language. */
export function sentence(words: Words, problem: Problem): string {
  if (problem.status === 429) return words.t('mishap-429-text');
  if (problem.status >= 500) return words.t('mishap-503-text');
  return problem.detail || words.t('mishap-500-text');
}

