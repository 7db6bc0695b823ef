// What people type, in the one way that the server writes it (crates/app/src/channels/traveller/typed.rs).

import { trim } from '../json';

/** Full-width digits and signs, which Chinese keyboards give, as ASCII. */
export function narrow(text: string): string {
  return trim(text)
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ');
}

/**
 * A date as year, month and day: `19740723`, `1974/7/23`, `1974年7月23日`; parts that are not known may be left out. With
 * the year at its end it is read where only one of the other two can be the month: `3/4/1974` is two days of the year, and stays.
 */
export function typedDate(text: string): string {
  const typed = narrow(text);
  if (/^\d{8}$/.test(typed)) return `${typed.slice(0, 4)}-${typed.slice(4, 6)}-${typed.slice(6)}`;
  if (!/^[\d\-/. 年月日]*$/.test(typed)) return typed;
  const parts = typed.split(/\D+/).filter((part) => part !== '');
  const [year = '', ...rest] = parts;
  if (year.length !== 4 || rest.length > 2 || rest.some((part) => part.length > 2)) return yearLast(parts) ?? typed;
  return [year, ...rest.map((part) => part.padStart(2, '0'))].join('-');
}

/** Day and month in the one order that they can have, before a year of four digits. */
function yearLast(parts: string[]): string | undefined {
  const [first = '', second = '', year = ''] = parts;
  if (parts.length !== 3 || first.length > 2 || second.length > 2 || year.length !== 4) return undefined;
  const [one, two] = [Number(first), Number(second)];
  const isMonth = (value: number): boolean => value >= 1 && value <= 12;
  const isDay = (value: number): boolean => value >= 1 && value <= 31;
  if (!isDay(one) || !isDay(two) || isMonth(one) === isMonth(two) && (one !== two || !isMonth(one))) return undefined;
  const [day, month] = isMonth(two) ? [one, two] : [two, one];
  return [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}
