// The passes that this phone keeps, to be shown without a network: the text of each QR code, its short code, and what was said of
// it when it was last read.

import type { Declared, Once } from './api';
import type { Device } from './device';
import { isObject } from './json';

const KEY = 'passes';
/** A family of ten, and what was declared before. */
const KEPT_MAX = 24;
/** After that a pass is of no use to anybody, and its copy goes. */
const AFTER_MS = 7 * 24 * 3_600_000;

export interface KeptPass {
  code: string;
  pass: string;
  /** The document number, or the birth date of somebody without a document: without it the server tells nothing. */
  proof: string;
  /** What to call it on this phone. */
  name: string;
  port: string;
  state: string;
  countsFrom: string;
  validUntil: string;
  next: string;
  flight: string;
  onSchedule: boolean;
  /** When the server was last heard (epoch milliseconds). */
  readAt: number;
  /** A change that was sent and not answered yet: sent again as it was. */
  pending?: { [verb: string]: Once };
}

export class Passes {
  constructor(private readonly device: Device) {}

  /** Newest first; those long over are gone. */
  async all(): Promise<KeptPass[]> {
    const list = read(await this.device.read(KEY));
    return list.filter(({ validUntil, readAt }) => this.device.now() < (Date.parse(validUntil) || readAt) + AFTER_MS);
  }

  async find(code: string): Promise<KeptPass | undefined> {
    return (await this.all()).find((kept) => kept.code === code);
  }

  /** Keeps these, in place of what was known under their codes. */
  async keep(passes: KeptPass[]): Promise<void> {
    const codes = passes.map(({ code }) => code);
    const others = (await this.all()).filter(({ code }) => !codes.includes(code));
    await this.device.write(KEY, JSON.stringify([...passes, ...others].slice(0, KEPT_MAX)));
  }

  async forget(code: string): Promise<void> {
    const others = (await this.all()).filter((kept) => kept.code !== code);
    await this.device.write(KEY, JSON.stringify(others));
  }
}

function read(text: string | undefined): KeptPass[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(list) ? (list as KeptPass[]).filter((kept) => isObject(kept) && typeof kept.pass === 'string') : [];
  } catch {
    return [];
  }
}

/** What to keep of an answer; `who` are the declarer and the companions in the order sent. */
export function keptOf(declared: Declared, port: string, who: { name: string; proof: string }[], now: number): KeptPass[] {
  return [declared, ...(declared.companions ?? [])].map(({ code, pass, state }, n) => ({
    code,
    pass,
    state,
    port,
    name: who[n]?.name ?? '',
    proof: who[n]?.proof ?? '',
    countsFrom: declared.counts_from,
    validUntil: declared.valid_until,
    // What happens next is said to each person for themself; a companion's is read with their own pass.
    next: n === 0 ? declared.next : '',
    flight: declared.flight.id,
    onSchedule: declared.flight.on_schedule,
    readAt: now,
  }));
}
