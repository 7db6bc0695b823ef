// Soundness of the HTML as the server sent it, by html-validate (rules in .htmlvalidate.json).
//
// Off, or loosened, on purpose: a button without a type sends its form, which is what every one of ours does (HTML, 4.10.6);
// one name is sent several times where a question takes several answers, and empty where none was chosen; an id may hold
// colons; the summary of errors, with its own heading, comes before the page's; and a kiosk's page leads, where no script can see
// whether anybody is there, to one that asks (WCAG 2.2, 2.2.1).

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';

const rules = JSON.parse(readFileSync(new URL('.htmlvalidate.json', import.meta.url), 'utf8'));
const validator = new HtmlValidate(new StaticConfigLoader(rules));

/** Every fault in a text of HTML, one line each: `line:column rule: message`. */
export async function htmlFaults(html) {
  const { results } = await validator.validateString(html);
  const messages = results.flatMap((result) => result.messages);
  return messages.map(({ line, column, ruleId, message }) => `  ${line}:${column} ${ruleId}: ${message}`);
}

/** Fails with every fault, if there is one. */
export async function assertSoundHtml(html, name) {
  const found = await htmlFaults(html);
  assert.equal(found.length, 0, `html-validate on ${name}:\n${found.join('\n')}`);
}
