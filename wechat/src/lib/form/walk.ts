// The one walk over a form with its answers: what is asked, what was given there, what is wrong with it. It must find what the
// server finds (crates/core/src/questionnaire/walk.rs); test/agreement.test.ts holds the two together.

import { isBlank, isObject, Json, JsonObject, token } from '../json';
import { holds } from './condition';
import { Found, Given } from './given';
import { countMax, countMin, Form, Item, isRows } from './item';
import { check, chooses } from './kinds';
import { FieldError, fieldError, problem, Problem } from './problem';

/** An item that is asked now. A page shows these and no others. */
export interface Visible {
  item: Item;
  /** Where its answer belongs (RFC 6901, into the answers). */
  pointer: string;
  /** The answer as it was given, wrong or not. */
  given?: Json;
  /** The items of a group: one row, or of a repeating group as many as were given. */
  rows: Visible[][];
  /** What is wrong here, not inside. */
  errors: FieldError[];
  accepted?: Json;
}

export interface Walked {
  visible: Visible[];
  /** What belongs to no item that is asked. */
  stray: FieldError[];
}

export function walk(form: Form, answers: JsonObject, today: string): Walked {
  const walker = new Walker(today);
  const given = new Given(form.items, answers, '', walker.stray);
  return { visible: walker.items(form.items, given, ''), stray: walker.stray };
}

/** Everything that is wrong, first what belongs nowhere, then in the form's order. */
export function errorsOf(walked: Walked): FieldError[] {
  return walked.stray.concat(...walked.visible.map(errorsWithin));
}

export function errorsWithin(shown: Visible): FieldError[] {
  return shown.errors.concat(...shown.rows.map((row) => ([] as FieldError[]).concat(...row.map(errorsWithin))));
}

/** The accepted answers of these items as one object; nothing if there are none. */
export function accepted(items: Visible[]): JsonObject | undefined {
  const fields: JsonObject = {};
  for (const shown of items) if (shown.accepted !== undefined) fields[shown.item.linkId] = shown.accepted;
  return Object.keys(fields).length > 0 ? fields : undefined;
}

function isComplete(shown: Visible): boolean {
  return errorsWithin(shown).length === 0;
}

function forgive(shown: Visible): void {
  shown.errors = [];
  shown.rows.forEach((row) => row.forEach(forgive));
}

class Walker {
  readonly stray: FieldError[] = [];
  /** The accepted answers so far, by linkId: the whole form's, then those of each row that we are in. */
  private readonly known: Map<string, Json[]>[] = [new Map()];

  constructor(private readonly today: string) {}

  items(items: Item[], given: Given, at: string): Visible[] {
    const visible: Visible[] = [];
    for (const item of items) {
      // One after another: what is answered here decides whether the next is asked.
      if (this.isEnabled(item)) visible.push(this.one(item, given, `${at}/${token(item.linkId)}`));
    }
    return visible;
  }

  private one(item: Item, given: Given, pointer: string): Visible {
    if (isRows(item)) return this.rows(item, given, pointer);
    if (item.kind === 'group') return this.group(item, given, pointer);
    return item.kind === 'display' ? bare(item, pointer) : this.question(item, given, pointer);
  }

  private isEnabled(item: Item): boolean {
    if (item.conditions.length === 0) return true;
    const met = item.conditions.map((condition) => holds(condition, this.answersTo(condition.question)));
    return item.any ? met.some(Boolean) : met.every(Boolean);
  }

  private answersTo(question: string): Json[] {
    for (let n = this.known.length - 1; n >= 0; n -= 1) {
      const found = this.known[n]?.get(question);
      if (found) return found;
    }
    return [];
  }

  private group(item: Item, given: Given, pointer: string): Visible {
    const inner = this.items(item.children, given, pointer);
    const group = bare(item, pointer);
    group.accepted = accepted(inner);
    if (item.required && group.accepted === undefined && inner.every(isComplete)) {
      group.errors.push(fieldError(problem('required'), pointer));
    }
    group.rows = [inner];
    return group;
  }

