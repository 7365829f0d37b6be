import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Damage, type Pieces, spoil } from './damage.js';
import { headLine, RECORD_BYTES, trailLine } from './layout.js';
import type { Register } from './register.js';

export const EXPORT_FILE = 'fahrzeuge.dat';
/** Where command files will be put for the registration office's system. */
const INBOX = 'inbox';

export interface Exporter {
  /** Writes a new export, or a bad one in its place. @returns Its number. */
  write(damage: Damage | null): Promise<number>;
}

/** Exports are numbered on from the file that lies in the folder. */
export async function createExporter(folder: string, register: Register, now: () => Date): Promise<Exporter> {
  await mkdir(join(folder, INBOX), { recursive: true });
  const path = join(folder, EXPORT_FILE);
  let sequence = await readSequence(path);
  let writing: Promise<unknown> = Promise.resolve();
  const write = async (damage: Damage | null) => {
    const number = damage === 'older' ? Math.max(0, sequence - 1) : ++sequence;
    const createdAt = now();
    const pieces = [
      headLine(number, createdAt),
      ...register.lines(number),
      trailLine(number, createdAt, register.count),
    ];
    await (damage === null ? replace(path, pieces) : writeBad(path, spoil(damage, pieces)));
    return number;
  };
  return {
    write(damage) {
      const written = writing.then(() => write(damage));
      writing = written.catch(() => undefined);
      return written;
    },
  };
}

/** Under a temporary name first: whoever reads the folder sees the old export or the new one, and nothing between. */
async function replace(path: string, pieces: Pieces): Promise<void> {
  const temporary = `${path}.part`;
  const file = await open(temporary, 'w');
  try {
    for (const piece of pieces) await file.write(piece);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

/** A bad writer knows no temporary name. */
async function writeBad(path: string, pieces: Pieces | null): Promise<void> {
  await rm(path, { force: true });
  if (pieces === null) return;
  const file = await open(path, 'w');
  try {
    for (const piece of pieces) await file.write(piece);
  } finally {
    await file.close();
  }
}

/** Number of the export that lies there; 0 where there is none. */
async function readSequence(path: string): Promise<number> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return 0;
  try {
    const { buffer } = await file.read(Buffer.alloc(RECORD_BYTES), 0, RECORD_BYTES, 0);
    return Number(/^VS.{38}(\d{7})/s.exec(buffer.toString('latin1'))?.[1] ?? 0);
  } finally {
    await file.close();
  }
}
