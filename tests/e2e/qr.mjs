// Reads a QR code as a scanner does: from the picture on the screen, by an independent reader (zbarimg).

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The text of the code that an element of the page shows. */
export async function readCode(element) {
  const folder = await mkdtemp(join(tmpdir(), 'pratique-qr-'));
  try {
    const path = join(folder, 'code.png');
    // On a busy machine a picture is there before what is in it.
    await element.evaluate((image) => image.decode?.());
    await element.screenshot({ path, animations: 'disabled' });
    const { stdout } = await promisify(execFile)('zbarimg', ['--quiet', '--raw', path]);
    return stdout.trim();
  } finally {
    await rm(folder, { recursive: true });
  }
}
