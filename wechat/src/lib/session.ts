// Signing in by WeChat. The phone gets a one-time code from WeChat, our server exchanges it, and only the server's own sealed
// token comes back: neither WeChat's openid nor its session key is ever on this phone.

import type { Api } from './api';
import type { Device } from './device';

const KEY = 'session';
/** A token that ends within the minute is not begun with. */
const SPARE_MS = 60_000;

export interface Session {
  token: string;
  /** RFC 3339. */
  expires: string;
}

export class Sessions {
  private held: Session | undefined;

  constructor(private readonly device: Device) {}

  /** The token, while it is good. */
  token(): string | undefined {
    return this.held && Date.parse(this.held.expires) - SPARE_MS > this.device.now() ? this.held.token : undefined;
  }

  async load(): Promise<void> {
    try {
      this.held = JSON.parse((await this.device.read(KEY)) ?? 'null') as Session | undefined ?? undefined;
    } catch {
      this.held = undefined;
    }
  }

  /**
   * Signs in. Whether it worked is for the page to say; a declaration needs no account, so nobody is kept from declaring where
   * the port's server does not know WeChat or WeChat does not answer.
   */
  async signIn(api: Api): Promise<boolean> {
    let code: string;
    try {
      code = await this.device.login();
    } catch {
      return false;
    }
    const outcome = await api.signIn(code);
    if (outcome.kind !== 'ok' || typeof outcome.value.token !== 'string') return false;
    this.held = { token: outcome.value.token, expires: outcome.value.expires };
    await this.device.write(KEY, JSON.stringify(this.held));
    return true;
  }

  async drop(): Promise<void> {
    this.held = undefined;
    await this.device.remove(KEY);
  }
}
