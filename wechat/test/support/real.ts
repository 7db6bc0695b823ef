// The real binary, with a WeChat of the test's own.

import { ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Answered, Asked } from '../../src/lib/device';

export interface RealServer {
  ask(asked: Asked): Promise<Answered>;
  stop(): Promise<void>;
}

/** Starts `pratique serve` on a store of its own. */
export async function serve(binary: string): Promise<RealServer> {
  const folder = mkdtempSync(join(tmpdir(), 'pratique-wechat-'));
  const secret = join(folder, 'wechat.secret');
  writeFileSync(secret, 'secret\n');
  chmodSync(secret, 0o400);
  const wechat = await wechatOf('secret');
  const endpoint = `http://127.0.0.1:${(wechat.address() as AddressInfo).port}/sns/jscode2session`;
  const options = ['--wechat-app', 'wxtest', '--wechat-secret', secret, '--wechat-endpoint', endpoint];
  const server = spawn(binary, ['serve', '--data', join(folder, 'data'), '--listen', '127.0.0.1:0', ...options], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' },
  });
  const address = await listening(server);
  return {
    ask: (asked) => ask(address, asked),
    async stop() {
      const ended = new Promise((done) => server.once('exit', done));
      server.kill('SIGTERM');
      await ended;
      wechat.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function ask(address: string, { method, url, headers, body }: Asked): Promise<Answered> {
  const answer = await fetch(url.replace('https://pratique.example', address), { method, headers, ...(body === undefined ? {} : { body }) });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
}

function listening(server: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    server.once('error', failed);
    server.once('exit', () => failed(new Error('pratique serve ended at once')));
    createInterface({ input: server.stdout! }).on('line', (line) => {
      const address = /^Listening on (http:\S+)$/.exec(line)?.[1];
      if (address) found(address);
    });
  });
}

function wechatOf(secret: string): Promise<Server> {
  const server = createServer((request, answer) => {
    const asked = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams;
    const knows = asked.get('secret') === secret && asked.get('js_code') === 'wx-code' && asked.get('grant_type') === 'authorization_code';
    answer.end(JSON.stringify(knows ? { openid: 'o1', session_key: 'k' } : { errcode: 40029 }));
  });
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(server)));
}
