// Reads a QR code from its squares by ISO/IEC 18004, independently of what wrote it: format, mask, blocks, correction, text.

import assert from 'node:assert/strict';

/** Dark squares as true, row by row, without the quiet zone. */
export type Squares = readonly (readonly boolean[])[];

/** By version, for the correction level L: alignment centres, correction bytes a block, data bytes of each block. */
const VERSIONS: readonly { centres: number[]; correction: number; blocks: number[] }[] = [
  { centres: [], correction: 7, blocks: [19] },
  { centres: [6, 18], correction: 10, blocks: [34] },
  { centres: [6, 22], correction: 15, blocks: [55] },
  { centres: [6, 26], correction: 20, blocks: [80] },
  { centres: [6, 30], correction: 26, blocks: [108] },
  { centres: [6, 34], correction: 18, blocks: [68, 68] },
  { centres: [6, 22, 38], correction: 20, blocks: [78, 78] },
  { centres: [6, 24, 42], correction: 24, blocks: [97, 97] },
  { centres: [6, 26, 46], correction: 30, blocks: [116, 116] },
  { centres: [6, 28, 50], correction: 18, blocks: [68, 68, 69, 69] },
  { centres: [6, 30, 54], correction: 20, blocks: [81, 81, 81, 81] },
  { centres: [6, 32, 58], correction: 24, blocks: [92, 92, 93, 93] },
  { centres: [6, 34, 62], correction: 26, blocks: [107, 107, 107, 107] },
];

const MASKS: readonly ((i: number, j: number) => boolean)[] = [
  (i, j) => (i + j) % 2 === 0,
  (i) => i % 2 === 0,
  (_, j) => j % 3 === 0,
  (i, j) => (i + j) % 3 === 0,
  (i, j) => (Math.floor(i / 2) + Math.floor(j / 3)) % 2 === 0,
  (i, j) => ((i * j) % 2) + ((i * j) % 3) === 0,
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2 === 0,
  (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2 === 0,
];

/** The field of 256 elements over x⁸+x⁴+x³+x²+1. */
function times(a: number, b: number): number {
  let product = 0;
  for (let x = a, y = b; y > 0; y >>= 1) {
    if (y & 1) product ^= x;
    x = x & 0x80 ? ((x << 1) ^ 0x11d) & 0xff : x << 1;
  }
  return product;
}

/** Every power of 2 must be a root of data and correction together. */
function assertIntact(block: readonly number[], correction: number): void {
  for (let i = 0, root = 1; i < correction; i++, root = times(root, 2)) {
    const rest = block.reduce((sum, byte) => times(sum, root) ^ byte, 0);
    assert.equal(rest, 0, 'the correction bytes do not fit the data');
  }
}

/** What the fifteen format bits say. */
function formatOf(at: (row: number, column: number) => boolean): { level: number; mask: number } {
  const places = [0, 1, 2, 3, 4, 5, 7, 8].map((column) => [8, column] as const);
  const others = [7, 5, 4, 3, 2, 1, 0].map((row) => [row, 8] as const);
  const bits = [...places, ...others].reduce((sum, [row, column]) => (sum << 1) | Number(at(row, column)), 0) ^ 0x5412;
  let rest = bits;
  for (let i = 14; i >= 10; i--) if (rest & (1 << i)) rest ^= 0x537 << (i - 10);
  assert.equal(rest, 0, 'the format bits are damaged');
  return { level: bits >> 13, mask: (bits >> 10) & 7 };
}

/** The text of a QR code in bytes, level L, versions 1 to 13. Throws an AssertionError where it is none. */
export function readQr(squares: Squares): string {
  const size = squares.length;
  const version = (size - 17) / 4;
  const plan = VERSIONS[version - 1];
  assert.ok(plan, `no version of QR code is ${size} squares wide`);
  const at = (row: number, column: number) => squares[row]?.[column] === true;

  for (const [top, left] of [
    [0, 0],
    [0, size - 7],
    [size - 7, 0],
  ] as const) {
    for (let r = 0; r < 7; r++)
      for (let c = 0; c < 7; c++) {
        const ring = Math.max(Math.abs(r - 3), Math.abs(c - 3));
        assert.equal(at(top + r, left + c), ring !== 2, 'a corner pattern is damaged');
      }
  }
  const { level, mask } = formatOf(at);
  assert.equal(level, 1, 'not of level L');

  const isPattern = (row: number, column: number): boolean => {
    if (row === 6 || column === 6) return true;
    if (row < 9 && (column < 9 || column >= size - 8)) return true;
    if (row >= size - 8 && column < 9) return true;
    if (version >= 7 && ((row < 6 && column >= size - 11) || (column < 6 && row >= size - 11))) return true;
    const last = plan.centres.at(-1);
    return plan.centres.some((r) =>
      plan.centres.some((c) => {
        const isCorner = (r === 6 && c === 6) || (r === 6 && c === last) || (r === last && c === 6);
        return !isCorner && Math.abs(row - r) <= 2 && Math.abs(column - c) <= 2;
      }),
    );
  };
  const bits: number[] = [];
  let isUp = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const row = isUp ? size - 1 - step : step;
      for (const column of [right, right - 1])
        if (!isPattern(row, column)) bits.push(Number(at(row, column) !== MASKS[mask]?.(row, column)));
    }
    isUp = !isUp;
  }
  const bytes: number[] = [];
  for (let i = 0; i + 8 <= bits.length; i += 8) bytes.push(Number.parseInt(bits.slice(i, i + 8).join(''), 2));

  const blocks: number[][] = plan.blocks.map(() => []);
  let next = 0;
  for (let i = 0; i < Math.max(...plan.blocks); i++)
    for (const [b, length] of plan.blocks.entries()) if (i < length) blocks[b]?.push(bytes[next++] as number);
  const data = blocks.flat();
  for (let i = 0; i < plan.correction; i++) for (const block of blocks) block.push(bytes[next++] as number);
  for (const block of blocks) assertIntact(block, plan.correction);

  const stream = data.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  assert.equal(stream.slice(0, 4), '0100', 'not in bytes');
  const wide = version < 10 ? 8 : 16;
  const length = Number.parseInt(stream.slice(4, 4 + wide), 2);
  const content = Array.from({ length }, (_, i) =>
    Number.parseInt(stream.slice(4 + wide + 8 * i, 12 + wide + 8 * i), 2),
  );
  return Buffer.from(content).toString('utf8');
}

/** The dark squares of the picture; checks that it is closed in by white. */
export function squaresOf(svg: string): Squares {
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  const grid = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  const path = /fill="#000" d="([^"]+)"/.exec(svg)?.[1] ?? '';
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    for (let i = 0; i < Number(width); i++) (grid[Number(y)] as boolean[])[Number(x) + i] = true;
  const quiet = [0, 1, 2, 3, size - 4, size - 3, size - 2, size - 1];
  assert.ok(
    quiet.every((i) => grid[i]?.every((dark) => !dark) && grid.every((row) => !row[i])),
    'the quiet zone is not white',
  );
  return grid.slice(4, -4).map((row) => row.slice(4, -4));
}
