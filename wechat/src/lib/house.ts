// What all pages share, made once when the program starts.

import { SERVER } from '../config';
import { Api } from './api';
import { walk, Visible } from './form/walk';
import type { Form } from './form/item';
import type { Device } from './device';
import { Draft, Drafts } from './drafts';
import { answersOf, steps, Step } from './declaration/steps';
import { Forms } from './forms';
import { Passes } from './passes';
import { firstPort, Port, portOf, today } from './ports';
import { Sending } from './sending';
import { Sessions } from './session';
import { Language, LANGUAGES, languageOf, Words } from './words';

const CHOSEN = 'chosen';

/** What the traveller chose for this phone. */
interface Chosen {
  language: Language;
  port: string;
  large: boolean;
}

export class House {
  readonly sessions: Sessions;
  readonly api: Api;
  readonly drafts: Drafts;
  readonly passes: Passes;
  readonly forms: Forms;
  readonly sending: Sending;
  words: Words;
  large: boolean;
  /** The port's code; a poster's code at the port overrides what was chosen before. */
  port: string;
  private held: Draft | undefined;

  constructor(readonly device: Device, phone: { language: string; largeText: boolean }) {
    this.words = new Words(languageOf(phone.language));
    this.large = phone.largeText;
    this.port = firstPort().code;
    this.sessions = new Sessions(device);
    this.api = new Api(device, SERVER, () => this.words.language, () => this.sessions.token());
    this.drafts = new Drafts(device);
    this.passes = new Passes(device);
    this.forms = new Forms(device, this.api);
    this.sending = new Sending(device, this.api, this.drafts, this.passes, this.sessions);
  }

  /** Reads what this phone remembers. `port` is the one that the program was opened for, if any. */
  async wake(port: string | undefined): Promise<void> {
    try {
      const chosen = JSON.parse((await this.device.read(CHOSEN)) ?? '{}') as Partial<Chosen>;
      if (chosen.language && LANGUAGES.includes(chosen.language)) this.words = new Words(chosen.language);
      if (typeof chosen.large === 'boolean') this.large = chosen.large;
      if (chosen.port && portOf(chosen.port)) this.port = chosen.port;
    } catch {
      // What cannot be read was not chosen.
    }
    if (port) this.port = port;
    await this.sessions.load();
    this.held = await this.drafts.load();
  }

  async choose(chosen: Partial<Chosen>): Promise<void> {
    if (chosen.language) this.words = new Words(chosen.language);
    if (chosen.port && portOf(chosen.port)) this.port = chosen.port;
    if (chosen.large !== undefined) this.large = chosen.large;
    const all: Chosen = { language: this.words.language, port: this.port, large: this.large };
    await this.device.write(CHOSEN, JSON.stringify(all));
  }

  draft(): Draft | undefined {
    return this.held;
  }

  async save(draft: Draft): Promise<void> {
    draft.body.language = this.words.language;
    this.held = draft;
    await this.drafts.save(draft);
  }

  async dropDraft(): Promise<void> {
    this.held = undefined;
    await this.drafts.drop();
  }

  /** The draft was sent, and is gone from the store already. */
  sent(): void {
    this.held = undefined;
  }

  portOfDraft(draft: Draft): Port {
    return portOf(draft.port) ?? firstPort();
  }

  today(draft: Draft): string {
    return today(this.portOfDraft(draft), this.device.now());
  }

  steps(form: Form, draft: Draft): Step[] {
    return steps(form, draft.body, this.today(draft), draft.amends !== undefined);
  }

  /** A section of the form, if it is asked. */
  section(form: Form, draft: Draft, step: Step): Visible | undefined {
    const shown = walk(form, answersOf(draft.body, step.person), this.today(draft)).visible;
    return shown.find(({ item }) => item.linkId === step.section);
  }
}
