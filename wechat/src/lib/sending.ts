// Sending: once, however often the button is pressed and whatever happens to the answer.

import type { Api, Declaration, Declared, Once, Outcome } from './api';
import { isRefused } from './api';
import { companions, NO_DOCUMENT, toSend } from './declaration/body';
import type { Device } from './device';
import type { Draft, Drafts } from './drafts';
import { at, isObject, JsonObject } from './json';
import { KeptPass, keptOf, Passes } from './passes';
import type { Sessions } from './session';

export class Sending {
  constructor(
    private readonly device: Device,
    private readonly api: Api,
    private readonly drafts: Drafts,
    private readonly passes: Passes,
    private readonly sessions: Sessions,
  ) {}

  /**
   * Sends a draft. The request is kept before it goes out and until its fate is known, so that a repeat after a lost answer, also
   * by another start of the program, sends the same bytes with the same key and gets the same pass.
   */
  async send(draft: Draft, questionnaire: string): Promise<Outcome<KeptPass>> {
    if (!draft.sending) {
      draft.sending = await this.once(JSON.stringify(toSend(draft.body, questionnaire)));
      await this.drafts.save(draft);
    }
    const { sending } = draft;
    const outcome = draft.amends ? await this.api.amend(draft.amends.code, draft.amends.proof, sending) : await this.declare(sending);
    if (outcome.kind === 'ok') {
      const kept = keptOf(outcome.value, draft.port, people(JSON.parse(sending.body) as JsonObject), this.device.now());
      // First the pass, then the draft: whatever happens in between, one of the two is there.
      await this.passes.keep(kept);
      await this.drafts.drop();
      return { kind: 'ok', value: kept[0] as KeptPass };
    }
    if (isRefused(outcome)) {
      // Refused means not stored: the draft is the traveller's to change again, and what is sent then is another request.
      delete draft.sending;
      if (outcome.kind === 'problem') draft.refused = outcome.problem.errors;
      await this.drafts.save(draft);
    }
    return outcome;
  }

  /** Confirms or withdraws. The key is kept with the pass, so that a second press after a lost answer does nothing twice. */
  async change(kept: KeptPass, verb: 'confirm' | 'withdraw'): Promise<Outcome<KeptPass>> {
    const once = kept.pending?.[verb] ?? (await this.once(verb === 'confirm' ? '{"channel":"wechat"}' : ''));
    await this.passes.keep([{ ...kept, pending: { ...kept.pending, [verb]: once } }]);
    const outcome = verb === 'confirm' ? await this.api.confirm(kept.code, kept.proof, once) : await this.api.withdraw(kept.code, kept.proof, once);
    if (outcome.kind === 'lost') return outcome;
    return this.keep(kept, outcome);
  }

  /** Reads a declaration again, and keeps what is said of it now. */
  async refresh(kept: KeptPass): Promise<Outcome<KeptPass>> {
    return this.keep(kept, await this.api.declaration(kept.code, kept.proof));
  }

  /** Finds a declaration by its code and what proves it to be one's own. */
  async find(code: string, proof: string): Promise<Outcome<KeptPass>> {
    const outcome = await this.api.declaration(code, proof);
    if (outcome.kind !== 'ok') return outcome;
    const { value } = outcome;
    const [kept] = keptOf(value, value.port, people({ traveller: value.traveller }), this.device.now());
    await this.passes.keep([{ ...(kept as KeptPass), proof }]);
    return { kind: 'ok', value: { ...(kept as KeptPass), proof } };
  }

  private async declare(once: Once): Promise<Outcome<Declared>> {
    const outcome = await this.api.declare(once);
    if (outcome.kind !== 'problem' || outcome.problem.status !== 401) return outcome;
    // The session is over: sign in again, and send the same. Without WeChat's answer it goes as anybody's declaration.
    await this.sessions.drop();
    await this.sessions.signIn(this.api);
    return this.api.declare(once);
  }

  private async keep(kept: KeptPass, outcome: Outcome<Declaration>): Promise<Outcome<KeptPass>> {
    if (outcome.kind !== 'ok') {
      if (isRefused(outcome)) await this.passes.keep([without(kept)]);
      return outcome;
    }
    const [fresh] = keptOf(outcome.value, kept.port, [kept], this.device.now());
    await this.passes.keep([fresh as KeptPass]);
    return { kind: 'ok', value: fresh as KeptPass };
  }

  private async once(body: string): Promise<Once> {
    return { key: await this.device.random(), body };
  }
}

function without(kept: KeptPass): KeptPass {
  const rest = { ...kept };
  delete rest.pending;
  return rest;
}

/** What to call each person of a declaration on this phone, and what proves their declaration to be theirs. */
export function people(body: JsonObject): { name: string; proof: string }[] {
  return [body, ...companions(body)].map(({ traveller }) => {
    const text = (pointer: string): string => {
      const value = at(traveller, pointer);
      return typeof value === 'string' ? value : '';
    };
    const name = text('/name/native') || [text('/name/primary'), text('/name/secondary')].filter((part) => part !== '').join(' ');
    const document = isObject(traveller) ? traveller.document : undefined;
    const hasDocument = isObject(document) && document.type !== NO_DOCUMENT;
    return { name, proof: hasDocument ? text('/document/number') : text('/birth_date') };
  });
}

/** A draft to change what was declared. */
export function amending(draft: Draft, declaration: Declaration, proof: string): Draft {
  const { traveller, trip, contact, answers, code } = declaration;
  const known = isObject(traveller.document) ? traveller : { ...traveller, document: { type: NO_DOCUMENT } };
  draft.body = { ...draft.body, traveller: known, trip, contact, answers, companions: [], attested: false };
  draft.amends = { code, proof };
  return draft;
}
