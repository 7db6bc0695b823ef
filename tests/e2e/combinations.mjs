// In which sizes and colours a page is looked at.

import { SIZES } from './browser.mjs';

// 320 CSS pixels is the narrowest screen that everything must fit (WCAG 2.2, 1.4.10).
export const WIDTHS = { narrow: { width: 320, height: 640 }, ...SIZES };

export const COLOURS = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'light', forcedColors: 'active' },
};

const widths = Object.keys(WIDTHS);
const colours = Object.keys(COLOURS);

/**
 * The combinations for one page in one language: all of them, or so many that any two of page, language, width and colours
 * meet. Each page is seen in every width and all colours in each language, other widths and colours together on the next
 * page and in the next language.
 * @param {string} page its name
 * @param {number} language its place among the languages
 * @returns {{width: string, colours: string}[]}
 */
export function combinations(page, language, all = process.env.PRATIQUE_LOOKS === 'all') {
  if (all) return widths.flatMap((width) => colours.map((name) => ({ width, colours: name })));
  const turn = [...page].reduce((sum, char) => sum + char.codePointAt(0), language);
  return widths.map((width, at) => ({ width, colours: colours[(at + turn) % colours.length] }));
}
