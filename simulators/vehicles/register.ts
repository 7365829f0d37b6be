import type { Company, Person } from '../person.js';
import { BLOCK_COLUMN, dataLine, type Holder, LINE_BYTES, SEQUENCE_COLUMN, toSequence } from './layout.js';

/** The vehicle registers of all municipalities that this system holds: their data records, ready to be exported. */
export interface Register {
  readonly count: number;
  /** The records with the number of this export, in pieces of whole records. */
  lines(sequence: number): Iterable<Buffer>;
  /**
   * Sets or lifts the block of a holder (§ 41 StVG).
   *
   * @returns How many vehicles they hold here.
   */
  setBlock(who: { ags?: unknown; persona?: unknown; registerKey?: unknown }, blocked: boolean): number;
}

interface Owned {
  readonly first: number;
  readonly count: number;
}

const PIECE_RECORDS = 4096;

/** @param serves Municipalities whose office holds the record; vehicles of other offices are left out. */
export function createRegister(
  people: Iterable<Person>,
  companies: Iterable<Company>,
  serves: ReadonlySet<string>,
): Register {
  const pieces: Buffer[] = [];
  const owned = new Map<string, Owned>();
  let count = 0;
  const add = (vehicles: Person['vehicles'], holder: Omit<Holder, 'familyName' | 'home'>): Owned => {
    const first = count;
    for (const vehicle of vehicles.filter(({ officeAgs }) => serves.has(officeAgs))) {
      if (count % PIECE_RECORDS === 0) pieces.push(Buffer.alloc(PIECE_RECORDS * LINE_BYTES));
      const line = { ...holder, familyName: vehicle.holderFamilyName, home: vehicle.holderHome };
      dataLine(vehicle, line).copy(pieces.at(-1) ?? Buffer.alloc(0), (count % PIECE_RECORDS) * LINE_BYTES);
      count += 1;
    }
    return { first, count: count - first };
  };
  for (const person of people) {
    const own = add(person.vehicles, toHolder(person));
    if (own.count > 0) for (const name of namesOf(person)) owned.set(name, own);
  }
  for (const { vehicles } of companies) add(vehicles, COMPANY);

  const recordAt = (index: number) => {
    const start = (index % PIECE_RECORDS) * LINE_BYTES;
    return (pieces[Math.floor(index / PIECE_RECORDS)] as Buffer).subarray(start, start + LINE_BYTES);
  };
  return {
    count,
    *lines(sequence) {
      for (let index = 0; index < count; index += 1)
        recordAt(index).write(toSequence(sequence), SEQUENCE_COLUMN - 1, 'latin1');
      for (const [piece, bytes] of pieces.entries())
        yield bytes.subarray(0, Math.min(PIECE_RECORDS, count - piece * PIECE_RECORDS) * LINE_BYTES);
    },
    setBlock({ ags, persona, registerKey }, blocked) {
      const own = owned.get(persona === undefined ? `${ags} ${registerKey}` : `${persona}`) ?? { first: 0, count: 0 };
      for (let index = own.first; index < own.first + own.count; index += 1)
        recordAt(index).write(blocked ? 'J' : 'N', BLOCK_COLUMN - 1, 'latin1');
      return own.count;
    },
  };
}

const COMPANY = { kind: 'J', givenNames: '', dateOfBirth: '', placeOfBirth: '', sex: '', blocked: false } as const;

const toHolder = (person: Person) =>
  ({
    kind: 'N',
    givenNames: person.givenNames.join(' '),
    dateOfBirth: person.dateOfBirth,
    placeOfBirth: person.placeOfBirth,
    sex: person.sex,
    blocked: person.blocked,
  }) as const;

/** How the message that sets a block may name a person. */
const namesOf = ({ ags, registerKey, persona }: Person): string[] => [
  `${ags} ${registerKey}`,
  ...(persona === null ? [] : [persona]),
];
