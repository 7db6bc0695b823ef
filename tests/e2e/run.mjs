// Runs every test file, or those named, against one server: the demo loads its day once for all of them.
//   node run.mjs [FILE.test.mjs …]

import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from './server.mjs';

const here = new URL('.', import.meta.url);
// Two files at a time, for two cores: looks.test.mjs is as long as all the others together.
// A browser that hangs at its end keeps no file waiting.
const most_min = process.env.PRATIQUE_LOOKS === 'all' ? 60 : 20;
const OPTIONS = ['--test', '--test-force-exit', '--test-reporter=spec', `--test-timeout=${most_min * 60_000}`];
// What is judged by the moment at which keys and pictures come has the machine for itself, and what counts everybody who is
// let go has the port for itself.
const ALONE = ['camera.test.mjs', 'lane.test.mjs', 'supervision.test.mjs'];

async function main(named) {
  const files = named.length > 0 ? named : (await readdir(here)).filter((file) => file.endsWith('.test.mjs')).sort();
  const server = await startServer();
  const folder = await mkdtemp(join(tmpdir(), 'pratique-e2e-'));
  try {
    const printed = join(folder, 'printed.txt');
    await writeFile(printed, server.output());
    const shared = process.env.PRATIQUE_URL ? {} : { PRATIQUE_URL: server.url, PRATIQUE_PRINTED: printed };
    const env = { ...process.env, ...shared };
    const [alone, beside] = [files.filter((file) => ALONE.includes(file)), files.filter((file) => !ALONE.includes(file))];
    const codes = [await run(alone, 1, env), await run(beside, 2, env)];
    process.exitCode = codes.find((code) => code !== 0) ?? 0;
  } finally {
    await rm(folder, { recursive: true });
    const how = await server.stop();
    if (how !== 0) {
      console.error(`the server ended with ${how}:\n${server.output()}`);
      process.exitCode = 1;
    }
  }
}

function run(files, at_once, env) {
  if (files.length === 0) return 0;
  const child = spawn(process.execPath, [...OPTIONS, `--test-concurrency=${at_once}`, ...files], { cwd: here, env, stdio: 'inherit' });
  return new Promise((resolve, reject) => child.on('error', reject).on('exit', (code) => resolve(code ?? 1)));
}

await main(process.argv.slice(2));
