// Who travels along, as the page that lists them shows it.

import type { Form } from '../form/item';
import type { JsonObject } from '../json';
import type { Words } from '../words';
import { companions, COMPANIONS_MAX } from './body';
import { faults } from './faults';
import { nameOf } from './check_rows';
import { address, step } from './steps';

export interface Listed {
  name: string;
  unfinished: boolean;
  /** The first page about them. */
  url: string;
}

export function party(words: Words, form: Form, body: JsonObject, today: string): Listed[] {
  const wrong = faults(form, body, today);
  return companions(body).map((_, n) => ({
    name: nameOf(words, body, n),
    unfinished: wrong.some(({ pointer }) => pointer.startsWith(`/companions/${n}/`)),
    url: address(step('you', n)),
  }));
}

export function hasRoom(body: JsonObject): boolean {
  return companions(body).length < COMPANIONS_MAX;
}
