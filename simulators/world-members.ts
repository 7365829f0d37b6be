import type { Origin } from './names-abroad.js';
import { drawFamilyName, drawGivenNames, drawOrigin, isCombinable } from './world-names.js';
import type { Random } from './world-random.js';

/** A member of a household before the register knows anything of them. */
export interface Member {
  readonly sex: 'w' | 'm' | 'd' | 'x';
  readonly birthDay: number;
  readonly origin: Origin | null;
  readonly familyName: string;
  readonly birthName: string | null;
  readonly givenNames: readonly string[];
  readonly maritalStatus: string;
  readonly isAdult: boolean;
}

const YEAR = 365.2425;

/**
 * Who lives together: one adult, a couple or single parent with children, or several adults.
 *
 * @param today Day number.
 * @returns 1 to 6 members, adults first.
 */
export function drawMembers(random: Random, today: number): readonly Member[] {
  const draw = random.next();
  if (draw < 0.41) return [drawSingle(random, today)];
  if (draw < 0.67) return drawCouple(random, today, 0);
  if (draw < 0.7) return [drawSingle(random, today), drawSingle(random, today)];
  if (draw < 0.76) return drawSingleParent(random, today);
  return drawCouple(random, today, drawChildCount(random));
}

function drawChildCount(random: Random): number {
  const draw = random.next();
  return draw < 0.48 ? 1 : draw < 0.85 ? 2 : draw < 0.96 ? 3 : 4;
}

function drawSingle(random: Random, today: number): Member {
  const age = 18 + Math.floor(75 * random.next() ** 1.2);
  const adult = drawAdult(random, today, age);
  const draw = random.next();
  const wasMarried = draw < (age < 30 ? 0.02 : age < 65 ? 0.35 : 0.75);
  if (!wasMarried) return adult;
  const maritalStatus = random.chance(age < 65 ? 0.9 : 0.25) ? 'GS' : 'VW';
  const birthName = adult.sex !== 'm' && random.chance(0.7) ? drawFamilyName(random, adult.origin) : adult.familyName;
  return { ...adult, maritalStatus, birthName: birthName === adult.familyName ? null : birthName };
}

function drawCouple(random: Random, today: number, children: number): readonly Member[] {
  const age = children > 0 ? random.int(22, 52) : 22 + Math.floor(66 * random.next() ** 0.8);
  const first = drawAdult(random, today, age, random.chance(0.96) ? 'm' : 'w');
  const other = drawAdult(
    random,
    today,
    Math.max(19, age + random.int(-7, 4)),
    first.sex === 'm' && random.chance(0.97) ? 'w' : 'm',
  );
  const [one, two] = random.chance(age < 30 ? 0.45 : 0.85) ? marry(random, first, other) : [first, other];
  const familyName = two.birthName === null && random.chance(0.4) ? two.familyName : one.familyName;
  return [one, two, ...drawChildren(random, { today, parents: [one, two], familyName, count: children })];
}

function drawSingleParent(random: Random, today: number): readonly Member[] {
  const parent = drawAdult(random, today, random.int(22, 52), random.chance(0.85) ? 'w' : 'm');
  const maritalStatus = random.chance(0.5) ? 'GS' : 'LD';
  const { familyName } = parent;
  const count = random.chance(0.65) ? 1 : 2;
  return [{ ...parent, maritalStatus }, ...drawChildren(random, { today, parents: [parent], familyName, count })];
}

function drawAdult(random: Random, today: number, age: number, sex?: 'w' | 'm'): Member {
  const origin = drawOrigin(random);
  const drawn = random.next();
  const known = sex ?? (drawn < 0.505 ? 'w' : drawn < 0.9985 ? 'm' : drawn < 0.9995 ? 'd' : 'x');
  const birthDay = today - Math.floor((age + random.next()) * YEAR);
  return {
    sex: known,
    birthDay,
    origin,
    familyName: drawFamilyName(random, origin),
    birthName: null,
    givenNames: drawGivenNames(random, known, birthDay, origin),
    maritalStatus: 'LD',
    isAdult: true,
  };
}

/** Most take one name, some of them a double name, the others keep their own (§ 1355 BGB). */
function marry(random: Random, first: Member, other: Member): [Member, Member] {
  const maritalStatus = first.sex === other.sex && random.chance(0.3) ? 'LP' : 'VH';
  const one = { ...first, maritalStatus };
  const two = { ...other, maritalStatus };
  const draw = random.next();
  if (one.familyName === two.familyName || draw < 0.15) return [one, two];
  if (draw < 0.23 && isCombinable(one.familyName) && isCombinable(two.familyName))
    return [one, { ...two, familyName: `${two.familyName}-${one.familyName}`, birthName: two.familyName }];
  if (draw < 0.29) return [{ ...one, familyName: two.familyName, birthName: one.familyName }, two];
  return [one, { ...two, familyName: one.familyName, birthName: two.familyName }];
}

function drawChildren(
  random: Random,
  from: { today: number; parents: readonly Member[]; familyName: string; count: number },
): readonly Member[] {
  const youngest = Math.max(...from.parents.map(({ birthDay }) => birthDay));
  const children: Member[] = [];
  let birthDay = Math.min(from.today - random.int(0, 4 * 365), youngest + Math.floor(random.int(20, 38) * YEAR));
  birthDay = Math.max(birthDay, from.today - Math.floor(24.9 * YEAR));
  while (children.length < from.count) {
    children.push(drawChild(random, { ...from, birthDay, siblings: children }));
    // One birth in sixty brings twins: born on the same day, other names.
    if (!random.chance(1 / 60)) birthDay -= random.int(330, 1600);
  }
  const oldest = youngest + Math.floor(17 * YEAR);
  return children.filter((child) => child.birthDay >= oldest);
}

function drawChild(
  random: Random,
  from: {
    today: number;
    parents: readonly Member[];
    familyName: string;
    birthDay: number;
    siblings: readonly Member[];
  },
): Member {
  const sex = random.chance(0.487) ? 'w' : 'm';
  const origin = random.pick(from.parents).origin;
  const taken = new Set(from.siblings.map(({ givenNames }) => givenNames[0]));
  let givenNames = drawGivenNames(random, sex, from.birthDay, origin);
  while (taken.has(givenNames[0])) givenNames = drawGivenNames(random, sex, from.birthDay, origin);
  return {
    sex,
    birthDay: from.birthDay,
    origin,
    familyName: from.familyName,
    birthName: null,
    givenNames,
    maritalStatus: 'LD',
    isAdult: from.today - from.birthDay > 18 * YEAR,
  };
}
