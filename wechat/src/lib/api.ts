// The server's API (docs/API.md), as far as a traveller needs it.

import type { Answered, Asked, Device } from './device';
import { isObject, Json, JsonObject } from './json';
import { Problem, readProblem } from './problem';

/** `lost`: no answer came, and it is not known whether the request was done. */
export type Outcome<T> = { kind: 'ok'; value: T } | { kind: 'problem'; problem: Problem } | { kind: 'lost' };

export interface Passed {
  code: string;
  /** The text of the QR code. */
  pass: string;
  state: string;
}

/** What a declaration answers. */
export interface Declared extends Passed {
  counts_from: string;
  valid_until: string;
  next: string;
  flight: { id: string; on_schedule: boolean };
  companions?: Passed[];
}

/** A declaration read again. */
export interface Declaration extends Declared {
  port: string;
  questionnaire: string;
  language: string;
  traveller: JsonObject;
  trip: JsonObject;
  contact: JsonObject;
  answers: JsonObject;
}

/** A request that changes something: its bytes and its key are made once and stay, however often it is sent. */
export interface Once {
  key: string;
  body: string;
}

/** How often a request is sent whose answer does not come, and how long is waited in between. */
const TRIES = 3;
const PAUSE_MS = 800;
/** Longer waits than this are for the traveller to choose. */
const PAUSE_S_MAX = 5;

export class Api {
  constructor(
    private readonly device: Device,
    private readonly server: string,
    private readonly language: () => string,
    private readonly session: () => string | undefined,
  ) {}

  /** The form in force, unless it is the edition that is known. */
  async questionnaire(port: string, etag?: string): Promise<Outcome<{ form: JsonObject; etag: string } | 'unchanged'>> {
    const headers: { [name: string]: string } = etag === undefined ? {} : { 'If-None-Match': etag };
    return this.send('GET', `/questionnaires/${port}`, { headers }, (answered, body) =>
      answered.status === 304 ? 'unchanged' : { form: isObject(body) ? body : {}, etag: answered.headers.etag ?? '' });
  }

  declare(once: Once): Promise<Outcome<Declared>> {
    return this.send('POST', '/declarations', { once, signed: true }, (_, body) => body as unknown as Declared);
  }

  declaration(code: string, proof: string): Promise<Outcome<Declaration>> {
    return this.send('GET', `/declarations/${code}`, { proof }, (_, body) => body as unknown as Declaration);
  }

  amend(code: string, proof: string, once: Once): Promise<Outcome<Declaration>> {
    return this.send('PUT', `/declarations/${code}`, { proof, once }, (_, body) => body as unknown as Declaration);
  }

  confirm(code: string, proof: string, once: Once): Promise<Outcome<Declaration>> {
    return this.send('POST', `/declarations/${code}/confirm`, { proof, once }, (_, body) => body as unknown as Declaration);
  }

  withdraw(code: string, proof: string, once: Once): Promise<Outcome<Declaration>> {
    return this.send('DELETE', `/declarations/${code}`, { proof, once }, (_, body) => body as unknown as Declaration);
  }

  /** A session for WeChat's one-time code. */
  signIn(code: string): Promise<Outcome<{ token: string; expires: string }>> {
    const once = { key: '', body: JSON.stringify({ code }) };
    return this.send('POST', '/wechat/session', { once, tries: 1 }, (_, body) => body as unknown as { token: string; expires: string });
  }

  private async send<T>(
    method: Asked['method'],
    path: string,
    what: { once?: Once; proof?: string; headers?: { [name: string]: string }; signed?: boolean; tries?: number },
    read: (answered: Answered, body: Json | undefined) => T,
  ): Promise<Outcome<T>> {
    const asked = this.asked(method, path, what);
    // Sent again, a request with a key does nothing twice (contract: Idempotency-Key), and one that only reads never did.
    const tries = what.tries ?? TRIES;
    for (let n = 1; ; n += 1) {
      const outcome = await this.once(asked, read);
      const pause_ms = pauseFor(outcome);
      if (pause_ms === undefined || n === tries) return outcome;
      await this.device.wait(pause_ms * n);
    }
  }

  private asked(
    method: Asked['method'],
    path: string,
    what: { once?: Once; proof?: string; headers?: { [name: string]: string }; signed?: boolean },
  ): Asked {
    const headers: { [name: string]: string } = { 'Accept-Language': this.language(), ...what.headers };
    const asked: Asked = { method, url: `${this.server}/api/v1${path}`, headers };
    if (what.proof !== undefined) headers['Pratique-Proof'] = what.proof;
    const session = what.signed === true ? this.session() : undefined;
    if (session !== undefined) headers.Authorization = `Bearer ${session}`;
    if (what.once && what.once.key !== '') headers['Idempotency-Key'] = what.once.key;
    if (what.once && what.once.body !== '') {
      headers['Content-Type'] = 'application/json';
      asked.body = what.once.body;
    }
    return asked;
  }

  private async once<T>(asked: Asked, read: (answered: Answered, body: Json | undefined) => T): Promise<Outcome<T>> {
    let answered: Answered;
    try {
      answered = await this.device.ask(asked);
    } catch {
      return { kind: 'lost' };
    }
    const body = parsed(answered.text);
    const isWhole = answered.status === 304 || (answered.status < 300 && body !== undefined);
    if (isWhole) return { kind: 'ok', value: read(answered, body) };
    // A success that breaks off in the middle is no answer: what was asked may have been done.
    if (answered.status < 300) return { kind: 'lost' };
    return { kind: 'problem', problem: readProblem(answered.status, body, answered.headers['retry-after']) };
  }
}

/** How long to wait before the same request is sent again; nothing where that makes no sense. */
function pauseFor(outcome: Outcome<unknown>): number | undefined {
  if (outcome.kind === 'lost') return PAUSE_MS;
  if (outcome.kind === 'ok' || ![502, 503, 504].includes(outcome.problem.status)) return undefined;
  const seconds = outcome.problem.retryS ?? 1;
  return seconds <= PAUSE_S_MAX ? Math.max(seconds * 1000, PAUSE_MS) : undefined;
}

/** Whether it is known that a request was not done: a problem that is not the server's own trouble. */
export function isRefused(outcome: Outcome<unknown>): boolean {
  return outcome.kind === 'problem' && outcome.problem.status < 500;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
