// Words to read: help, privacy, who runs this.

import type { Words } from './words';

export interface Part {
  title: string;
  text: string;
}

/** The headings and paragraphs of `help`, `privacy` or `about`. */
export function parts(words: Words, name: string): Part[] {
  const found: Part[] = [];
  for (let n = 1; ; n += 1) {
    const title = words.find(`read-${name}-${n}-title`);
    if (title === undefined) return found;
    found.push({ title, text: words.t(`read-${name}-${n}-text`) });
  }
}

export function heading(words: Words, name: string): string {
  return words.t(`read-${name}-title`);
}
