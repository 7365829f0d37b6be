import type { Office, Role } from '../lib/caller.js';
import type { WorldSettings } from './person.js';
import { createCalendar } from './world-calendar.js';
import { findPlace, type PersonaHousehold, personaHouseholds } from './world-personas.js';
import { type Place, placesOf } from './world-places.js';

/** Somebody who can sign in at the demo identity provider, with the claims of the access token. */
export interface Persona {
  readonly name: string;
  /** For the page where one chooses. */
  readonly description: string;
  readonly claims: PersonaClaims;
}

/** Claims with the names of OpenID Connect where it has names; there is no tax id among them. */
export interface PersonaClaims {
  readonly sub: string;
  readonly role: Role;
  /** Level of the login as the citizen account sends it; a machine has none. */
  readonly acr?: 'STORK-QAA-Level-1' | 'STORK-QAA-Level-3' | 'STORK-QAA-Level-4';
  /** Municipalities by AGS, or a prefix ending in `*`. */
  readonly ags: readonly string[];
  readonly office?: Office;
  /** The only purpose a partner may have. */
  readonly purpose?: string;
  readonly scope: string;
  readonly family_name?: string;
  /** All given names. */
  readonly given_name?: string;
  readonly birthdate?: string;
  readonly address?: {
    /** Street and house number. */
    readonly street_address: string;
    readonly street: string;
    readonly house_number: string;
    readonly postal_code: string;
    readonly locality: string;
  };
}

const LEVELS = { normal: 'STORK-QAA-Level-1', substanziell: 'STORK-QAA-Level-3', hoch: 'STORK-QAA-Level-4' } as const;

const CITIZENS: Readonly<Record<string, readonly [keyof typeof LEVELS, string]>> = {
  citizen: ['hoch', 'lives here, has a car and a running housing-benefit case'],
  'citizen-moved': ['hoch', 'moved last month; car and case are still with the former office'],
  'citizen-substantial': ['substanziell', 'a citizen with a weaker login'],
  'citizen-basic': ['normal', 'a citizen with user name and password only'],
  'citizen-blocked': ['hoch', 'lives under an information block (§ 51 BMG)'],
};

/** The personas of this cooperation, citizens first. */
export function personasOf(settings: WorldSettings): readonly Persona[] {
  const places = placesOf(settings);
  const households = personaHouseholds(settings);
  const citizens = households.map((household) => toCitizen(household, settings));
  const district = `${households.find(({ persona }) => persona === 'citizen')?.place.district ?? ''}*`;
  return [...citizens, ...officials(places, district)];
}

function toCitizen({ persona, place, members, homes }: PersonaHousehold, settings: WorldSettings): Persona {
  const [level, what] = CITIZENS[persona] ?? ['normal', ''];
  const [member] = members;
  if (member === undefined) throw new TypeError(`Persona ${persona} has no household.`);
  const [home] = homes;
  return {
    name: persona,
    description: `${member.givenNames.join(' ')} ${member.familyName}, ${place.name}: ${what}`,
    claims: {
      sub: persona,
      role: 'citizen',
      acr: LEVELS[level],
      ags: [place.ags],
      scope: 'self',
      family_name: member.familyName,
      given_name: member.givenNames.join(' '),
      birthdate: createCalendar(settings.today).iso(member.birthDay),
      address: {
        street_address: `${home.street} ${home.houseNumber}`,
        street: home.street,
        house_number: home.houseNumber,
        postal_code: home.postalCode,
        locality: home.place,
      },
    },
  };
}

/** Those who act for an office or a system. */
function officials(places: readonly Place[], district: string): readonly Persona[] {
  const registrar = findPlace(places, ['10045117', 2]);
  const controller = findPlace(places, ['10041100', 0]);
  const clerk = { role: 'caseworker', acr: LEVELS.hoch, scope: 'casework' } as const;
  return [
    official('residents-clerk', `residents' office of ${registrar.name}`, {
      ...clerk,
      office: 'residents',
      ags: [registrar.ags],
    }),
    official('benefit-clerk', `housing-benefit office of district ${district}`, {
      ...clerk,
      office: 'housing-benefit',
      ags: [district],
    }),
    official('vehicle-clerk', `vehicle registration of district ${district}`, {
      ...clerk,
      office: 'vehicles',
      ags: [district],
    }),
    official('building-clerk', `building authority of district ${district}`, {
      ...clerk,
      office: 'building',
      ags: [district],
    }),
    official('agent-115', 'agent of the authority phone number 115', {
      role: 'agent-115',
      acr: LEVELS.substanziell,
      ags: [],
      scope: 'service',
    }),
    official('partner', "another authority's system", {
      role: 'partner',
      ags: [],
      purpose: 'residents.inquiry',
      scope: 'inquiry',
    }),
    official('protection-officer', `data protection officer of ${controller.name}`, {
      role: 'protection-officer',
      acr: LEVELS.hoch,
      ags: [controller.ags],
      scope: 'data-protection',
    }),
    official('operator', 'operations', { role: 'operator', acr: LEVELS.substanziell, ags: [], scope: 'operations' }),
  ];
}

const official = (name: string, description: string, claims: Omit<PersonaClaims, 'sub'>): Persona => ({
  name,
  description,
  claims: { sub: name, ...claims },
});
