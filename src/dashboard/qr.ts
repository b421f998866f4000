// A text as a QR picture: the squares come from the encoder inside qrcode-terminal, which draws in the terminal as well.

import { createRequire } from 'node:module';

/** What is used of the encoder, which brings no types. */
interface Encoder {
  addData(bytes: string): void;
  make(): void;
  getModuleCount(): number;
  isDark(row: number, column: number): boolean;
}

const load = createRequire(import.meta.url);
const QRCode: new (version: number, level: number) => Encoder = load('qrcode-terminal/vendor/QRCode');
/** Correction of 7 %, the least: on a clean screen larger squares are read more easily than more of them. */
const { L }: { readonly L: number } = load('qrcode-terminal/vendor/QRCode/QRErrorCorrectLevel');
/** The encoder finds the size by itself. */
const ANY_SIZE = -1;
/** White squares around, without which no camera finds it. */
const QUIET = 4;

/**
 * Draws a QR code as SVG, one unit a square, black on white, a quiet zone of 4 squares around it.
 * @param text up to about 2,900 bytes of UTF-8
 * @throws where the text is longer than a QR code can hold
 */
export function qrSvg(text: string): string {
  const code = new QRCode(ANY_SIZE, L);
  // It takes each character for a byte.
  code.addData(Buffer.from(text, 'utf8').toString('latin1'));
  code.make();
  const count = code.getModuleCount();
  let path = '';
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (!code.isDark(row, column)) continue;
      const from = column;
      while (column + 1 < count && code.isDark(row, column + 1)) column++;
      path += `M${from + QUIET} ${row + QUIET}h${column - from + 1}v1h-${column - from + 1}z`;
    }
  }
  const size = count + 2 * QUIET;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${size}v${size}h-${size}z"/><path fill="#000" d="${path}"/></svg>`
  );
}
