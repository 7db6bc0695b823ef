// A phone that keeps what it is given, and whose connection the test holds.

import type { Answered, Asked, Device } from '../../src/lib/device';

export type Connection = (asked: Asked) => Answered | Promise<Answered>;

export class TestPhone implements Device {
  readonly kept = new Map<string, string>();
  readonly asked: Asked[] = [];
  clock = Date.parse('2026-11-24T02:00:00Z');
  loginCode: string | undefined = 'wx-code';
  private count = 0;

  constructor(public connection: Connection) {}

  now(): number {
    return this.clock;
  }

  async random(): Promise<string> {
    this.count += 1;
    return `key-${this.count}`;
  }

  async ask(asked: Asked): Promise<Answered> {
    this.asked.push(asked);
    return this.connection(asked);
  }

  async login(): Promise<string> {
    if (this.loginCode === undefined) throw new Error('no login');
    return this.loginCode;
  }

  async read(key: string): Promise<string | undefined> {
    return this.kept.get(key);
  }

  async write(key: string, text: string): Promise<void> {
    this.kept.set(key, text);
  }

  async remove(key: string): Promise<void> {
    this.kept.delete(key);
  }

  async wait(): Promise<void> {}
}

/** The connection breaks before an answer comes. */
export function lost(): never {
  throw new Error('request:fail timeout');
}

export function json(status: number, body: unknown, headers: { [name: string]: string } = {}): Answered {
  return { status, headers, text: JSON.stringify(body) };
}
