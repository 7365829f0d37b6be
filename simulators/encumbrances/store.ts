import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Archive } from './archive.js';
import { type Damage, spoil } from './damage.js';
import { type Entry, entryLine, headLine, trailLine } from './layout.js';
import { drawScan } from './scan.js';

export const EXPORT_FILE = 'baulasten.dat';
export const SCAN_FOLDER = 'blaetter';

/** What the store of scans suffers: it is not there, or holds pages that are no PDF. */
export type ScanDamage = 'no-scans' | 'broken-scans';

/** The folder that others read. */
export interface Store {
  /** Writes a new export, or a bad one in its place. @returns Its number. */
  writeExport(damage: Damage | null): Promise<number>;
  /** Writes the scans of these sheets. */
  writeScans(scans: ReadonlyMap<string, readonly Entry[]>): Promise<void>;
  /** Puts the scans of all sheets in their place, or something else. */
  restoreScans(damage: ScanDamage | null): Promise<void>;
}

/** Exports are numbered on from the file that lies in the folder. */
export async function createStore(folder: string, archive: Archive, now: () => Date): Promise<Store> {
  const [path, scans] = [join(folder, EXPORT_FILE), join(folder, SCAN_FOLDER)];
  await mkdir(scans, { recursive: true });
  let sequence = await readSequence(path);
  const writeScans: Store['writeScans'] = async (sheets) => {
    for (const [file, entries] of sheets) await replace(join(scans, file), await drawScan(entries));
  };
  return {
    writeScans,
    async writeExport(damage) {
      const number = damage === 'older' ? Math.max(0, sequence - 1) : ++sequence;
      const lines = toLines(archive.entries(), number, now());
      if (damage === null) await replace(path, Buffer.concat(lines));
      else await writeBad(path, spoil(damage, lines));
      return number;
    },
    async restoreScans(damage) {
      await rm(scans, { recursive: true, force: true });
      if (damage === 'no-scans') return;
      await mkdir(scans);
      if (damage === null) return writeScans(archive.scans());
      for (const file of archive.scans().keys()) await writeFile(join(scans, file), '<html>Bitte anmelden</html>');
    },
  };
}

const toLines = (entries: readonly Entry[], sequence: number, createdAt: Date): Buffer[] => [
  headLine(sequence, createdAt),
  ...entries.map((entry) => entryLine(entry, sequence)),
  trailLine(sequence, createdAt, entries.length),
];

/** Under a temporary name first: whoever reads the folder sees the old file or the new one, and nothing between. */
async function replace(path: string, bytes: Buffer): Promise<void> {
  const temporary = `${path}.part`;
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

/** A bad writer knows no temporary name. */
async function writeBad(path: string, bytes: Buffer | null): Promise<void> {
  await rm(path, { force: true });
  if (bytes !== null) await writeFile(path, bytes);
}

/** Number of the export that lies there; 0 where there is none. */
async function readSequence(path: string): Promise<number> {
  const text = await readFile(path, 'latin1').catch(() => '');
  return Number(/^BV.{38}(\d{7})/s.exec(text)?.[1] ?? 0);
}
