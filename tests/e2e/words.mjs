// The interface's words, from the files that the server is built with: a test names the key, in every language alike.

import { readFileSync } from 'node:fs';

/**
 * The words of a language. `t(key, values)` puts values where the text has `{ $name }`.
 * @param {'en' | 'zh-Hans'} language
 */
export function words(language) {
  const text = readFileSync(new URL(`../../locales/${language}.ftl`, import.meta.url), 'utf8');
  const lines = text.split('\n').map((line) => /^([a-z][\w-]*) = (.+)$/.exec(line)).filter(Boolean);
  const known = new Map(lines.map(([, key, value]) => [key, value]));
  return (key, values = {}) => {
    if (!known.has(key)) throw new Error(`locales/${language}.ftl has no text ${key} on one line`);
    return known.get(key).replace(/\{ \$(\w+) \}/g, (_, name) => values[name]);
  };
}
