// What people type, in the one way that the server writes it (crates/app/src/channels/traveller/typed.rs).

import { trim } from '../json';

/** Full-width digits and signs, which Chinese keyboards give, as ASCII. */
export function narrow(text: string): string {
  return trim(text)
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ');
}

/**
 * A date as year, month and day: `19740723`, `1974/7/23`, `1974年7月23日`; parts that are not known may be left out. What does not
 * begin with the year stays as it was typed, since 3/4 is two days of the year.
 */
export function typedDate(text: string): string {
  const typed = narrow(text);
  if (/^\d{8}$/.test(typed)) return `${typed.slice(0, 4)}-${typed.slice(4, 6)}-${typed.slice(6)}`;
  if (!/^[\d\-/. 年月日]*$/.test(typed)) return typed;
  const parts = typed.split(/\D+/).filter((part) => part !== '');
  const [year = '', ...rest] = parts;
  if (year.length !== 4 || rest.length > 2 || rest.some((part) => part.length > 2)) return typed;
  return [year, ...rest.map((part) => part.padStart(2, '0'))].join('-');
}
