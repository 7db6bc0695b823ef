// Builds the mini-program into dist/, as WeChat's developer tools open it: each TypeScript file to a CommonJS module of its own,
// markup and styles as they are. `--config DIR` takes the ports of an installation, as `pratique serve --config` does.

import { cpSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { generate } from './generate.mjs';
import { files } from './keys.mjs';
import { checkSize } from './size.mjs';

const here = join(dirname(fileURLToPath(import.meta.url)), '..');
const [source, out] = [join(here, 'src'), join(here, 'dist')];
const { values } = parseArgs({ options: { config: { type: 'string' } } });

generate({ root: join(here, '..'), here, config: values.config });
rmSync(out, { recursive: true, force: true });

const options = { outdir: out, outbase: source, format: 'cjs', target: 'es2018', charset: 'utf8', minify: true, logLevel: 'warning' };
const scripts = files(source, ['.ts']).filter((name) => !name.endsWith('.d.ts'));
const isBundle = (name) => name.endsWith('qr.ts');
await build({ ...options, entryPoints: scripts.filter((name) => !isBundle(name)) });
// Packages do not travel along: the one module that uses one takes it in.
await build({ ...options, entryPoints: scripts.filter(isBundle), bundle: true });
for (const file of files(source, ['.wxml', '.wxss', '.json', '.png', '.wxs'])) cpSync(file, join(out, file.slice(source.length)));

const app = JSON.parse(readFileSync(join(out, 'app.json'), 'utf8'));
for (const page of app.pages) for (const part of ['js', 'wxml', 'json']) statSync(join(out, `${page}.${part}`));
checkSize(out);
