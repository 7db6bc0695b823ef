// JSON values and the places in them (RFC 6901).

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One reference token, escaped (RFC 6901, 3). */
export function token(key: string): string {
  return key.replace(/~/g, '~0').replace(/\//g, '~1');
}

/** The reference tokens of a pointer. */
export function tokens(pointer: string): string[] {
  return pointer.split('/').slice(1).map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** Whether `pointer` is `head` or lies within it. */
export function within(head: string, pointer: string): boolean {
  return pointer === head || pointer.startsWith(`${head}/`);
}

/** What stands at a pointer. */
export function at(root: Json | undefined, pointer: string): Json | undefined {
  let here: Json | undefined = root;
  for (const key of tokens(pointer)) {
    if (Array.isArray(here)) here = here[Number(key)];
    else if (isObject(here) && Object.prototype.hasOwnProperty.call(here, key)) here = here[key];
    else return undefined;
  }
  return here;
}

/**
 * Puts a value at a pointer, making what is missing on the way; `undefined` takes it out. Whether a missing step is a list or
 * an object is for `lists` to say: a linkId may be the digit 1.
 */
export function put(root: JsonObject, pointer: string, value: Json | undefined, lists: (pointer: string) => boolean): void {
  const keys = tokens(pointer);
  let here: JsonObject | Json[] = root;
  let path = '';
  keys.forEach((key, n) => {
    path += `/${token(key)}`;
    const last = n === keys.length - 1;
    const known: Json | undefined = Array.isArray(here) ? here[Number(key)] : here[key];
    if (last) {
      write(here, key, value);
      return;
    }
    const list = lists(path);
    const next: JsonObject | Json[] = list
      ? (Array.isArray(known) ? known : [])
      : (isObject(known) ? known : {});
    write(here, key, next);
    here = next;
  });
}

function write(here: JsonObject | Json[], key: string, value: Json | undefined): void {
  if (Array.isArray(here)) {
    const n = Number(key);
    // A list has no holes: rows before this one that nobody has filled in are blank.
    while (here.length < n) here.push(null);
    here[n] = value === undefined ? null : value;
  } else if (value === undefined) delete here[key];
  else here[key] = value;
}

/** White space around a text, by Unicode's property White_Space: the server's trim, which differs from JavaScript's. */
export function trim(text: string): string {
  return text.replace(/^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g, '');
}

/** Whether nothing was said: an empty text, an empty row. */
export function isBlank(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return trim(value) === '';
  if (Array.isArray(value)) return value.every(isBlank);
  return typeof value === 'object' ? Object.keys(value).every((key) => isBlank(value[key])) : false;
}
