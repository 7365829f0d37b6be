import { AppError } from '../../lib/errors.js';
import { toCents, toEuro } from './euro.js';
import { findParameterSet, type ParameterSet, type ParameterSets } from './parameters.js';
import type { HousingBenefitEstimate, HousingBenefitEstimateInput } from './schema.generated.js';
import { computeBenefit } from './section-19.js';

/** Computes what `housingBenefitEstimate` is asked for. */
export type Estimate = (input: HousingBenefitEstimateInput) => HousingBenefitEstimate;

/**
 * @param sets The latest first.
 * @param today Day of the law that counts where the input names none, YYYY-MM-DD.
 * @returns A function that throws AppError `BAD_USER_INPUT` with `argument`: `input.onDate` before the first parameter
 *   set, `input.ags` for a municipality whose rent level the set does not hold, `input.entitledMembers` for more than
 *   the household has.
 */
export const createEstimate =
  (sets: ParameterSets, today: () => string): Estimate =>
  (input) => {
    const onDate = input.onDate ?? today();
    const parameters = findParameterSet(sets, onDate);
    if (!parameters)
      throw refuse('input.onDate', 'BEFORE_FIRST_PARAMETERS', `No figures are known before ${sets.at(-1)?.validFrom}.`);
    const household = toHousehold(input, parameters);
    const { amount, consideredRent } = computeBenefit(household, parameters);
    return {
      entitled: amount.greaterThan(0),
      monthlyAmountCents: toCents(amount),
      rentLevel: household.rentLevel,
      consideredRentCents: toCents(consideredRent),
      consideredIncomeCents: toCents(household.income),
      parametersValidFrom: parameters.validFrom,
      parametersOutdated: onDate >= parameters.nextUpdateDue,
    };
  };

function toHousehold(input: HousingBenefitEstimateInput, { rentLevels }: ParameterSet) {
  const rentLevel = Object.hasOwn(rentLevels, input.ags) ? rentLevels[input.ags] : undefined;
  if (rentLevel === undefined)
    throw refuse('input.ags', 'NO_RENT_LEVEL', 'No rent level is known for this municipality.');
  const entitledMembers = input.entitledMembers ?? input.householdSize;
  if (entitledMembers > input.householdSize)
    throw refuse('input.entitledMembers', 'MORE_THAN_HOUSEHOLD', 'More members count than the household has.');
  return {
    members: input.householdSize,
    entitledMembers,
    rent: toEuro(input.grossColdRentCents),
    income: toEuro(input.monthlyIncomeCents),
    rentLevel,
  };
}

const refuse = (argument: string, reason: string, message: string) =>
  new AppError('BAD_USER_INPUT', message, { detail: { argument, reason } });
