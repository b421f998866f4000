// The simulator's diary: one JSON line for each thing that happened, only ever added to.

import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

export interface Diary<Line> {
  /** Everything that was in it when it was opened, oldest first. */
  readonly lines: readonly Line[];
  /** Adds a line with a single write: once it returns, a killed process cannot lose it. Throws when it was not written whole. */
  append(line: Line): void;
}

/**
 * Opens a diary and cuts off a last line that a killed process left unfinished.
 * Throws where a line further up cannot be read: that is damage, not an interrupted write.
 */
export function openDiary<Line>(file: string): Diary<Line> {
  mkdirSync(dirname(file), { recursive: true });
  const lines: Line[] = [];
  let size = 0;
  if (existsSync(file)) {
    const bytes = readFileSync(file);
    for (let number = 1; size < bytes.length; number++) {
      const end = bytes.indexOf('\n', size);
      const line = end < 0 ? undefined : parse<Line>(bytes.toString('utf8', size, end));
      if (!line) {
        if (end >= 0 && end < bytes.length - 1) throw new Error(`${file} line ${number} cannot be read.`);
        truncateSync(file, size);
        break;
      }
      lines.push(line);
      size = end + 1;
    }
  }

  const append = (line: Line) => {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    const handle = openSync(file, 'a');
    try {
      const written = writeSync(handle, bytes);
      if (written < bytes.length) {
        // A half line would spoil the next one.
        ftruncateSync(handle, size);
        throw new Error(`${file}: the disk took only ${written} of ${bytes.length} bytes.`);
      }
      size += written;
    } finally {
      closeSync(handle);
    }
  };

  return { lines, append };
}

function parse<Line>(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}
