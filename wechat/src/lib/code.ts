// The short code, checked before anybody is asked for it (crates/core/src/code.rs): eleven characters of Crockford's base 32, ten
// random and one to check them by.

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const WEIGHTS = [1, 3, 5, 7, 9, 11, 13, 15, 17, 19];

/** The code, or what is wrong with it: `shape` or `check`. */
export function readCode(typed: string): { code: string } | { wrong: 'shape' | 'check' } {
  const text = typed.toUpperCase().replace(/[\s\-–—]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  const values = text.split('').map((sign) => ALPHABET.indexOf(sign));
  if (values.length !== 11 || values.includes(-1)) return { wrong: 'shape' };
  const sum = WEIGHTS.reduce((all, weight, n) => all + weight * (values[n] ?? 0), 0);
  return sum % 32 === values[10] ? { code: text } : { wrong: 'check' };
}

/** In groups, as it is printed and read out: `7GQ2-M4XK-9TA`. */
export function grouped(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
}
