// The drawn pass, read back by another library.

import jsQR from 'jsqr';
import { expect, test } from 'vitest';
import { draw } from '../src/lib/draw';
import { modules } from '../src/lib/qr';
import { PASS } from './support/server';

test('a scanner reads what was drawn', () => {
  const size = 420;
  const pixels = new Uint8ClampedArray(size * size * 4).fill(255);
  const pen = {
    fillStyle: '' as unknown,
    fillRect(x: number, y: number, width: number, height: number) {
      const shade = this.fillStyle === '#000000' ? 0 : 255;
      for (let row = y; row < y + height; row += 1) {
        for (let column = x; column < x + width; column += 1) pixels.fill(shade, (row * size + column) * 4, (row * size + column) * 4 + 3);
      }
    },
  };
  draw(pen, size, PASS);
  expect(jsQR(pixels, size, size)?.data).toBe(PASS);
});

test('a pass is at most a QR code of version 9', () => {
  // Version n has 17 + 4n modules a side (ISO/IEC 18004, 5.3).
  const longest = `PQ1:${'A'.repeat(258)}`;
  expect(modules(longest)).toHaveLength(17 + 4 * 9);
});
