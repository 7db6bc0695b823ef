// One value of each kind of question to its canonical form, by the server's rules (crates/core/src/questionnaire/kind/).

import { placeCode } from '../countries';
import { Json, trim } from '../json';
import { onDay, readDate } from './calendar';
import { Item, Kind, LINE_MAX, TEXT_MAX } from './item';
import { readText, unfit } from './plain_text';
import { problem, Problem } from './problem';

type Check = (item: Item, value: Json, today: string) => Json | Problem;

function refuse(item: Item): Problem {
  return problem('wrong-type', { expected: item.kind });
}

function pick(item: Item, code: string): string | Problem {
  return item.options.some((option) => option.code === code) ? code : problem('not-an-option');
}

function words(many: boolean): Check {
  return (item, value) => {
    if (typeof value !== 'string') return refuse(item);
    const most = many ? TEXT_MAX : LINE_MAX;
    const text = readText(value, many);
    if (text instanceof Problem) return text;
    const wrong = unfit(text, item.bounds.lengthMin ?? 0, Math.min(item.bounds.lengthMax ?? most, most));
    return wrong ?? (item.options.length === 0 ? text : pick(item, text));
  };
}

function within(item: Item, number: number): Problem | undefined {
  const { numberMin, numberMax } = item.bounds;
  if (numberMin !== undefined && number < numberMin) return problem('too-small', { min: String(numberMin) });
  if (numberMax !== undefined && number > numberMax) return problem('too-large', { max: String(numberMax) });
  return undefined;
}

/** Digits after the point when the number is written without an exponent. */
export function decimals(number: number): number {
  const [digits = '', exponent = '0'] = String(number).split('e');
  return Math.max(0, (digits.split('.')[1] ?? '').length - Number(exponent));
}

const decimal: Check = (item, value) => {
  if (typeof value !== 'number') return problem('not-a-number');
  const wrong = within(item, value);
  if (wrong) return wrong;
  const most = item.bounds.decimalsMax;
  return most !== undefined && decimals(value) > most ? problem('too-many-decimals', { max: String(most) }) : value;
};

const integer: Check = (item, value) => {
  const whole = typeof value === 'number' && Math.floor(value) === value && Math.abs(value) <= 2 ** 31 && value !== 2 ** 31;
  return whole ? within(item, value as number) ?? value : problem('not-a-whole-number');
};

const date: Check = (item, value, today) => {
  const day = typeof value === 'string' ? readDate(trim(value)) : undefined;
  if (day === undefined) return problem('not-a-date');
  const { dateMin, dateMax } = item.bounds;
  const min = dateMin && onDay(dateMin, today);
  const max = dateMax && onDay(dateMax, today);
  if (min !== undefined && day < min) return problem('too-early', { min });
  if (max !== undefined && day > max) return problem('too-late', { max });
  return day;
};

const choice: Check = (item, value) => {
  if (typeof value !== 'string') return refuse(item);
  if (item.options.length > 0) return pick(item, trim(value));
  const code = readText(value, false);
  return code instanceof Problem ? code : unfit(code, 0, LINE_MAX) ?? code;
};

const openChoice: Check = (item, value) => {
  if (typeof value !== 'string') return refuse(item);
  const code = pick(item, trim(value));
  if (!(code instanceof Problem)) return code;
  const text = readText(value, false);
  if (text instanceof Problem) return text;
  return unfit(text, item.bounds.lengthMin ?? 0, Math.min(item.bounds.lengthMax ?? LINE_MAX, LINE_MAX)) ?? text;
};

const country: Check = (item, value) => {
  if (typeof value !== 'string') return refuse(item);
  return placeCode(trim(value)) ?? problem('not-a-country');
};

const CHECKS: { [kind in Kind]: Check } = {
  group: refuse,
  display: () => problem('not-a-question'),
  boolean: (item, value) => (typeof value === 'boolean' ? value : refuse(item)),
  string: words(false),
  text: words(true),
  integer,
  decimal,
  date,
  choice,
  open_choice: openChoice,
  country,
};

/** One value, never blank, to its canonical form, or what is wrong with it. */
export function check(item: Item, value: Json, today: string): Json | Problem {
  return CHECKS[item.kind](item, value, today);
}

/** Whether the same answer given twice counts once: kinds that choose. */
export function chooses(kind: Kind): boolean {
  return kind === 'choice' || kind === 'open_choice' || kind === 'string' || kind === 'text';
}

/** The value of what was typed; what is not of the kind stays a text, so that the fault is named and nothing typed is lost. */
export function typedValue(kind: Kind, typed: string): Json {
  const text = trim(typed);
  if (kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (kind === 'integer' && /^[+-]?\d{1,15}$/.test(text)) return Number(text);
  if (kind === 'decimal' && /^[+-]?(\d+[.,]?\d*|[.,]\d+)$/.test(text)) return Number(text.replace(',', '.'));
  return text;
}
