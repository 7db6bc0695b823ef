// Fluent's messages (projectfluent.org) as the small patterns that src/lib/words.ts shows: a text, or a list of texts, figures
// and plurals. Phones' script engines lack Intl.PluralRules, so the full Fluent runtime cannot be used there.

import { parse } from '@fluent/syntax';

/** Every message of a file, by key. */
export function messages(text) {
  const found = {};
  for (const entry of parse(text, {}).body) {
    if (entry.type === 'Junk') throw new Error(`not Fluent: ${entry.content.split('\n')[0]}`);
    if (entry.type === 'Message' && entry.value) found[entry.id.name] = pattern(entry.value);
  }
  return found;
}

function pattern({ elements }) {
  const parts = elements.map((element) => (element.type === 'TextElement' ? element.value : placeable(element.expression)));
  return parts.length === 1 && typeof parts[0] === 'string' ? parts[0] : parts;
}

function placeable(expression) {
  if (expression.type === 'VariableReference') return { v: expression.id.name };
  if (expression.type === 'StringLiteral') return expression.value;
  if (expression.type === 'SelectExpression' && expression.selector.type === 'VariableReference') {
    const forms = {};
    for (const variant of expression.variants) {
      const key = variant.default ? 'other' : variant.key.name ?? variant.key.value;
      forms[key] = pattern(variant.value);
    }
    return { v: expression.selector.id.name, forms };
  }
  throw new Error(`not shown in the mini-program: ${expression.type}`);
}
