// The form in force at a port, kept on the phone, and asked for again at each start.

import type { Api, Outcome } from './api';
import type { Device } from './device';
import type { Form } from './form/item';
import { parseForm } from './form/parse';
import { isObject, JsonObject } from './json';

interface KeptForm {
  etag: string;
  form: JsonObject;
}

export class Forms {
  private readonly parsed = new Map<string, Form>();

  constructor(private readonly device: Device, private readonly api: Api) {}

  /** The form in force; without a network the one that was in force when it was last read. */
  async of(port: string): Promise<Outcome<Form>> {
    const known = this.parsed.get(port);
    return known ? { kind: 'ok', value: known } : this.renew(port);
  }

  /** Asks again: when it changed while somebody was filling it in, their answers stay and are looked at anew. */
  async renew(port: string): Promise<Outcome<Form>> {
    const kept = await this.kept(port);
    const outcome = await this.api.questionnaire(port, kept?.etag);
    if (outcome.kind === 'ok' && outcome.value !== 'unchanged') {
      await this.device.write(key(port), JSON.stringify(outcome.value));
      return this.use(port, outcome.value.form);
    }
    if (kept && (outcome.kind === 'ok' || outcome.kind === 'lost' || outcome.problem.status >= 500)) return this.use(port, kept.form);
    return outcome as Outcome<Form>;
  }

  private use(port: string, json: JsonObject): Outcome<Form> {
    const form = parseForm(json);
    this.parsed.set(port, form);
    return { kind: 'ok', value: form };
  }

  private async kept(port: string): Promise<KeptForm | undefined> {
    try {
      const kept = JSON.parse((await this.device.read(key(port))) ?? 'null') as KeptForm | null;
      return kept && typeof kept.etag === 'string' && isObject(kept.form) ? kept : undefined;
    } catch {
      return undefined;
    }
  }
}

function key(port: string): string {
  return `form-${port}`;
}
