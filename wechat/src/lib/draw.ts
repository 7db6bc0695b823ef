// A QR code on a canvas.

import { modules, QUIET } from './qr';

/** What is used of a canvas' context. */
export interface Pen {
  fillStyle: unknown;
  fillRect(x: number, y: number, width: number, height: number): void;
}

/** Draws with whole pixels a module, so that every edge is sharp, on white with a quiet zone; `size` is the side in pixels. */
export function draw(pen: Pen, size: number, text: string): void {
  const rows = modules(text);
  const side = rows.length + 2 * QUIET;
  const px = Math.max(1, Math.floor(size / side));
  const margin = Math.floor((size - px * side) / 2) + px * QUIET;
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, size, size);
  pen.fillStyle = '#000000';
  rows.forEach((row, y) => row.forEach((dark, x) => {
    if (dark) pen.fillRect(margin + x * px, margin + y * px, px, px);
  }));
}
