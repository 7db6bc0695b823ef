// Starts the real binary and stops it as Ctrl-C would.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';

const BINARY = process.env.PRATIQUE_BIN ?? fileURLToPath(new URL('../../target/debug/pratique', import.meta.url));
// Port 0: the system picks a free one, so that test files never meet on a port.
const ARGUMENTS = ['demo', '--listen', '127.0.0.1:0'];
const LISTENING = /Listening on (http:\/\/\S+)/;

/**
 * Starts a server and waits until it is ready to serve.
 * Set PRATIQUE_URL to use one that runs already, and PRATIQUE_PRINTED to a file of what it printed; it is then left running.
 * @returns {Promise<{url: string, output: () => string, stop: () => Promise<number|null>}>} `output` is all that the
 *   server printed (sign-ins among it); `stop` gives the exit code.
 */
export async function startServer({ command = BINARY, args = ARGUMENTS, readyWithin_ms = 240_000 } = {}) {
  if (process.env.PRATIQUE_URL && command === BINARY) {
    const printed = process.env.PRATIQUE_PRINTED;
    const output = () => (printed ? readFileSync(printed, 'utf8') : '');
    return { url: process.env.PRATIQUE_URL.replace(/\/$/, ''), output, stop: async () => 0 };
  }
  const server = run(command, args);
  try {
    const deadline = Date.now() + readyWithin_ms;
    const url = await address(server, deadline);
    await ready(server, url, deadline);
    return { url, output: server.output, stop: () => stop(server) };
  } catch (error) {
    server.child.kill('SIGKILL');
    throw error;
  }
}

function run(command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const server = { child, text: '', ended: null, output: () => server.text };
  const keep = (chunk) => { server.text += chunk; };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  server.exit = new Promise((resolve) => {
    child.on('error', (error) => resolve((server.ended = `could not start: ${error.message}`)));
    child.on('exit', (code, signal) => resolve((server.ended = code ?? signal)));
  });
  return server;
}

async function address(server, deadline) {
  return until(server, deadline, 'print its address', () => LISTENING.exec(server.text)?.[1].replace(/\/$/, ''));
}

async function ready(server, url, deadline) {
  await until(server, deadline, 'answer /readyz', async () => {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    return answer?.ok;
  });
}

/** Asks again and again until there is an answer; a server that ended, or the deadline, is an error with its output. */
async function until(server, deadline, what, ask) {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (server.ended !== null) {
      throw new Error(`${server.child.spawnfile} ended (${server.ended}) before it could ${what}:\n${server.text}`);
    }
    if (Date.now() > deadline) {
      throw new Error(`${server.child.spawnfile} did not ${what} in time:\n${server.text}`);
    }
    await pause(50);
  }
}

/** Stops as Ctrl-C does. A server that does not stop within ten seconds is killed, and that is an error. */
async function stop(server) {
  server.child.kill('SIGINT');
  const tooLate = AbortSignal.timeout(10_000);
  const late = new Promise((resolve) => tooLate.addEventListener('abort', () => resolve('late'), { once: true }));
  const how = await Promise.race([server.exit, late]);
  if (how === 'late') {
    server.child.kill('SIGKILL');
    throw new Error(`the server was still there ten seconds after SIGINT:\n${server.text}`);
  }
  return how;
}
