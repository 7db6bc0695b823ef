// The package's size. WeChat's limit for a main package is 2 MB; ours is lower, since every traveller loads it on a poor network.

import { statSync } from 'node:fs';
import { files } from './keys.mjs';

const KIB_MAX = 600;

export function checkSize(folder) {
  const bytes = files(folder, ['']).reduce((sum, file) => sum + statSync(file).size, 0);
  const kib = Math.ceil(bytes / 1024);
  if (kib > KIB_MAX) throw new Error(`the package has ${kib} KiB, and ${KIB_MAX} is the most`);
  console.log(`mini-program: ${kib} KiB of at most ${KIB_MAX}`);
}
