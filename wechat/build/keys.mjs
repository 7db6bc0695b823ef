// Which texts the mini-program shows: keys that its sources name.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Every file under a folder with one of these endings. */
export function files(folder, endings) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

const IN_PAGES = /\bt\['([a-z0-9-]+)'\]/g;
/** `t('key'…)` and `find('key'…)`. */
const IN_CODE = /\b(?:t|find)\('([a-z0-9-]+)'/g;
/** A template literal: its beginning names many. */
const HEADS = /\b(?:t|find)\(`([a-z0-9-]+-)\$\{/g;

/** The keys named whole, and the beginnings of those that are put together. */
export function keysOf(here) {
  const source = join(here, 'src');
  const [names, heads] = [new Set(), new Set()];
  for (const keys of Object.values(pageKeys(here))) keys.forEach((key) => names.add(key));
  for (const file of files(source, ['.ts']).filter((name) => !name.includes('generated'))) {
    const text = readFileSync(file, 'utf8');
    for (const [, key] of text.matchAll(IN_CODE)) names.add(key);
    for (const [, head] of text.matchAll(HEADS)) heads.add(head);
  }
  return { names, heads: [...heads] };
}

/** The keys that each page's own markup shows. */
export function pageKeys(here) {
  const pages = {};
  for (const file of files(join(here, 'src'), ['.wxml'])) {
    const keys = [...readFileSync(file, 'utf8').matchAll(IN_PAGES)].map((found) => found[1]);
    if (keys.length > 0) pages[basename(file, '.wxml')] = [...new Set(keys)].sort();
  }
  return pages;
}
