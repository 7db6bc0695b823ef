// What a page of questions shows, one block below the other. A group is flattened: markup cannot call itself.

/** One answer to choose. */
export interface Pick {
  value: string;
  text: string;
  chosen: boolean;
}

/** Own words beside the options. */
export interface Other {
  label: string;
  value: string;
  /** Whether there is a line to write into. */
  open: boolean;
}

export type Control =
  | { type: 'line'; value: string; keyboard: 'text' | 'number' | 'digit'; max: number }
  | { type: 'lines'; value: string; max: number }
  | { type: 'date'; value: string; text: string }
  | { type: 'radios'; picks: Pick[]; other: Other | null }
  | { type: 'checks'; picks: Pick[]; other: Other | null }
  | { type: 'select'; texts: string[]; values: string[]; index: number };

export interface Field {
  kind: 'field';
  /** Pointer into the declaration. */
  name: string;
  /** Which of several answers; 0 where there is one. */
  nth: number;
  /** Whether there may be several answers, each with a field of its own. */
  several: boolean;
  label: string;
  hint: string;
  optional: string;
  errors: string[];
  control: Control;
}

export type Block =
  | Field
  | { kind: 'text'; name: string; text: string }
  | { kind: 'heading'; name: string; text: string; optional: string; hint: string; errors: string[] }
  | { kind: 'row'; name: string; text: string; remove: string }
  | { kind: 'add'; name: string; count: number; text: string };

/** The value of an option that opens a line for own words; no code of a form has a control character. */
export const OTHER = '\u0001';

/** The id of a block in the page's markup. */
export function idOf(name: string, nth = 0): string {
  return `f${name.replace(/[^A-Za-z0-9]/g, (sign) => `_${sign.charCodeAt(0).toString(16)}_`)}${nth === 0 ? '' : `__${nth}`}`;
}
