// As much of the server as the mini-program sees: it keeps stored answers by key, as the contract says.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answered, Asked } from '../../src/lib/device';
import { json } from './phone';

const read = (path: string) => JSON.parse(readFileSync(join(import.meta.dirname, '../../..', path), 'utf8'));
export const RESPIRATORY = read('packs/respiratory/questionnaire.json');
export const EVERY_KIND = read('crates/app/tests/traveller_pages/every_kind.json');

// As long as a real one, and of its characters.
export const PASS = `PQ1:${'6BFOXN%TS3DH0YOJ58S S-W5HDC *M0II5XHC9B5G2+$N IOP-IA%NFQGRJPC%OQHIZC4.OI1RM8ZA.A5:S9MKN4NN3F85QNCY0O%0VZ001HOC9JU0D0HT0HB2PL'}`;

export class TestServer {
  readonly stored = new Map<string, { body: string; answer: Answered }>();
  readonly declared: Asked[] = [];
  /** Errors to refuse the next declaration with. */
  refuse: { pointer: string; code: string; message: string }[] | undefined;
  form: object = RESPIRATORY;
  state = 'ready';
  sessions = true;

  answer(asked: Asked): Answered {
    const path = asked.url.replace('https://pratique.example/api/v1', '');
    if (path.startsWith('/questionnaires/')) return json(200, this.form, { etag: '"1"' });
    if (path === '/wechat/session') return this.sessions ? json(200, { token: 'wx1.sealed', expires: '2026-11-24T14:00:00Z' }) : json(503, { code: 'unavailable' });
    if (path === '/declarations') return this.once(asked, () => this.declare(asked));
    if (asked.method === 'GET') return json(200, this.whole());
    return this.once(asked, () => {
      if (asked.method === 'DELETE') this.state = 'withdrawn';
      if (path.endsWith('/confirm')) this.state = 'ready';
      return json(200, this.whole());
    });
  }

  private once(asked: Asked, act: () => Answered): Answered {
    const key = asked.headers['Idempotency-Key'] ?? '';
    const known = this.stored.get(key);
    if (known) return known.body === (asked.body ?? '') ? known.answer : json(409, { code: 'key-reused' });
    const answer = act();
    if (answer.status < 300) this.stored.set(key, { body: asked.body ?? '', answer });
    return answer;
  }

  private declare(asked: Asked): Answered {
    if (this.refuse) {
      const errors = this.refuse;
      this.refuse = undefined;
      return json(422, { code: 'invalid', errors });
    }
    this.declared.push(asked);
    const body = JSON.parse(asked.body ?? '{}') as { companions?: unknown[] };
    const companions = (body.companions ?? []).map((_, n) => ({ code: `7GQ2M4XK9T${n}`, pass: PASS, pass_svg: '', state: 'ready' }));
    return json(201, { ...this.summary(), ...(companions.length > 0 ? { companions } : {}) });
  }

  private summary() {
    return {
      code: `7GQ2M4XK9TA`, pass: PASS, pass_svg: '/api/v1/passes/7GQ2M4XK9TA.svg', state: this.state, next: 'Have your pass at hand.',
      counts_from: '2026-11-23T06:00:00Z', valid_until: '2026-11-26T06:00:00Z', flight: { id: 'CA938-2026-11-24-CNPEK', on_schedule: true },
    };
  }

  private whole() {
    const sent = JSON.parse(this.declared[0]?.body ?? '{}');
    const { traveller = {}, trip = {}, contact = {}, answers = {} } = sent;
    return { ...this.summary(), port: 'CNPEK', questionnaire: '1', language: 'en', version: 1, traveller, trip, contact, answers };
  }
}
