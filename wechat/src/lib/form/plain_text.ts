// What a person may type, by the server's rule (crates/core/src/questionnaire/plain_text.rs).

import { trim } from '../json';
import { problem, Problem } from './problem';

// Controls, line and paragraph separators, the marks that turn the direction of writing, byte order mark and noncharacters.
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;

/** The text in NFC without white space around it, or what is wrong with it. */
export function readText(text: string, many: boolean): string | Problem {
  const lines = many ? text.replace(/\r\n/g, '\n').replace(/\r/g, '\n') : text;
  const read = trim(lines).normalize('NFC');
  for (const bad of read.match(FORBIDDEN) ?? []) {
    if (many && (bad === '\n' || bad === '\t')) continue;
    const hex = bad.charCodeAt(0).toString(16).toUpperCase();
    return problem('bad-character', { character: `U+${'0000'.slice(hex.length)}${hex}` });
  }
  return read;
}

/** What is wrong with the number of characters (code points, as the server counts them). */
export function unfit(text: string, min: number, max: number): Problem | undefined {
  const length = Array.from(text).length;
  if (length < min) return problem('too-short', { min: String(min) });
  if (length > max) return problem('too-long', { max: String(max) });
  return undefined;
}
