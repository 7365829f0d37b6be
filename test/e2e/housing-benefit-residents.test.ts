import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from '../support/ask.js';
import {
  type Applicant,
  applicants,
  type Case,
  CLERK,
  DEADLINE_MS,
  HOMBURG,
  historyOf,
  linkOf,
  NEUNKIRCHEN,
  POPULATION,
  persona,
  SAARBRUECKEN,
  served,
} from '../support/benefit-cases.js';
import { type BenefitOffice, benefitClerk, startBenefitOffice } from '../support/benefit-office.js';
import { citizen } from '../support/callers.js';

const OF_RESIDENT = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Resident { housingBenefitCases {
  ags caseNumber status monthlyAmountCents applicantLink
  decisions { kind } payments { edges { node { forMonth amountCents } } } } } } }`;
const CASE = `query ($ags: AGS!, $number: ID!) { housingBenefitCase(ags: $ags, caseNumber: $number) {
  ags caseNumber status householdSize grossColdRentCents monthlyIncomeCents monthlyAmountCents periodStart periodEnd
  applicantLink } }`;

describe('the housing-benefit cases of residents', () => {
  let office: BenefitOffice;
  beforeAll(async () => {
    office = await startBenefitOffice({ provider: 'iks', serves: served, deadlineMs: DEADLINE_MS, ...POPULATION });
  }, 60_000);
  afterAll(() => office?.stop());

  const findCase = (ags: string, number: string) =>
    office.query<{ housingBenefitCase: Case | null }>(CASE, { caller: CLERK, variables: { ags, number } });
  const casesOf = (person: Applicant, reference: Record<string, unknown> = {}, caller = citizen(person)) =>
    office.query<{ _entities: { housingBenefitCases: Case[] | null }[] }>(OF_RESIDENT, {
      caller,
      variables: {
        of: [
          {
            __typename: 'Resident',
            ags: person.ags,
            housingBenefitLink: linkOf(office.linker, person),
            housingBenefitFormerly: [],
            ...reference,
          },
        ],
      },
    });
  const numbersOf = (answer: Awaited<ReturnType<typeof casesOf>>) =>
    answer.data?._entities[0]?.housingBenefitCases?.map(({ caseNumber }) => caseNumber);
  const codes = (answer: Answer<unknown>) => answer.errors.map(({ extensions }) => extensions.code);
  const callsOf = async (work: () => Promise<unknown>) => {
    await office.control.resetCalls();
    await work();
    return (await office.control.calls()).calls;
  };

  describe('asked for the cases of a resident', () => {
    it('gives citizens their own with decisions and payments, in at most two calls', async () => {
      const person = persona('citizen');
      const facts = person.housingBenefit;
      let own: Case[] = [];
      const calls = await callsOf(async () => {
        own = (await casesOf(person)).data?._entities[0]?.housingBenefitCases ?? [];
      });
      const { decisions, payments } = historyOf(facts);
      expect(calls).toBeLessThanOrEqual(2);
      expect(own).toMatchObject([{ ags: HOMBURG, caseNumber: facts.caseNumber, status: 'GRANTED' }]);
      expect(own[0]?.applicantLink).toEqual(linkOf(office.linker, person));
      expect(own[0]?.decisions).toHaveLength(decisions.length);
      expect(own[0]?.payments.edges.map(({ node }) => node.amountCents)).toEqual(
        payments
          .map(({ amountCents }) => amountCents)
          .reverse()
          .slice(0, 12),
      );
    });

    it('follows people to the office of a former residence, by the home they had there', async () => {
      const person = persona('citizen-moved');
      const { officeAgs: ags, applicantHome, caseNumber } = person.housingBenefit;
      expect([person.ags, ags]).toEqual([HOMBURG, SAARBRUECKEN]);
      const formerly = [{ ags, link: linkOf(office.linker, person, applicantHome) }];
      let answer = await casesOf(person);
      expect(numbersOf(answer)).toEqual([]);
      const calls = await callsOf(async () => {
        answer = await casesOf(person, { housingBenefitFormerly: formerly });
      });
      expect(numbersOf(answer)).toEqual([caseNumber]);
      expect(calls).toBeLessThanOrEqual(2);

      const elsewhere = [{ ags, link: linkOf(office.linker, person, { ...applicantHome, houseNumber: '9999' }) }];
      expect(numbersOf(await casesOf(person, { housingBenefitFormerly: elsewhere }))).toEqual([]);
    });

    it('leaves out municipalities that another instance serves', async () => {
      const person = persona('citizen');
      const formerly = [{ ags: NEUNKIRCHEN, link: linkOf(office.linker, person, person.housingBenefit.applicantHome) }];
      const answer = await casesOf(person, { housingBenefitFormerly: formerly });
      expect([numbersOf(answer), answer.errors]).toEqual([[person.housingBenefit.caseNumber], []]);
      const there = await casesOf(person, { ags: NEUNKIRCHEN, housingBenefitLink: null });
      expect([numbersOf(there), there.errors]).toEqual([[], []]);
    });

    it('finds the people of many references in one call', async () => {
      const several = applicants
        .filter(({ housingBenefit, blocked }) => housingBenefit.officeAgs === SAARBRUECKEN && !blocked)
        .slice(0, 20);
      const of = several.map((person) => ({
        __typename: 'Resident',
        ags: SAARBRUECKEN,
        housingBenefitLink: linkOf(office.linker, person),
        housingBenefitFormerly: null,
      }));
      const document = OF_RESIDENT.replace(/decisions.*$/s, '} } } }');
      let answer: Answer<{ _entities: { housingBenefitCases: Case[] }[] }> | undefined;
      const calls = await callsOf(async () => {
        answer = await office.query(document, { caller: CLERK, variables: { of } });
      });
      expect(calls).toBe(1);
      expect(several.length).toBeGreaterThan(5);
      expect(answer?.data?._entities.map(({ housingBenefitCases: [found] }) => found?.caseNumber)).toEqual(
        several.map(({ housingBenefit }) => housingBenefit.caseNumber),
      );
    });

    it('says MATCH_UNCERTAIN to oneself and "none" to others where the residents register is not sure', async () => {
      const person = persona('citizen');
      const own = await casesOf(person, { housingBenefitLink: null });
      expect([own.data?._entities[0]?.housingBenefitCases, codes(own)]).toEqual([null, ['MATCH_UNCERTAIN']]);
      const other = await casesOf(person, { housingBenefitLink: null, housingBenefitFormerly: null }, CLERK);
      expect([numbersOf(other), other.errors]).toEqual([[], []]);
    });

    it.each([
      ['another citizen', citizen(persona('citizen-substantial'))],
      ['a citizen without account data', { ...citizen(persona('citizen')), account: null }],
      ['a caseworker of elsewhere', benefitClerk('10041*')],
      ['an agent', { ...CLERK, role: 'agent-115' as const }],
    ])('gives %s none', async (_, caller) => {
      const calls = await callsOf(async () => {
        const answer = await casesOf(persona('citizen'), {}, caller);
        expect([numbersOf(answer), answer.errors]).toEqual([[], []]);
      });
      expect(calls).toBe(0);
    });

    it('opens no link that was not made for it', async () => {
      const answer = await casesOf(persona('citizen'), { housingBenefitLink: 'AAAAAAAAAAAAAAAAAAAAAAAA' });
      expect([numbersOf(answer), answer.errors]).toEqual([[], []]);
    });
  });

  describe('about people under a block', () => {
    const person = persona('citizen-blocked');
    const { officeAgs, caseNumber } = person.housingBenefit;
    /** A link to nobody names them by digits. */
    const nameOf = (link: string | null | undefined) => office.linker.open(link ?? '')?.familyName;

    it('keeps the case for the office, without the applicant', async () => {
      const { data, text } = await findCase(officeAgs, caseNumber);
      expect(data?.housingBenefitCase).toMatchObject({ caseNumber, status: 'GRANTED' });
      expect(nameOf(data?.housingBenefitCase?.applicantLink)).toMatch(/^\d+$/);
      expect(text).not.toContain(linkOf(office.linker, person));
      expect(numbersOf(await casesOf(person, { housingBenefitFormerly: null }, CLERK))).toEqual([]);
    });

    it('lets them see themselves', async () => {
      const answer = await casesOf(person);
      expect(numbersOf(answer)).toEqual([caseNumber]);
      expect(answer.data?._entities[0]?.housingBenefitCases?.[0]?.applicantLink).not.toBeNull();
    });

    it('obeys a block set and lifted while it runs', async () => {
      const other = persona('citizen');
      const applicant = async () =>
        nameOf((await findCase(HOMBURG, other.housingBenefit.caseNumber)).data?.housingBenefitCase?.applicantLink);
      const name = await applicant();
      expect(name).toMatch(/^[A-Z]+$/);
      await office.control.block({ ags: HOMBURG, persona: 'citizen', blocked: true });
      expect(await applicant()).toMatch(/^\d+$/);
      await office.control.block({ ags: other.ags, registerKey: other.registerKey, blocked: false });
      expect(await applicant()).toBe(name);
    });
  });
});
