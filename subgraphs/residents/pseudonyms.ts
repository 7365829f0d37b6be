import { createLinker, type LinkedPerson, type Linker, toLinkedHome, toLinkedPerson } from '../../lib/link.js';
import { createOwnRecords, type OwnRecords } from '../../lib/own-record.js';
import { createSeal } from '../../lib/seal.js';
import type { ResidentRecord } from './record.js';

/** The other registers that know residents, each under a key that only it and this subgraph have. */
export type OtherRegister = 'vehicles' | 'housing-benefit';

export interface PseudonymKeys {
  readonly RESIDENT_ID_KEY: string;
  readonly VEHICLES_LINK_KEY: string;
  readonly HOUSING_BENEFIT_LINK_KEY: string;
  readonly OWN_RECORD_KEY: string;
}

/** What residents are called outside their register. */
export interface Pseudonyms {
  /** `Resident.id`. */
  idOf(ags: string, registerKey: string): string;
  /** @returns A key that no register gives out for anything that is no id of this municipality: it is asked for too, so
   *   that the time of the answer says nothing. */
  keyOf(ags: string, id: string): string;
  /** Places in a list of residents, which are made of names. */
  position(ags: string): { seal(order: string): string; open(position: string): string | null };
  readonly links: Readonly<Record<OtherRegister, Linker>>;
  readonly ownRecords: OwnRecords;
}

const NO_KEY = '-';

export function createPseudonyms(keys: PseudonymKeys): Pseudonyms {
  const idSeal = (ags: string) => createSeal(keys.RESIDENT_ID_KEY, `resident ${ags}`);
  return {
    idOf: (ags, registerKey) => idSeal(ags).seal(registerKey),
    keyOf: (ags, id) => idSeal(ags).open(id) ?? NO_KEY,
    position: (ags) => createSeal(keys.RESIDENT_ID_KEY, `position ${ags}`),
    links: {
      vehicles: createLinker(keys.VEHICLES_LINK_KEY, 'vehicles'),
      'housing-benefit': createLinker(keys.HOUSING_BENEFIT_LINK_KEY, 'housing-benefit'),
    },
    ownRecords: createOwnRecords(keys.OWN_RECORD_KEY),
  };
}

/** @returns `null` for a person with too little to be recognised by: no family name, no given name or no date of birth. */
export function linkedPersonOf({ familyName, givenNames, dateOfBirth }: ResidentRecord): LinkedPerson | null {
  const givenName = givenNames?.[0];
  if (familyName === null || givenName === undefined || dateOfBirth === null) return null;
  const person = toLinkedPerson({ familyName, givenName, dateOfBirth });
  return person.familyName === '' || person.givenName === '' ? null : person;
}

/** The person as offices of former residences in other municipalities know them; each place once. */
export function formerPersonsOf(resident: ResidentRecord): { ags: string; person: LinkedPerson }[] {
  const person = linkedPersonOf(resident);
  if (person === null) return [];
  const places = new Map<string, { ags: string; person: LinkedPerson }>();
  for (const { isCurrent, address } of resident.residences) {
    const { ags = null, street = null, houseNumber = null, postalCode = null } = address ?? {};
    if (isCurrent || ags === null || ags === resident.ags) continue;
    if (street === null || houseNumber === null || postalCode === null) continue;
    const home = toLinkedHome({ street, houseNumber, postalCode });
    places.set(`${ags} ${home}`, { ags, person: { ...person, home } });
  }
  return [...places.values()];
}
