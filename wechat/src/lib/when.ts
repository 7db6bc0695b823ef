// Times in words: the port's clock and UTC, each with its name, as the server's pages show them.

import { offsetAt, Port } from './ports';
import type { Words } from './words';

/** `2026-11-24` in words; a date without its day, or what is none, stays as it is. */
export function dayIn(words: Words, date: string): string {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date);
  if (!found) return date;
  const month = words.t(`month-${Number(found[2])}`);
  return words.t('date', { year: found[1] ?? '', month, day: String(Number(found[3])) });
}

/** An instant on the port's clock and in UTC: `24 November 2026, 14:00 (UTC+8); 24 November 2026, 06:00 (UTC)`. */
export function instantIn(words: Words, port: Port, instant: string): string {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) return instant;
  const minutes = offsetAt(port, ms);
  const local = moment(words, ms + minutes * 60_000);
  return minutes === 0 ? `${local} (UTC)` : `${local} (UTC${offset(minutes)}); ${moment(words, ms)} (UTC)`;
}

function moment(words: Words, ms: number): string {
  const iso = new Date(ms).toISOString();
  return words.t('date-and-time', { date: dayIn(words, iso.slice(0, 10)), time: iso.slice(11, 16) });
}

function offset(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '−' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}
