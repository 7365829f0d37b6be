import { createHash } from 'node:crypto';
import { normalizeName, normalizeStreet } from './names.js';
import { createSeal } from './seal.js';

/** What two registers may both know of a person. All parts are in search form, see `normalizeName`. */
export interface LinkedPerson {
  readonly familyName: string;
  /** The first given name alone. */
  readonly givenName: string;
  /** YYYY-MM-DD, YYYY-MM or YYYY. */
  readonly dateOfBirth: string;
  /** Postal code, street and house number of a home; `null` in a link by name alone. */
  readonly home: string | null;
}

/** Names as a register writes them. */
export interface RegisteredPerson {
  readonly familyName: string;
  readonly givenName: string;
  readonly dateOfBirth: string;
}

export interface RegisteredHome {
  readonly street: string;
  readonly houseNumber: string;
  readonly postalCode: string;
}

/** The key under which exactly two registers know the same person; see `design.md`, "The schema". */
export interface Linker {
  seal(person: LinkedPerson): string;
  /**
   * A link to nobody in the place of one to a person who must not be named: as long, the same each time, another for
   * everybody, and asked for like any other, so that it takes what an unknown person takes.
   */
  sealNobody(person: LinkedPerson): string;
  /** @returns `null` for anything that was not sealed for this pair of registers. */
  open(link: string): LinkedPerson | null;
}

/** @param home Given for a former residence, where the name alone does not prove the person. */
export const toLinkedPerson = (person: RegisteredPerson, home: RegisteredHome | null = null): LinkedPerson => ({
  familyName: normalizeName(person.familyName),
  givenName: normalizeName(person.givenName),
  dateOfBirth: person.dateOfBirth,
  home: home && toLinkedHome(home),
});

export const toLinkedHome = (home: RegisteredHome): string =>
  `${home.postalCode} ${normalizeStreet(home.street)} ${normalizeName(home.houseNumber)}`;

/**
 * @param secret Known to the residents register and the other register of the pair alone.
 * @param register The other register of the pair.
 */
export function createLinker(secret: string, register: 'vehicles' | 'housing-benefit'): Linker {
  const { seal, open } = createSeal(secret, `link residents ${register}`);
  const sealPerson = ({ familyName, givenName, dateOfBirth, home }: LinkedPerson) =>
    seal([familyName, givenName, dateOfBirth, home ?? ''].join('|'));
  return {
    seal: sealPerson,
    sealNobody(person) {
      const digits = digitsOf(sealPerson(person));
      const [familyName, givenName] = [person.familyName, person.givenName].map((name, index) =>
        digits.slice(index).repeat(name.length).slice(0, name.length),
      );
      return sealPerson({ ...person, familyName: familyName ?? '', givenName: givenName ?? '' });
    },
    open(link) {
      const parts = open(link)?.split('|');
      if (parts?.length !== 4) return null;
      const [familyName = '', givenName = '', dateOfBirth = '', home = ''] = parts;
      return { familyName, givenName, dateOfBirth, home: home === '' ? null : home };
    },
  };
}

/** No name is made of digits. */
const digitsOf = (text: string): string =>
  [...createHash('sha256').update(text).digest()].map((byte) => String(byte % 10)).join('');
