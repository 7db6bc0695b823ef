// The interface's texts in one language. Most come from the server's own files (locales/), so that a traveller reads the same
// words here and in a browser; the few that only this program needs stand in texts/.

import { PAGE_KEYS, TEXTS } from '../generated/texts';

/** A text; or texts, figures and plurals one after another. */
export type Pattern = string | Part[];
export type Part = string | { v: string; forms?: { [form: string]: Pattern } };
export type Figures = { [name: string]: string };

export const LANGUAGES = ['zh-Hans', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language that serves a phone's own best: simplified Chinese for any Chinese, else English. */
export function languageOf(tag: string): Language {
  return tag.toLowerCase().startsWith('zh') ? 'zh-Hans' : 'en';
}

export class Words {
  constructor(readonly language: Language) {}

  /** A text. One that is missing shows its key, in brackets that no text has; a test looks for them. */
  t(key: string, figures: Figures = {}): string {
    return this.find(key, figures) ?? `⟦${key}⟧`;
  }

  find(key: string, figures: Figures = {}): string | undefined {
    const pattern = TEXTS[this.language]?.[key] ?? TEXTS.en?.[key];
    return pattern === undefined ? undefined : shown(pattern, figures, this.language);
  }

  /** The texts that a page's markup shows. */
  ofPage(page: string): { [key: string]: string } {
    const texts: { [key: string]: string } = {};
    for (const key of PAGE_KEYS[page] ?? []) texts[key] = this.t(key);
    return texts;
  }
}

function shown(pattern: Pattern, figures: Figures, language: Language): string {
  if (typeof pattern === 'string') return pattern;
  return pattern.map((part) => (typeof part === 'string' ? part : figure(part, figures, language))).join('');
}

function figure(part: { v: string; forms?: { [form: string]: Pattern } }, figures: Figures, language: Language): string {
  const value = figures[part.v] ?? '';
  if (!part.forms) return value;
  // CLDR's cardinal plurals: English has a form for 1, Chinese has none.
  const plural = language === 'en' && value === '1' ? 'one' : 'other';
  return shown(part.forms[value] ?? part.forms[plural] ?? part.forms.other ?? '', figures, language);
}
