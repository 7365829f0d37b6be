import { Euro } from './euro.js';
import type { ParameterSet } from './parameters.js';

/**
 * A household as the Wohngeldgesetz sees it. `rent` is the gross cold rent a month of the whole household (§ 9),
 * `income` the total income a month of the members who count (§ 13 (2)), both in euros.
 */
export interface Household {
  /** All members (§ 5). */
  readonly members: number;
  /** Members who count; fewer where § 7 or § 8 (1) excludes some. */
  readonly entitledMembers: number;
  readonly rent: Euro;
  readonly income: Euro;
  /** Mietenstufe 1 to 7. */
  readonly rentLevel: number;
}

/** What Anlage 3 No. 2 computes, each with ten decimals. */
export interface Steps {
  readonly z1: Euro;
  readonly z2: Euro;
  readonly z3: Euro;
  readonly z4: Euro;
}

export interface Computation {
  /** M of § 19 (1): not rounded, before the minimum of Anlage 3. */
  readonly consideredRent: Euro;
  /** Euros a month; 0 without a claim. */
  readonly amount: Euro;
}

/** Housing benefit a month after § 19 WoGG, by the figures of one parameter set. */
export function computeBenefit(household: Household, parameters: ParameterSet): Computation {
  const consideredRent = considerRent(household, parameters);
  const rent = considerRent(withoutFurtherMembers(household, parameters), parameters);
  const steps = computeSteps(household.entitledMembers, { rent, income: household.income }, parameters);
  return { consideredRent, amount: decideAmount(household.entitledMembers, steps, consideredRent, parameters) };
}

/**
 * M of § 19 WoGG. § 11 (1): the rent up to the maximum of § 12 (1) and Anlage 1 together with the climate component of
 * § 12 (7), plus the whole heating amount of § 12 (6), which no maximum touches. § 11 (3): where members are excluded,
 * rent, maximum, climate component and heating amount are those of **all** members, each taken in the proportion of
 * those who count; as all four are taken in the same proportion, so is their sum. M is not rounded.
 */
export function considerRent(household: Household, { rent }: ParameterSet): Euro {
  const maximum = ofMembers(household.members, rent.maximum, (row) => at(row, household.rentLevel - 1));
  const climate = ofMembers(household.members, rent.climate, (value) => value);
  const heating = ofMembers(household.members, rent.heating, ({ carbon, permanent }) => carbon.plus(permanent));
  const whole = Euro.min(household.rent, maximum.plus(climate)).plus(heating);
  return whole.mul(household.entitledMembers).div(household.members);
}

/**
 * The household that § 19 (1) computes for: the 13th and each further member who counts adds a fixed amount afterwards
 * (§ 19 (3)), so the rent amounts of the steps are those of twelve (example in No. 19.31 WoGVwV 2025: fourteen members).
 */
function withoutFurtherMembers(household: Household, { formula }: ParameterSet): Household {
  const further = Math.max(0, household.entitledMembers - formula.members.length);
  const { members, entitledMembers } = household;
  return { ...household, members: members - further, entitledMembers: entitledMembers - further };
}

/**
 * The four steps of Anlage 3 No. 2, after No. 1 has put the least values in the place of a smaller M and Y. Each step
 * is a fixed-point number with ten decimals; the statute does not say how the tenth comes about, here it is rounded
 * half up. More than twelve members: with the values of twelve.
 */
export function computeSteps(
  members: number,
  given: { readonly rent: Euro; readonly income: Euro },
  { formula }: ParameterSet,
): Steps {
  const row = at(formula.members, Math.min(members, formula.members.length) - 1);
  const m = Euro.max(given.rent, row.leastRent);
  const y = Euro.max(given.income, row.leastIncome);
  const z1 = tenDecimals(row.a.plus(row.b.mul(m)).plus(row.c.mul(y)));
  const z2 = tenDecimals(z1.mul(y));
  const z3 = tenDecimals(m.minus(z2));
  return { z1, z2, z3, z4: tenDecimals(formula.factor.mul(z3)) };
}

/**
 * Anlage 3 No. 3: z4 to whole euros, 0.50 upwards. § 19 (3): more for the 13th and each further member, at most M; where
 * M is the limit its cents stay, fractions of a cent fall away. Up to twelve members the statute has no such limit, so
 * a large household of little income may get more than M. § 21 No. 1: no claim below 10 euros.
 */
function decideAmount(members: number, { z4 }: Steps, consideredRent: Euro, { formula }: ParameterSet): Euro {
  const rounded = z4.toDecimalPlaces(0, Euro.ROUND_HALF_CEIL);
  const further = members - formula.members.length;
  const amount = further > 0 ? limit(rounded.plus(formula.eachFurtherMember.mul(further)), consideredRent) : rounded;
  return amount.lessThan(formula.leastClaim) ? new Euro(0) : amount;
}

const limit = (amount: Euro, consideredRent: Euro): Euro =>
  Euro.min(amount, consideredRent.toDecimalPlaces(2, Euro.ROUND_DOWN));

const tenDecimals = (value: Euro): Euro => value.toDecimalPlaces(10, Euro.ROUND_HALF_UP);

/** A figure for 1 to 5 members, and for more of them what each further member adds. */
function ofMembers<Row>(
  members: number,
  table: { readonly members: readonly Row[]; readonly eachFurtherMember: Row },
  read: (row: Row) => Euro,
): Euro {
  const further = Math.max(0, members - table.members.length);
  return read(at(table.members, members - further - 1)).plus(read(table.eachFurtherMember).mul(further));
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError(`No figure at place ${index + 1}.`);
  return item;
}
