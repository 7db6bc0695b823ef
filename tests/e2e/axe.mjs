// Accessibility of a page as it stands, by axe.

import assert from 'node:assert/strict';
import axe from 'axe-core';

// WCAG 2.2 A and AA, and axe's own good practice (one main landmark, headings in order, …).
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Every violation of a page, one text each: rule, what is wrong, and the elements. axe runs inside the page, on timers
 * that stand still where scripts are off, so such a page is refused. `rules` are the only ones to look at, where given.
 */
export async function violations(page, rules) {
  const still = await page.evaluate(() => matchMedia('(scripting: none)').matches);
  assert.ok(!still, 'axe cannot look at a page whose scripts are off: open it with javaScript: true');
  // Put into each page once, however often it is looked at; only violations come back.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: TAGS };
  const options = { runOnly, resultTypes: ['violations'] };
  const { violations: found } = await page.evaluate((how) => window.axe.run(document, how), options);
  return found.map(({ id, help, nodes }) => {
    const places = nodes.map((node) => `    ${node.target.join(' ')}  ${node.html}`);
    return [`${id}: ${help}`, ...places].join('\n');
  });
}

/** Fails with every violation, if there is one. */
export async function assertAccessible(page, rules) {
  const found = await violations(page, rules);
  assert.equal(found.length, 0, `axe on ${page.url()}:\n${found.join('\n')}`);
}
