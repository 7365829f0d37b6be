import type { Caller } from '../../lib/caller.js';
import type { Person } from '../../simulators/person.js';

/** A caseworker of the vehicle registration office. @param municipalities AGS, or prefixes ending in `*`. */
export const vehicleClerk = (...municipalities: string[]): Caller => ({
  subject: 'vehicle-clerk',
  role: 'caseworker',
  office: 'vehicles',
  municipalities,
  trustLevel: null,
  account: null,
  purpose: 'vehicles.registration',
  fileReference: 'KFZ 1/2026',
  scopes: [],
});

/** A caseworker of the building authority. @param municipalities AGS, or prefixes ending in `*`. */
export const buildingClerk = (...municipalities: string[]): Caller => ({
  ...vehicleClerk(...municipalities),
  subject: 'building-clerk',
  office: 'building',
  purpose: 'encumbrances.inquiry',
  fileReference: 'BL 1/2026',
});

/** The person as their citizen account shows them. */
export function citizen(person: Person): Caller {
  const [home] = person.residences;
  if (home === undefined) throw new TypeError('Nobody lives nowhere.');
  const { street, houseNumber, postalCode, place } = home;
  return {
    subject: `citizen ${person.serial}`,
    role: 'citizen',
    office: null,
    municipalities: [person.ags],
    trustLevel: 'hoch',
    account: {
      familyName: person.familyName,
      givenNames: person.givenNames.join(' '),
      dateOfBirth: person.dateOfBirth,
      street,
      houseNumber,
      postalCode,
      place,
    },
    purpose: null,
    fileReference: null,
    scopes: [],
  };
}
