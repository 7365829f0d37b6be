import { STREETS } from './names-german.js';
import type { HomeAt } from './person.js';
import type { Calendar } from './world-calendar.js';
import type { Place } from './world-places.js';
import type { Random } from './world-random.js';

/** Where a household lives and lived, the latest first, and how it got there. */
export interface Homes {
  readonly homes: readonly [HomeAt, ...HomeAt[]];
  /** Days since the last move inside the cooperation; `null`: never moved inside it. */
  readonly movedDaysAgo: number | null;
}

const CARE_HOME = { street: 'Am Stiftsgarten', houseNumber: '1' } as const;

export function drawHome(random: Random, place: Place, movedIn: string): HomeAt {
  const letter = random.chance(0.1) ? random.pick(['a', 'b', 'c', 'd']) : '';
  return {
    ags: place.ags,
    street: random.pick(STREETS),
    houseNumber: `${random.int(1, 140)}${letter}`,
    postalCode: random.pick(place.postalCodes),
    place: place.name,
    movedIn,
    movedOut: null,
    status: '0',
    conditionalBlock: false,
  };
}

/** A care home: who lives there has a conditional block (§ 52 BMG). */
export const careHomeOf = (place: Place, movedIn: string): HomeAt => ({
  ...CARE_HOME,
  ags: place.ags,
  postalCode: place.postalCodes[0] ?? '',
  place: place.name,
  movedIn,
  movedOut: null,
  status: '0',
  conditionalBlock: true,
});

/**
 * Draws the homes of a household. About one in six moved in the last ten years, a third of them from another
 * municipality of the cooperation.
 */
export function drawHomes(
  random: Random,
  place: Place,
  from: { readonly places: readonly Place[]; readonly calendar: Calendar; readonly livesInCare: boolean },
): Homes {
  const { calendar, livesInCare } = from;
  const moved = random.chance(0.17);
  const daysAgo = random.chance(0.25) ? random.int(3, 180) : random.int(181, 3650);
  const movedIn = calendar.iso(calendar.today - (moved ? daysAgo : random.int(200, 9000)));
  const home = livesInCare ? careHomeOf(place, movedIn) : drawHome(random, place, movedIn);
  if (!moved) return { homes: [home], movedDaysAgo: null };
  const other = random.chance(0.36) ? random.pick(from.places) : place;
  const before = drawHome(random, other, calendar.iso(calendar.today - daysAgo - random.int(300, 6000)));
  return { homes: [home, { ...before, movedOut: movedIn }], movedDaysAgo: daysAgo };
}

/** The homes of one member: nobody lived anywhere before their birth. */
export function homesOf(homes: readonly HomeAt[], bornOn: string): readonly HomeAt[] {
  const lived = homes.filter(({ movedOut }) => movedOut === null || movedOut > bornOn);
  return lived.every(({ movedIn }) => movedIn >= bornOn)
    ? lived
    : lived.map((home) => (home.movedIn >= bornOn ? home : { ...home, movedIn: bornOn }));
}
