// States and places by their three-letter code, from the server's own list (crates/core/src/country.rs).

import { DOCUMENT_CODES, PLACES } from '../generated/countries';

export interface Listed {
  code: string;
  name: string;
}

const ALIASES: { [code: string]: string } = { D: 'DEU', XKX: 'RKS', XXK: 'RKS' };

/** The stored code of a place that a person can have been in, for alpha-2 or alpha-3 in any case. */
export function placeCode(text: string): string | undefined {
  if (text.length > 3) return undefined;
  const upper = text.toUpperCase();
  const code = ALIASES[upper] ?? upper;
  return PLACES.find(([alpha2, alpha3]) => alpha3 === code || alpha2 === code)?.[1];
}

/** Every place in the order of a list to choose from: by letter in English, by pinyin in Chinese. */
export function places(language: string): Listed[] {
  if (isChinese(language)) return PLACES.map(([, code, , name]) => ({ code, name }));
  const sorted = PLACES.map(([, code, name]) => ({ code, name, key: name.replace('Å', 'A').toLowerCase() }));
  sorted.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return sorted.map(({ code, name }) => ({ code, name }));
}

/** What a nationality or an issuing state can be: every place, then the codes that only documents know. */
export function states(language: string): Listed[] {
  const extra = DOCUMENT_CODES.map(([code, en, zh]) => ({ code, name: isChinese(language) ? zh : en }));
  return places(language).concat(extra);
}

function isChinese(language: string): boolean {
  return language.startsWith('zh');
}
