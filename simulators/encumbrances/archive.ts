import { createRandom, type Random } from '../world-random.js';
import { KINDS } from './kinds.js';
import type { Entry } from './layout.js';

/** The register as the office keeps it, on paper and in its index. All of it is made up. */
export interface Archive {
  entries(): readonly Entry[];
  /** Entries by scan: each is one sheet. Sheets that nobody has scanned are not among them. */
  scans(): ReadonlyMap<string, readonly Entry[]>;
  /** Adds an entry to the sheet of a parcel. @throws Error where there is no such sheet. */
  enter(entry: Pick<Entry, 'ags' | 'parcelKey' | 'kind' | 'content' | 'enteredOn'>): Entry;
  /** Deletes an entry, which stays on its sheet. @throws Error where there is no such entry. */
  erase(entry: Pick<Entry, 'ags' | 'sheetNumber' | 'entryNumber'> & { readonly deletedOn: string }): Entry;
}

/** The parcel of each municipality that examples ask for: the same on every machine, with two entries. */
export const exampleParcel = (ags: string): string => `${ags}0000420007__`;

export function createArchive(
  municipalities: readonly string[],
  { seed, parcels }: { readonly seed: number; readonly parcels: number },
): Archive {
  let entries = municipalities.flatMap((ags) => {
    const random = createRandom(seed, 'encumbrances', ags);
    return Array.from({ length: parcels }, (_, index) => drawSheet(random, { ags, index, parcels })).flat();
  });
  const replace = (found: Entry, by: Entry) => {
    entries = entries.map((entry) => (entry === found ? by : entry));
    return by;
  };
  return {
    entries: () => entries,
    scans() {
      const scans = new Map<string, Entry[]>();
      for (const entry of entries)
        if (entry.file !== '') scans.set(entry.file, [...(scans.get(entry.file) ?? []), entry]);
      return scans;
    },
    enter(given) {
      const sheet = entries.filter(({ ags, parcelKey }) => ags === given.ags && parcelKey === given.parcelKey);
      const last = sheet.at(-1);
      if (last === undefined) throw new Error('there is no sheet for this parcel');
      const entry = { ...last, ...given, entryNumber: last.entryNumber + 1, deletedOn: null };
      entries = [...entries, entry];
      return entry;
    },
    erase({ ags, sheetNumber, entryNumber, deletedOn }) {
      const found = entries.find(
        (one) => one.ags === ags && one.sheetNumber === sheetNumber && one.entryNumber === entryNumber,
      );
      if (found === undefined) throw new Error('there is no such entry');
      return replace(found, { ...found, deletedOn });
    },
  };
}

function drawSheet(
  random: Random,
  { ags, index, parcels }: { readonly ags: string; readonly index: number; readonly parcels: number },
): Entry[] {
  const sheetNumber = String(1000 + index);
  const isExample = index === 0;
  const isScanned = isExample || index < parcels - 1;
  const parcelKey = isExample ? exampleParcel(ags) : drawParcelKey(random, ags, index);
  return Array.from({ length: isExample ? 2 : random.int(1, 3) }, (_, position) => {
    const kind = random.pick(KINDS);
    const year = random.int(1965, 2015);
    const isDeleted = isExample ? position === 1 : random.chance(0.2);
    return {
      ags,
      parcelKey,
      sheetNumber,
      entryNumber: position + 1,
      kind: kind.code,
      enteredOn: drawDay(random, year),
      deletedOn: isDeleted ? drawDay(random, year + random.int(1, 9)) : null,
      file: isScanned ? `${ags}-${sheetNumber}.pdf` : '',
      content: kind.write(random),
    };
  });
}

/** Land, then made-up Gemarkung and Flur; the Zähler is never twice in a municipality. */
function drawParcelKey(random: Random, ags: string, index: number): string {
  const section = random.chance(0.2) ? '___' : `${ags.slice(6)}${random.int(1, 9)}`;
  const below = random.chance(0.4) ? '____' : String(random.int(1, 350)).padStart(4, '0');
  return `${ags.slice(0, 6)}${section}${String(100 + index * 3).padStart(5, '0')}${below}__`;
}

const drawDay = (random: Random, year: number): string =>
  `${year}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`;
