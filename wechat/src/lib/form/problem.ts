// What is wrong with a value, before and after it is known where it stood.

export type Params = { [name: string]: string };

export class Problem {
  constructor(readonly code: string, readonly params: Params) {}
}

export interface FieldError {
  /** RFC 6901, into the answers. */
  pointer: string;
  code: string;
  params: Params;
}

export function problem(code: string, params: Params = {}): Problem {
  return new Problem(code, params);
}

export function fieldError(problem: Problem, pointer: string): FieldError {
  return { pointer, code: problem.code, params: problem.params };
}
