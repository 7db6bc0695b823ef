// What a person gave, by question: answers may stand inside their group or, linkIds being unique, directly beside it.

import { isBlank, isObject, Json, JsonObject, token } from '../json';
import { inScope, Item, isRows } from './item';
import { FieldError, fieldError, problem } from './problem';

/** Where an answer stood, and what it is. */
export interface Found {
  pointer: string;
  value: Json;
}

/** The answers of one scope: the whole form, or one row of a repeating group. */
export class Given {
  private readonly found = new Map<string, Found>();

  constructor(items: Item[], answers: JsonObject, at: string, private readonly stray: FieldError[]) {
    this.add(items, answers, at);
  }

  /** Nothing if it is blank or missing. */
  get(linkId: string): Found | undefined {
    const found = this.evenBlank(linkId);
    return found && !isBlank(found.value) ? found : undefined;
  }

  /** The same, also where what was given is blank: rows that wait to be filled in. */
  evenBlank(linkId: string): Found | undefined {
    return this.found.get(linkId);
  }

  private add(items: Item[], answers: JsonObject, at: string): void {
    // The server reads members in the order of their names.
    for (const linkId of Object.keys(answers).sort(byCodePoint)) {
      const value = answers[linkId] ?? null;
      const pointer = `${at}/${token(linkId)}`;
      const item = inScope(items, linkId);
      if (!item) this.say('unknown-question', pointer);
      else if (item.kind === 'group' && !isRows(item)) this.group(item, value, pointer);
      else if (item.kind === 'display' && !isBlank(value)) this.say('not-a-question', pointer);
      else this.put(linkId, pointer, value);
    }
  }

  private group(item: Item, value: Json, pointer: string): void {
    if (isObject(value)) this.add(item.children, value, pointer);
    else if (!isBlank(value)) this.stray.push(fieldError(problem('wrong-type', { expected: 'group' }), pointer));
  }

  /** A blank answer gives way to another. */
  private put(linkId: string, pointer: string, value: Json): void {
    if (!this.get(linkId)) this.found.set(linkId, { pointer, value });
    else if (!isBlank(value)) this.say('given-twice', pointer);
  }

  private say(code: string, pointer: string): void {
    this.stray.push(fieldError(problem(code), pointer));
  }
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
