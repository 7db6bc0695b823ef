// Words to read: help, who runs this, and the privacy notice of a port.

import { NOTICES } from '../generated/notice';
import { inLanguage, Text } from './form/item';
import { firstPort } from './ports';
import type { Words } from './words';

export interface Part {
  title: string;
  text: string;
}

/** A privacy notice as the port's data have it; `days` says how long each purpose keeps what. */
export interface Notice {
  version: string;
  parts: { title: Text; text: Text; terms?: boolean }[];
  days: { [what: string]: number };
}

/** The headings and paragraphs of `help` or `about`; of `privacy`, those of the port's notice. */
export function parts(words: Words, name: string, port?: string): Part[] {
  if (name === 'privacy') return told(words, noticeOf(port));
  const found: Part[] = [];
  for (let n = 1; ; n += 1) {
    const title = words.find(`read-${name}-${n}-title`);
    if (title === undefined) return found;
    found.push({ title, text: words.t(`read-${name}-${n}-text`) });
  }
}

/** The notice that a port shows; the first port's where none is chosen yet. */
export function noticeOf(port?: string): Notice {
  // reason: the build writes one for every port.
  return (NOTICES[port ?? ''] ?? NOTICES[firstPort().code]) as Notice;
}

function told(words: Words, notice: Notice): Part[] {
  return notice.parts.map((part) => {
    const text = inLanguage(part.text, words.language);
    return { title: inLanguage(part.title, words.language), text: part.terms ? `${text}\n\n${terms(words, notice)}` : text };
  });
}

function terms(words: Words, notice: Notice): string {
  const line = (what: string) =>
    `${words.t(`kept-for-${what}`)}: ${words.t('kept-days', { days: String(notice.days[what] ?? 0) })}`;
  return Object.keys(notice.days).map(line).join('\n');
}

export function heading(words: Words, name: string): string {
  return name === 'privacy' ? words.t('privacy-title') : words.t(`read-${name}-title`);
}