  private rows(item: Item, given: Given, pointer: string): Visible {
    const group = bare(item, pointer);
    const found = given.evenBlank(item.linkId);
    if (!found) {
      group.errors.push(...tooFew(item, 0, pointer));
      return group;
    }
    group.given = found.value;
    const values = several(item, found);
    if (!Array.isArray(values)) {
      group.errors.push(values);
      return group;
    }
    const objects: Json[] = [];
    let wrong = 0;
    values.forEach((row, n) => {
      const inner = this.row(item, row, { to: `${pointer}/${n}`, from: `${found.pointer}/${n}` });
      if (!Array.isArray(inner)) {
        group.errors.push(inner);
        return;
      }
      const object = accepted(inner);
      if (object === undefined && !inner.every(isComplete)) wrong += 1;
      if (object !== undefined) objects.push(object);
      group.rows.push(inner);
    });
    group.errors.push(...tooFew(item, objects.length + wrong, found.pointer));
    if (objects.length > 0) group.accepted = objects;
    return group;
  }

  /** One row of a repeating group. In a blank one nothing is missing: a page offers it to be filled in. */
  private row(item: Item, row: Json, place: { to: string; from: string }): Visible[] | FieldError {
    const blank = isBlank(row);
    if (!blank && !isObject(row)) return fieldError(problem('wrong-type', { expected: item.kind }), place.from);
    const scope = new Given(item.children, !blank && isObject(row) ? row : {}, place.from, this.stray);
    this.known.push(new Map());
    const inner = this.items(item.children, scope, place.to);
    this.known.pop();
    if (blank) inner.forEach(forgive);
    return inner;
  }

  private question(item: Item, given: Given, pointer: string): Visible {
    const question = bare(item, pointer);
    const found = given.get(item.linkId);
    if (!found) {
      question.errors.push(...tooFew(item, 0, pointer));
      return question;
    }
    question.given = found.value;
    const { answers, errors } = this.answers(item, found);
    if (errors.length > 0) {
      question.errors = errors;
      return question;
    }
    this.known[this.known.length - 1]?.set(item.linkId, answers);
    question.accepted = item.repeats ? answers : answers[0];
    return question;
  }

  /** The canonical answers of one question. The same option ticked twice is ticked. */
  private answers(item: Item, found: Found): { answers: Json[]; errors: FieldError[] } {
    if (!item.repeats) {
      const value = one(item, found.value);
      const read = value instanceof Problem ? value : check(item, value, this.today);
      return read instanceof Problem
        ? { answers: [], errors: [fieldError(read, found.pointer)] }
        : { answers: [read], errors: [] };
    }
    const values = several(item, found);
    if (!Array.isArray(values)) return { answers: [], errors: [values] };
    const answers: Json[] = [];
    const errors: FieldError[] = [];
    values.forEach((value, n) => {
      if (isBlank(value)) return;
      const read = check(item, value, this.today);
      if (read instanceof Problem) errors.push(fieldError(read, `${found.pointer}/${n}`));
      else if (!chooses(item.kind) || !answers.includes(read)) answers.push(read);
    });
    errors.push(...tooFew(item, answers.length + errors.length, found.pointer));
    return { answers, errors };
  }
}

function bare(item: Item, pointer: string): Visible {
  return { item, pointer, rows: [], errors: [] };
}

/** The answer of a question that takes one; several are too many. */
function one(item: Item, value: Json): Json | Problem {
  if (!Array.isArray(value)) return value;
  return value.length > 1 ? problem('too-many', { max: '1' }) : problem('wrong-type', { expected: item.kind });
}

/** The answers of a question, or the rows of a group, that takes several. */
function several(item: Item, found: Found): Json[] | FieldError {
  const { value, pointer } = found;
  if (!Array.isArray(value)) {
    return isBlank(value) ? [] : fieldError(problem('wrong-type', { expected: 'array' }), pointer);
  }
  const most = countMax(item);
  const count = value.length > 10 * most ? value.length : value.filter((one) => !isBlank(one)).length;
  return count > most ? fieldError(problem('too-many', { max: String(most) }), pointer) : value;
}

function tooFew(item: Item, count: number, pointer: string): FieldError[] {
  const min = countMin(item);
  if (count >= min) return [];
  const what = count === 0 ? problem('required') : problem('too-few', { min: String(min) });
  return [fieldError(what, pointer)];
}
