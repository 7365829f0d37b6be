import type { Household } from './world-persons.js';
import type { Random } from './world-random.js';

type Double = Pick<Household['members'][number], 'sex' | 'birthDay' | 'origin' | 'familyName' | 'givenNames'>;

/** Sees to it that some people who have nothing to do with each other bear one name and were born on one day. */
export interface Homonyms {
  disguise(household: Household, random: Random): Household;
}

/** One in so many people who live alone; in a world of 20,000 about one in four hundred people. */
const EVERY = 80;

/**
 * Every eightieth person who lives alone becomes the double of an earlier one: in turn of one in the same municipality
 * and of one in the municipality before. Now and then the double lives under an information block.
 */
export function createHomonyms(): Homonyms {
  let single = 0;
  let made = 0;
  let here: { ags: string; double: Double } | null = null;
  let elsewhere: Double | null = null;
  return {
    disguise(household, random) {
      const [member, ...others] = household.members;
      if (member === undefined || others.length > 0) return household;
      if (here && here.ags !== household.place.ags) [elsewhere, here] = [here.double, null];
      single += 1;
      const double = single % EVERY === EVERY / 2 ? takeDouble() : null;
      if (double === null) {
        if (here === null || random.chance(0.02)) here = { ags: household.place.ags, double: toDouble(member) };
        return household;
      }
      made += 1;
      // The first given name is the same; every second one bears the others too.
      const givenNames = made % 2 === 0 ? double.givenNames : double.givenNames.slice(0, 1);
      const alike = { ...member, ...double, givenNames, birthName: null };
      return { ...household, members: [alike], blocked: household.blocked || made % 8 === 1 };
    },
  };

  function takeDouble(): Double | null {
    return made % 2 === 0 ? (here?.double ?? null) : (elsewhere ?? here?.double ?? null);
  }
}

const toDouble = ({ sex, birthDay, origin, familyName, givenNames }: Double): Double => ({
  sex,
  birthDay,
  origin,
  familyName,
  givenNames,
});
