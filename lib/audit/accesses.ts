import type { BlindIndex, Subject } from './blind-index.js';
import { type AccessPlace, type FoundLine, findAccesses, type ItemOf, type LineSource } from './source.js';

/**
 * What a person learns of one access to their data (Art. 15 GDPR, § 10 BMG): which office, why, what; not who. Its place is
 * `after` of the next page, and tells how many accesses there are to anybody: seal it in a cursor.
 */
export interface Access extends AccessPlace {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly register: string;
  /** AGS of the municipality that answers for the data; `null`: none. */
  readonly controller: string | null;
  readonly role: string;
  readonly office: string | null;
  /** Municipalities the office works for, as in its token. */
  readonly municipalities: readonly string[];
  readonly purpose: string | null;
  readonly fileReference: string | null;
  /** Coordinates of what was sent about this person, sorted. */
  readonly fields: readonly string[];
}

export interface AccessQuestion {
  /** All names of one person or thing. */
  readonly subjects: readonly Subject[];
  /** At most so many. */
  readonly first: number;
  /** Place of the last one of the page before; `null`: from the newest. */
  readonly after: AccessPlace | null;
}

/**
 * Reads the accesses to a person's data, newest first, without those the law keeps from them (§ 34 (5) BMG) and without
 * anybody's name. Needs the index key and no officer's key.
 */
export async function readAccesses(
  { source, blindIndex }: { readonly source: LineSource; readonly blindIndex: BlindIndex },
  { subjects, first, after }: AccessQuestion,
): Promise<Access[]> {
  const indexesOf = (register: string) => subjects.map((subject) => blindIndex(register, subject));
  const accesses: Access[] = [];
  if (first < 1 || subjects.length === 0) return accesses;
  for await (const line of findAccesses(source, indexesOf, after)) {
    const indexes = new Set(indexesOf(line.register));
    for (const found of line.found) {
      if (found.access.isWithheld) continue;
      accesses.push(project(line, found, indexes));
      if (accesses.length === first) return accesses;
    }
  }
  return accesses;
}

function project(
  { sequence, register, controller }: FoundLine,
  { item, access }: ItemOf,
  indexes: ReadonlySet<string>,
): Access {
  const { at, role, office, municipalities, purpose, fileReference } = access;
  const theirs = access.records.filter(({ index }) => indexes.has(index));
  const fields = new Set(theirs.flatMap((record) => access.fieldSets[record.fields] ?? []));
  return {
    sequence,
    item,
    at,
    register,
    controller,
    role,
    office,
    municipalities,
    purpose,
    fileReference,
    fields: [...fields].sort(),
  };
}
