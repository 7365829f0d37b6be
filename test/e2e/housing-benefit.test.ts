import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BenefitFacts } from '../../simulators/person.js';
import type { Answer } from '../support/ask.js';
import {
  applicants,
  type Case,
  CLERK,
  calendar,
  casesAt,
  DEADLINE_MS,
  HOMBURG,
  historyOf,
  linkOf,
  NEUNKIRCHEN,
  type Page,
  POPULATION,
  persona,
  SAARBRUECKEN,
  ST_INGBERT,
  served,
  toAnswer,
} from '../support/benefit-cases.js';
import { type BenefitOffice, benefitClerk, startBenefitOffice } from '../support/benefit-office.js';
import { citizen } from '../support/callers.js';

const CASE = `query ($ags: AGS!, $number: ID!) { housingBenefitCase(ags: $ags, caseNumber: $number) {
  ags caseNumber status householdSize grossColdRentCents monthlyIncomeCents monthlyAmountCents periodStart periodEnd
  applicantLink } }`;
const PAYMENTS = `query ($ags: AGS!, $number: ID!, $first: Int, $after: String) {
  housingBenefitCase(ags: $ags, caseNumber: $number) { payments(first: $first, after: $after) {
    edges { cursor node { forMonth paidOn amountCents } } pageInfo { hasNextPage endCursor } } } }`;
const LIST = `query ($ags: AGS!, $status: HousingBenefitStatus, $first: Int, $after: String) {
  housingBenefitCases(ags: $ags, status: $status, first: $first, after: $after) {
    edges { cursor node { caseNumber status applicantLink
      decisions { kind decidedOn validFrom validTo monthlyAmountCents }
      payments(first: 100) { edges { node { forMonth amountCents } } } } }
    pageInfo { hasNextPage endCursor } } }`;

