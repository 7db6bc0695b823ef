// The pass as a QR code: version and mask are chosen by the library, level M and alphanumeric mode as the server draws it
// (contract: at most version 9).

import qrcode from 'qrcode-generator';

/** Modules around the code that stay light (ISO/IEC 18004, 9.1). */
export const QUIET = 4;

/** The dark modules of a pass's text, row by row. */
export function modules(text: string): boolean[][] {
  const code = qrcode(0, 'M');
  code.addData(text, 'Alphanumeric');
  code.make();
  const size = code.getModuleCount();
  const rows: boolean[][] = [];
  for (let y = 0; y < size; y += 1) {
    const row: boolean[] = [];
    for (let x = 0; x < size; x += 1) row.push(code.isDark(y, x));
    rows.push(row);
  }
  return rows;
}
