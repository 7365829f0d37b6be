import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEADLINE_MS, POPULATION, SAARBRUECKEN, served } from '../support/benefit-cases.js';
import { type BenefitOffice, startBenefitOffice } from '../support/benefit-office.js';
import { VECTORS } from '../unit/subgraphs/housing-benefit/vectors.js';

describe('housingBenefitEstimate', () => {
  let office: BenefitOffice;
  beforeAll(async () => {
    office = await startBenefitOffice({
      provider: 'iks',
      serves: served,
      deadlineMs: DEADLINE_MS,
      ...POPULATION,
      size: 200,
    });
  }, 60_000);
  afterAll(() => office?.stop());

  const estimate = (input: Record<string, unknown>) =>
    office.query<{ housingBenefitEstimate: Record<string, unknown> | null }>(
      `query ($input: HousingBenefitEstimateInput!) { housingBenefitEstimate(input: $input) {
        entitled monthlyAmountCents rentLevel consideredRentCents consideredIncomeCents parametersValidFrom
        parametersOutdated } }`,
      { variables: { input: { onDate: '2026-03-20', ...input } } },
    );

  it.each(VECTORS.filter(({ ags }) => ags !== null))('computes $id to the euro', async (vector) => {
    const { data, errors } = await estimate({
      ags: vector.ags,
      householdSize: vector.household,
      entitledMembers: vector.members === vector.household ? null : vector.members,
      grossColdRentCents: Math.round(Number(vector.rent) * 100),
      monthlyIncomeCents: Math.round(Number(vector.Y) * 100),
    });
    expect(errors).toEqual([]);
    expect(data?.housingBenefitEstimate).toEqual({
      entitled: vector.amount > 0,
      monthlyAmountCents: vector.amount * 100,
      rentLevel: vector.rentLevel,
      consideredRentCents: Math.round(Number(vector.M) * 100),
      consideredIncomeCents: Math.round(Number(vector.Y) * 100),
      parametersValidFrom: '2025-01-01',
      parametersOutdated: false,
    });
  });

  it.each([
    ['before the first figures', { onDate: '2024-12-31' }, 'input.onDate'],
    ['in a municipality of unknown rent level', { ags: '10042113' }, 'input.ags'],
    ['with more members who count than there are', { entitledMembers: 3 }, 'input.entitledMembers'],
  ])('refuses to compute %s', async (_, change, argument) => {
    const sound = { ags: SAARBRUECKEN, householdSize: 2, grossColdRentCents: 50_000, monthlyIncomeCents: 100_000 };
    const { data, errors } = await estimate({ ...sound, ...change });
    expect(data).toEqual({ housingBenefitEstimate: null });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
  });
});
