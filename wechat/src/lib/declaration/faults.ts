// What can be said of a declaration before the server sees it: what is missing, and answers that the form does not take. The
// server checks all of it again and its word holds.

import { FieldError, problem, fieldError } from '../form/problem';
import { readDate } from '../form/calendar';
import type { Form } from '../form/item';
import { errorsOf, walk } from '../form/walk';
import { isBlank, JsonObject, at } from '../json';
import { companions, NO_DOCUMENT } from './body';
import { COMPANION, CONTACT, Own, PERSON, TRIP } from './own';
import { answersOf, baseOf, DECLARER } from './steps';

/** Every fault, each with a pointer into the declaration. */
export function faults(form: Form, body: JsonObject, today: string): FieldError[] {
  const people = [DECLARER, ...companions(body).map((_, n) => n)];
  const ofPeople = people.map((person) => {
    const base = baseOf(person);
    const own = person === DECLARER ? [...TRIP, ...PERSON, ...CONTACT] : [...PERSON, ...COMPANION];
    const answers = errorsOf(walk(form, answersOf(body, person), today));
    return ownFaults(own, base, body).concat(answers.map((one) => ({ ...one, pointer: `${base}/answers${one.pointer}` })));
  });
  return ([] as FieldError[]).concat(...ofPeople);
}

function ownFaults(list: Own[], base: string, body: JsonObject): FieldError[] {
  const found: FieldError[] = [];
  const hasNone = at(body, `${base}/traveller/document/type`) === NO_DOCUMENT;
  for (const own of list) {
    const pointer = base + own.pointer;
    const value = at(body, pointer);
    const code = isBlank(value) ? missing(own, body, hasNone) : wrong(own, String(value));
    if (code) found.push(fieldError(problem(code), pointer));
  }
  return found;
}

function missing(own: Own, body: JsonObject, hasNone: boolean): string | undefined {
  if (own.name === 'phone') return isBlank(at(body, '/contact/email')) ? 'contact-missing' : undefined;
  // No kind of document chosen is the first of the list, a passport.
  if (own.optional || own.name === 'document-type' || (own.name === 'number' && hasNone)) return undefined;
  return 'required';
}

function wrong(own: Own, value: string): string | undefined {
  if (own.look === 'day') return readDate(value) ? undefined : 'not-a-date';
  if (own.look !== 'date') return undefined;
  const isPart = /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(value);
  return isPart || readDate(value) ? undefined : 'not-a-date';
}
