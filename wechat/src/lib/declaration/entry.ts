// What a page's controls say, put into the draft.

import { OTHER } from '../blocks';
import { atPointer, Form, isRows, Item } from '../form/item';
import { typedValue } from '../form/kinds';
import { at, Json, JsonObject, tokens } from '../json';
import { type } from './body';
import { ownAt } from './own';
import { narrow, typedDate } from './typed';

export interface Entry {
  name: string;
  nth: number;
  several: boolean;
  value: string | string[];
}

/** Puts an answer into the declaration. Whether a line for own words was opened is told: no answer says so yet. */
export function enter(body: JsonObject, form: Form, entry: Entry): { opened: boolean } {
  const { name, value } = entry;
  if (value === OTHER) {
    type(body, name, undefined, form.items);
    return { opened: true };
  }
  const item = itemAt(form, name);
  if (Array.isArray(value)) type(body, name, value, form.items);
  else type(body, entry.several ? `${name}/${entry.nth}` : name, item ? ofItem(item, value) : ofOwn(name, value), form.items);
  return { opened: false };
}

/** One more row, or one more answer; a page shows one even where there is none. */
export function add(body: JsonObject, form: Form, name: string): void {
  const there = at(body, name);
  const count = Math.max(Array.isArray(there) ? there.length : 0, 1);
  type(body, `${name}/${count}`, undefined, form.items);
}

/** Takes a row out. */
export function remove(body: JsonObject, name: string): void {
  const cut = name.lastIndexOf('/');
  const list = at(body, name.slice(0, cut));
  if (Array.isArray(list)) list.splice(Number(name.slice(cut + 1)), 1);
}

export function itemAt(form: Form, pointer: string): Item | undefined {
  const keys = tokens(pointer);
  const from = keys.indexOf('answers');
  const found = from < 0 ? undefined : atPointer(form.items, keys.slice(from + 1));
  return found && !isRows(found.item) ? found.item : undefined;
}

function ofItem(item: Item, text: string): Json {
  return typedValue(item.kind, item.kind === 'date' ? typedDate(text) : item.kind === 'integer' || item.kind === 'decimal' ? narrow(text) : text);
}

function ofOwn(pointer: string, text: string): Json {
  switch (ownAt(pointer)?.look) {
    case 'day':
    case 'date': return typedDate(text);
    case 'printed':
    case 'tel':
    case 'email': return narrow(text);
    default: return text;
  }
}

