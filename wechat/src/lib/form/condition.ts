// When an item is asked: FHIR's enableWhen, as the server reads it (crates/core/src/questionnaire/condition.rs).

import type { Json } from '../json';
import type { Condition } from './item';

/** The order of two canonical answers of one question; texts and dates by code point. */
function order(a: Json, b: Json): number | undefined {
  if (typeof a !== typeof b) return undefined;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a === b ? 0 : a < b ? -1 : 1;
  return undefined;
}

/** Whether it holds for the canonical answers given to its question. */
export function holds(condition: Condition, answers: Json[]): boolean {
  const { operator, expected } = condition;
  if (operator === 'exists') return (answers.length > 0) === expected;
  const any = (fits: (order: number) => boolean): boolean =>
    answers.some((answer) => {
      const found = order(answer, expected);
      return found !== undefined && fits(found);
    });
  switch (operator) {
    case '=': return any((o) => o === 0);
    case '!=': return !any((o) => o === 0);
    case '>': return any((o) => o > 0);
    case '<': return any((o) => o < 0);
    case '>=': return any((o) => o >= 0);
    case '<=': return any((o) => o <= 0);
  }
}
