import { ORIGINS, type Origin } from './names-abroad.js';
import { FAMILY_NAME_BEGINNINGS, FAMILY_NAME_ENDINGS, GIVEN_NAMES } from './names-german.js';
import type { Random } from './world-random.js';

const SHARE_FROM_ABROAD = 0.16;
const TOTAL_WEIGHT = ORIGINS.reduce((sum, { weight }) => sum + weight, 0);
/** Day number of 1975-01-01, where given names change their fashion. */
const FASHION_CHANGE = 1826;

/** @returns Where a family came from; `null`: from Germany. */
export function drawOrigin(random: Random): Origin | null {
  if (!random.chance(SHARE_FROM_ABROAD)) return null;
  let left = random.next() * TOTAL_WEIGHT;
  for (const origin of ORIGINS) {
    left -= origin.weight;
    if (left < 0) return origin;
  }
  return null;
}

/** Beginnings early in the list are more frequent, so that some names are common and most are rare. */
export function drawFamilyName(random: Random, origin: Origin | null): string {
  if (origin) return random.pick(origin.familyNames);
  const beginning = FAMILY_NAME_BEGINNINGS[Math.floor(random.next() ** 1.5 * FAMILY_NAME_BEGINNINGS.length)] ?? '';
  return beginning + random.pick(FAMILY_NAME_ENDINGS);
}

/** @returns One to three different given names; a hyphenated one counts as one. */
export function drawGivenNames(random: Random, sex: string, birthDay: number, origin: Origin | null): string[] {
  const known = sex === 'm' ? 'm' : 'w';
  const list = origin ? origin.givenNames[known] : GIVEN_NAMES[known][birthDay < FASHION_CHANGE ? 0 : 1];
  const draw = random.next();
  const count = draw < 0.5 ? 1 : draw < 0.9 ? 2 : 3;
  const names = new Set<string>();
  while (names.size < count) names.add(random.pick(list));
  return [...names];
}

/** Whether a double name may be made of it: only two simple names are joined. */
export const isCombinable = (name: string): boolean => !/[- ']/.test(name);
