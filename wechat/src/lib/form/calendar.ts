// Days of the calendar, and limits that are counted from today (FHIRPath `today() - 14 days`).

/** A fixed day, or so many days after today. */
export type DateBound = { fixed: string } | { plusDays: number };

const DAY_MS = 86_400_000;
const DAYS_MAX = 36_500;

/** A whole date `2026-03-01` of the years 1900 to 2200; nothing else is one. */
export function readDate(text: string): string | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found) return undefined;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 ? text : undefined;
}

export function plusDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

export function onDay(bound: DateBound, today: string): string {
  return 'fixed' in bound ? bound.fixed : plusDays(today, bound.plusDays);
}

/** Reads `today()`, `today() + 3 days`, `today() - 14 days`. */
export function readBound(expression: string): DateBound | undefined {
  const found = /^\s*today\(\)\s*(?:([+-])\s*(\d+)\s*days?\s*)?$/.exec(expression);
  if (!found) return undefined;
  const days = Number(found[2] ?? 0);
  if (days > DAYS_MAX) return undefined;
  return { plusDays: found[1] === '-' ? -days : days };
}
