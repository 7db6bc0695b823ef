// Puts what the pages fetch into the binary's assets: nothing is built, the packages' own files are copied. The files are not
// kept in the repository; a binary that was built without them offers no camera.

import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';

const from = new URL('node_modules/zxing-wasm/', import.meta.url);
const to = new URL('../crates/app/assets/built/', import.meta.url);

const FILES = {
  'zxing-reader.js': 'dist/iife/reader/index.js',
  'zxing_reader.wasm': 'dist/reader/zxing_reader.wasm',
};

await mkdir(to, { recursive: true });
for (const [name, path] of Object.entries(FILES)) {
  const [fresh, old] = await Promise.all([readFile(new URL(path, from)), readFile(new URL(name, to)).catch(() => null)]);
  // A file that is the same keeps its time, so that cargo builds nothing anew.
  if (!old || !fresh.equals(old)) await copyFile(new URL(path, from), new URL(name, to));
}

// Whoever gets the files gets their licences with them: the program is compiled from ZXing-C++ (Apache-2.0, as Pratique is).
const about = `zxing-wasm\n\n${await readFile(new URL('LICENSE', from), 'utf8')}\n\nZXing-C++, compiled into zxing-wasm\n\n`;
await writeFile(new URL('licences.txt', to), about + (await readFile(new URL('../LICENSE', import.meta.url), 'utf8')));

const { version, license } = JSON.parse(await readFile(new URL('package.json', from), 'utf8'));
console.log(`  zxing-wasm ${version} (${license}): its reader is in crates/app/assets/built`);