describe('the housing-benefit subgraph over a simulated database', () => {
  let office: BenefitOffice;
  beforeAll(async () => {
    office = await startBenefitOffice({ provider: 'iks', serves: served, deadlineMs: DEADLINE_MS, ...POPULATION });
  }, 60_000);
  afterAll(() => office?.stop());

  const findCase = (ags: string, number: string, caller = CLERK) =>
    office.query<{ housingBenefitCase: Case | null }>(CASE, { caller, variables: { ags, number } });
  const list = (variables: Record<string, unknown>, caller = CLERK) =>
    office.query<{ housingBenefitCases: Page<Case> | null }>(LIST, { caller, variables });
  const codes = (answer: Answer<unknown>) => answer.errors.map(({ extensions }) => extensions.code);
  const callsOf = async (work: () => Promise<unknown>) => {
    await office.control.resetCalls();
    await work();
    return (await office.control.calls()).calls;
  };

  describe('asked for a case', () => {
    it('answers with the facts of the register, in one call', async () => {
      const person = persona('citizen');
      const { housingBenefit: facts } = person;
      await office.control.resetCalls();
      const { data, errors } = await findCase(facts.officeAgs, facts.caseNumber);
      expect(errors).toEqual([]);
      expect(data?.housingBenefitCase).toEqual({
        ags: facts.officeAgs,
        caseNumber: facts.caseNumber,
        status: 'GRANTED',
        householdSize: facts.householdSize,
        grossColdRentCents: facts.grossColdRentCents,
        monthlyIncomeCents: facts.monthlyIncomeCents,
        monthlyAmountCents: facts.monthlyAmountCents,
        periodStart: facts.periodStart,
        periodEnd: facts.periodEnd,
        applicantLink: linkOf(office.linker, person),
      });
      expect(await office.control.calls()).toEqual({ calls: 1, byKind: { transaction: 1 } });
    });

    it.each([
      ['APPLIED', 1],
      ['GRANTED', 2],
      ['REFUSED', 3],
      ['STOPPED', 4],
      ['ENDED', 5],
    ])('knows the state %s', async (status, code) => {
      const facts = applicants.map(({ housingBenefit }) => housingBenefit).find((known) => known.status === code);
      expect(facts && served.includes(facts.officeAgs)).toBe(true);
      const { data } = await findCase(facts?.officeAgs ?? '', facts?.caseNumber ?? '');
      expect(data?.housingBenefitCase).toMatchObject({
        status,
        monthlyAmountCents: code === 1 ? null : facts?.monthlyAmountCents,
      });
    });

    it('reads many cases of several municipalities in one call', async () => {
      const facts = [HOMBURG, SAARBRUECKEN, ST_INGBERT].flatMap((ags) => casesAt(ags).slice(0, 4));
      const document = `query {${facts.map(
        ({ officeAgs, caseNumber }, index) =>
          ` c${index}: housingBenefitCase(ags: "${officeAgs}", caseNumber: "${caseNumber}") { caseNumber }`,
      )} }`;
      const calls = await callsOf(async () => {
        const { data } = await office.query<Record<string, Case>>(document, { caller: CLERK });
        expect(Object.values(data ?? {}).map(({ caseNumber }) => caseNumber)).toEqual(
          facts.map(({ caseNumber }) => caseNumber),
        );
      });
      expect(facts.length).toBeGreaterThan(4);
      expect(calls).toBe(1);
    });

    it('finds a case only in its own municipality', async () => {
      const { caseNumber } = persona('citizen').housingBenefit;
      expect((await findCase(ST_INGBERT, caseNumber)).data).toEqual({ housingBenefitCase: null });
      expect((await findCase(HOMBURG, 'WG-0')).data).toEqual({ housingBenefitCase: null });
    });

    it.each([
      ['nobody', null],
      ['a citizen, be it their own', citizen(persona('citizen'))],
      ['a caseworker of elsewhere', benefitClerk('10041*')],
      ['an agent', { ...CLERK, role: 'agent-115' as const }],
      ['a protection officer', { ...CLERK, role: 'protection-officer' as const }],
      ['a partner', { ...CLERK, role: 'partner' as const }],
      ['an operator', { ...CLERK, role: 'operator' as const }],
    ])('tells %s nothing, and does not ask the database', async (_, caller) => {
      const { officeAgs: ags, caseNumber: number } = persona('citizen').housingBenefit;
      const question = { variables: { ags, number }, ...(caller ? { caller } : {}) };
      const calls = await callsOf(async () => {
        const one = await office.query(CASE, question);
        expect([one.data, one.errors]).toEqual([{ housingBenefitCase: null }, []]);
        expect((await office.query(LIST, { ...question, variables: { ags } })).data).toEqual({
          housingBenefitCases: { edges: [], pageInfo: { hasNextPage: false, endCursor: null } },
        });
      });
      expect(calls).toBe(0);
    });

    it('tells nothing of a municipality that another instance serves', async () => {
      expect((await findCase(NEUNKIRCHEN, 'WG-1', benefitClerk('*'))).data).toEqual({ housingBenefitCase: null });
    });

    it.each([
      ["' OR 1=1--"],
      ['"; DROP TABLE "WOHNGELD"."PERSON"; --'],
      ["x'), set_config('wohngeld.ags', '10043114', false); --"],
      ['$1'],
      ['%'],
      ['{"a","b"}'],
      ['\\'],
    ])('takes %s for a case number that nobody has', async (number) => {
      const { data, errors } = await findCase(HOMBURG, number);
      expect([data, errors]).toEqual([{ housingBenefitCase: null }, []]);
    });

    it.each([['\u0000'], ['WG\u0000'], ['\ud800']])('refuses text that no database holds: %j', async (number) => {
      const calls = await callsOf(async () =>
        expect(codes(await findCase(HOMBURG, number))).toEqual(['BAD_USER_INPUT']),
      );
      expect(calls).toBe(0);
    });
  });

  describe('asked for lists', () => {
    it('gives every case once, page by page, in the order of the numbers', async () => {
      const expected = casesAt(SAARBRUECKEN)
        .map(({ caseNumber }) => caseNumber)
        .sort();
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: Page<Case> | null | undefined = (await list({ ags: SAARBRUECKEN, first: 4, after })).data
          ?.housingBenefitCases;
        seen.push(...(page?.edges.map(({ node }) => node.caseNumber) ?? []));
        after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(expected.length).toBeGreaterThan(8);
      expect(seen).toEqual(expected);
    });

    it('keeps to a state', async () => {
      const { data } = await list({ ags: SAARBRUECKEN, status: 'GRANTED', first: 100 });
      const numbers = casesAt(SAARBRUECKEN)
        .filter(({ status }) => status === 2)
        .map(({ caseNumber }) => caseNumber);
      expect(data?.housingBenefitCases?.edges.map(({ node }) => node.caseNumber)).toEqual(numbers.sort());
    });

    it('costs two calls with the decisions and payments of all cases', async () => {
      const facts = new Map(casesAt(SAARBRUECKEN).map((known) => [known.caseNumber, known]));
      let page: Page<Case> | null | undefined;
      const calls = await callsOf(async () => {
        page = (await list({ ags: SAARBRUECKEN, first: 50 })).data?.housingBenefitCases;
      });
      expect(calls).toBe(2);
      expect(page?.edges.length).toBe(facts.size);
      for (const { node } of page?.edges ?? []) {
        const { decisions, payments } = historyOf(facts.get(node.caseNumber) as BenefitFacts);
        expect(node.decisions.map(({ decidedOn }) => decidedOn)).toEqual(
          decisions.map(({ decidedOn }) => calendar.iso(decidedOn)).reverse(),
        );
        expect(node.payments.edges.map(({ node: paid }) => [paid.forMonth, paid.amountCents])).toEqual(
          payments.map(({ month, amountCents }) => [calendar.iso(month), amountCents]).reverse(),
        );
      }
    });

    it('says what was decided, from when and until when', async () => {
      const seen = new Set<unknown>();
      for (const ags of served) {
        const { data } = await list({ ags, first: 100 });
        for (const { node } of data?.housingBenefitCases?.edges ?? []) {
          const facts = casesAt(ags).find(({ caseNumber }) => caseNumber === node.caseNumber) as BenefitFacts;
          expect(node.decisions).toEqual(historyOf(facts).decisions.map(toAnswer).reverse());
          for (const { kind } of node.decisions) seen.add(kind);
        }
      }
      expect(seen).toEqual(new Set(['FIRST_GRANT', 'CONTINUATION', 'INCREASE', 'REFUSAL', 'STOP']));
    });

    it('pages through payments', async () => {
      const facts = applicants
        .map(({ housingBenefit }) => housingBenefit)
        .filter(({ officeAgs }) => served.includes(officeAgs))
        .find((known) => historyOf(known).payments.length > 12) as BenefitFacts;
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const variables = { ags: facts.officeAgs, number: facts.caseNumber, first: 5, after };
        const answer: Answer<{ housingBenefitCase: Case }> = await office.query(PAYMENTS, { caller: CLERK, variables });
        const page = answer.data?.housingBenefitCase.payments;
        expect(page?.edges.length).toBeLessThanOrEqual(5);
        seen.push(...(page?.edges.map(({ node }) => node.forMonth) ?? []));
        after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(seen).toEqual(
        historyOf(facts)
          .payments.map(({ month }) => calendar.iso(month))
          .reverse(),
      );
    });

    it('refuses the cursor of another list, and a forged one', async () => {
      const { data } = await list({ ags: SAARBRUECKEN, first: 1 });
      const after = data?.housingBenefitCases?.pageInfo.endCursor ?? '';
      for (const variables of [
        { ags: HOMBURG, after },
        { ags: SAARBRUECKEN, status: 'GRANTED', after },
      ])
        expect(codes(await list(variables))).toEqual(['BAD_USER_INPUT']);
      const { caseNumber: number, officeAgs: ags } = persona('citizen').housingBenefit;
      const own = await office.query<{ housingBenefitCase: Case }>(PAYMENTS, {
        caller: CLERK,
        variables: { ags, number, first: 1 },
      });
      const [scope = ''] = own.data?.housingBenefitCase.payments.pageInfo.endCursor?.split('.') ?? [];
      for (const position of ["' OR 1=1", '202613-x', '999999-99999999999']) {
        const forged = `${scope}.${Buffer.from(position).toString('base64url')}`;
        const answer = await office.query(PAYMENTS, { caller: CLERK, variables: { ags, number, after: forged } });
        expect([codes(answer), answer.errors[0]?.extensions.argument]).toEqual([['BAD_USER_INPUT'], 'after']);
      }
    });
  });
});
