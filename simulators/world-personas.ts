import type { HomeAt, WorldSettings } from './person.js';
import { type Calendar, createCalendar, dayOf } from './world-calendar.js';
import { drawHome, type Homes } from './world-homes.js';
import type { Member } from './world-members.js';
import { type Place, placesOf } from './world-places.js';
import { createRandom } from './world-random.js';

/** The household of a citizen persona; its first member is the persona. */
export interface PersonaHousehold extends Homes {
  readonly persona: string;
  readonly place: Place;
  readonly members: readonly Member[];
  readonly blocked: boolean;
}

interface Role {
  readonly persona: string;
  /** Municipality by AGS, and its place in the sorted list of a cooperation that does not have it. */
  readonly lives: readonly [string, number];
  readonly before?: readonly [string, number];
  readonly blocked?: boolean;
  readonly members: readonly Member[];
}

/** Family names of personas are in no other list, so that nobody else in a register can be taken for them. */
const ROLES: readonly Role[] = [
  {
    persona: 'citizen',
    lives: ['10045114', 0],
    members: [
      member('w', '1984-05-17', 'Käthe Sophie', 'Weißenbrück', { birthName: 'Tränkle', maritalStatus: 'VH' }),
      member('m', '1981-11-02', 'Jörg', 'Weißenbrück', { maritalStatus: 'VH' }),
      member('w', '2014-03-09', 'Mia Luise', 'Weißenbrück', {}),
    ],
  },
  {
    persona: 'citizen-moved',
    lives: ['10045114', 0],
    before: ['10041100', 1],
    members: [
      member('w', '1990-02-28', 'Mirela Anca', 'Ștefănescu-Großbach', { birthName: 'Ștefănescu', maritalStatus: 'GS' }),
      member('m', '2016-07-21', 'Răzvan', 'Großbach', {}),
    ],
  },
  {
    persona: 'citizen-substantial',
    lives: ['10045117', 2],
    members: [
      member('m', '1976-08-30', 'Björn Ottokar', 'Tellerhoff', { maritalStatus: 'LD' }),
      member('w', '1979-12-12', 'Żaneta', 'Łowczyk', { maritalStatus: 'LD' }),
    ],
  },
  {
    persona: 'citizen-basic',
    lives: ['10045117', 2],
    members: [member('w', '1958-01-06', 'Annegret', 'Quirrmann', { birthName: 'Plötzke', maritalStatus: 'VW' })],
  },
  {
    persona: 'citizen-blocked',
    lives: ['10045117', 2],
    blocked: true,
    members: [
      member('w', '1987-09-14', 'Nadine Þóra', 'Sturmhöfel', { maritalStatus: 'GS' }),
      member('m', '2018-04-25', 'Emil', 'Sturmhöfel', {}),
    ],
  },
];

/**
 * The citizens among the personas of the demo identity provider with their households. They are the same whatever the
 * size of the world; in a cooperation without their municipalities others take their part.
 */
export function personaHouseholds(settings: WorldSettings): readonly PersonaHousehold[] {
  const calendar = createCalendar(settings.today);
  const places = placesOf(settings);
  return ROLES.map((role) => {
    const place = findPlace(places, role.lives);
    const before = role.before ? findOtherPlace(places, role.before, place) : null;
    return {
      persona: role.persona,
      place,
      members: role.members,
      blocked: role.blocked ?? false,
      ...homesOfRole(role.persona, { settings, calendar, place, before }),
    };
  });
}

/** The municipality of the AGS, or the one at the fixed index of the list, or the last one. */
export function findPlace(places: readonly Place[], [ags, index]: readonly [string, number]): Place {
  const place = places.find((known) => known.ags === ags) ?? places[Math.min(index, places.length - 1)];
  if (place === undefined) throw new TypeError('A world needs at least one municipality.');
  return place;
}

/** Where a persona lived before; with a single municipality, there too. */
function findOtherPlace(places: readonly Place[], wanted: readonly [string, number], home: Place): Place {
  const others = places.filter(({ ags }) => ags !== home.ags);
  return others.length === 0 ? home : findPlace(others, [wanted[0], wanted[1] - 1]);
}

function homesOfRole(
  persona: string,
  from: { settings: WorldSettings; calendar: Calendar; place: Place; before: Place | null },
): Homes {
  const { calendar, place, before } = from;
  const random = createRandom(from.settings.seed, 'persona', persona);
  const movedOn = before ? calendar.monthStart(calendar.today, -1) + 9 : calendar.today - 2400;
  const movedIn = calendar.iso(movedOn);
  const home = drawHome(random, place, movedIn);
  const former: HomeAt = { ...drawHome(random, before ?? place, '2011-06-01'), movedOut: movedIn };
  return { homes: [home, former], movedDaysAgo: before ? calendar.today - movedOn : null };
}

function member(
  sex: 'w' | 'm',
  bornOn: string,
  givenNames: string,
  familyName: string,
  rest: { birthName?: string; maritalStatus?: string },
): Member {
  return {
    sex,
    birthDay: dayOf(bornOn),
    origin: null,
    familyName,
    birthName: rest.birthName ?? null,
    givenNames: givenNames.split(' '),
    maritalStatus: rest.maritalStatus ?? 'LD',
    isAdult: bornOn < '2000',
  };
}
