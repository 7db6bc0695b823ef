// The draft: what was typed so far, kept encrypted on this phone, with the request that it became.

import { emptyBody } from './declaration/body';
import type { Once } from './api';
import type { Device } from './device';
import { isObject, JsonObject } from './json';
import type { Told422 } from './problem';

/** A draft is kept for a day after it was begun: long enough to fetch the passport, and gone the day after the trip. */
const DRAFT_MS = 24 * 3_600_000;
const KEY = 'draft';
const SHAPE = 1;

export interface Draft {
  shape: number;
  begunAt: number;
  port: string;
  body: JsonObject;
  /** The pages that were filled in: of others nothing is told to be missing. */
  seen: string[];
  /** The declaration that this one changes, with what proves it to be one's own. */
  amends?: { code: string; proof: string };
  /** What the server refused, until the traveller has changed it. */
  refused?: Told422[];
  /**
   * The request as it was sent, kept until an answer is known. While it is there the draft is not changed: the same bytes with
   * the same key get the same pass, also where the first answer was lost.
   */
  sending?: Once;
}

export class Drafts {
  constructor(private readonly device: Device) {}

  begin(port: string, language: string, notice: string): Draft {
    return { shape: SHAPE, begunAt: this.device.now(), port, body: emptyBody(port, language, notice), seen: [] };
  }

  async load(): Promise<Draft | undefined> {
    const draft = read(await this.device.read(KEY));
    if (!draft) return undefined;
    // What may have been received is kept until that is known.
    if (draft.sending || this.device.now() - draft.begunAt < DRAFT_MS) return draft;
    await this.drop();
    return undefined;
  }

  save(draft: Draft): Promise<void> {
    return this.device.write(KEY, JSON.stringify(draft));
  }

  drop(): Promise<void> {
    return this.device.remove(KEY);
  }
}

function read(text: string | undefined): Draft | undefined {
  if (text === undefined) return undefined;
  try {
    const draft = JSON.parse(text) as Draft;
    return draft.shape === SHAPE && isObject(draft.body) && Array.isArray(draft.seen) ? draft : undefined;
  } catch {
    return undefined;
  }
}
