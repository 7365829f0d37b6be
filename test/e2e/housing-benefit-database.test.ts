import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmbedded } from '../../simulators/housing-benefit/embedded.js';
import {
  type Case,
  CLERK,
  DEADLINE_MS,
  HOMBURG,
  type Page,
  POPULATION,
  persona,
  served,
} from '../support/benefit-cases.js';
import { type BenefitOffice, CONNECTIONS, runAll, startBenefitOffice } from '../support/benefit-office.js';
import { eventually } from '../support/eventually.js';

const CASE = `query ($ags: AGS!, $number: ID!) { housingBenefitCase(ags: $ags, caseNumber: $number) {
  ags caseNumber status householdSize grossColdRentCents monthlyIncomeCents monthlyAmountCents periodStart periodEnd
  applicantLink } }`;

describe('the database of the housing-benefit subgraph', () => {
  let office: BenefitOffice;
  beforeAll(async () => {
    office = await startBenefitOffice({ provider: 'iks', serves: served, deadlineMs: DEADLINE_MS, ...POPULATION });
  }, 60_000);
  afterAll(() => office?.stop());

  const findCase = (ags: string, number: string) =>
    office.query<{ housingBenefitCase: Case | null }>(CASE, { caller: CLERK, variables: { ags, number } });

  describe('seen by the role of the adapter', () => {
    const tables = ['PERSON', 'WOHNGELDFALL', 'BESCHEID', 'ZAHLUNG'];

    it.each(tables)('sees no row of %s without a municipality, and only those of the one it names', async (table) => {
      const count = `SELECT count(*)::int AS rows, count(DISTINCT "AGS")::int AS municipalities FROM "WOHNGELD"."${table}"`;
      expect(await office.sql(count)).toEqual([{ rows: 0, municipalities: 0 }]);
      const [seen] = await office.sql(`SELECT set_config('wohngeld.ags', '${HOMBURG}', false)`, count);
      expect(seen).toEqual({ rows: expect.any(Number), municipalities: 1 });
      expect(seen?.rows).toBeGreaterThan(0);
    });

    it.each([
      ['make tables', 'CREATE TABLE public.mine (a int)'],
      ['make tables in the schema', 'CREATE TABLE "WOHNGELD"."MINE" (a int)'],
      ['make temporary tables', 'CREATE TEMP TABLE mine (a int)'],
      ['make schemas', 'CREATE SCHEMA mine'],
      ['make functions', `CREATE FUNCTION "WOHNGELD".f() RETURNS int LANGUAGE sql AS 'SELECT 1'`],
      ['write', `UPDATE "WOHNGELD"."PERSON" SET "SPERRE" = '0'`],
      ['delete', 'DELETE FROM "WOHNGELD"."ZAHLUNG"'],
      ['switch row security off', 'ALTER TABLE "WOHNGELD"."PERSON" DISABLE ROW LEVEL SECURITY'],
      ['read past row security', 'SET row_security = off; SELECT * FROM "WOHNGELD"."PERSON"'],
      ['read the passwords', 'SELECT * FROM pg_authid'],
    ])('cannot %s, not even in a transaction that may write', async (_, statement) => {
      await expect(office.sql('SET default_transaction_read_only = off', statement)).rejects.toThrow(
        /permission denied|must be owner|row-level security/,
      );
    });
  });

  describe('while the database misbehaves', () => {
    const facts = persona('citizen').housingBenefit;
    const both = `query ($ags: AGS!, $number: ID!) { housingBenefitCase(ags: $ags, caseNumber: $number) { caseNumber status }
      housingBenefitEstimate(input: { ags: $ags, householdSize: 1, grossColdRentCents: 38000, monthlyIncomeCents: 95000 }) {
        monthlyAmountCents } }`;
    const askBoth = () =>
      office.query<{ housingBenefitCase: Case | null; housingBenefitEstimate: object }>(both, {
        caller: CLERK,
        variables: { ags: facts.officeAgs, number: facts.caseNumber },
      });
    const isSound = async () => {
      const { data, errors } = await askBoth();
      expect([data?.housingBenefitCase, errors]).toEqual([{ caseNumber: facts.caseNumber, status: 'GRANTED' }, []]);
    };

    it.each([
      ['is down', { down: true }, 'LEGACY_UNAVAILABLE'],
      ['refuses connections', { error: 'refuse' }, 'LEGACY_UNAVAILABLE'],
      ['breaks off with an error of its system', { error: 'http500' }, 'LEGACY_UNAVAILABLE'],
      ['breaks off with an error that means nothing', { error: 'html' }, 'LEGACY_MALFORMED'],
      ['stops in the middle of an answer', { error: 'truncated' }, 'LEGACY_UNAVAILABLE'],
      ['says nothing', { error: 'silent' }, 'LEGACY_TIMEOUT'],
      ['answers too late', { latencyMs: 5000 }, 'LEGACY_TIMEOUT'],
      ['kills the connection', { special: 'kill-backend' }, 'LEGACY_UNAVAILABLE'],
      ['holds a lock', { special: 'lock' }, 'LEGACY_TIMEOUT'],
      ['has no free connection', { special: 'pool-full' }, 'LEGACY_UNAVAILABLE'],
    ])('that %s, one field is null in time, the rest is there, and soon all is well again', async (_, fault, code) => {
      await isSound();
      await office.control.fault(fault);
      try {
        for (let round = 0; round < 3; round += 1) {
          const began = performance.now();
          const answer = await askBoth();
          expect(performance.now() - began).toBeLessThan(DEADLINE_MS + 700);
          expect(answer.data).toEqual({
            housingBenefitCase: null,
            housingBenefitEstimate: { monthlyAmountCents: 22_100 },
          });
          expect(answer.errors).toMatchObject([{ path: ['housingBenefitCase'], extensions: { code } }]);
          expect(answer.text).not.toMatch(/relation|html|SELECT|postgres|terminat|connection|WOHNGELD|127\.0\.0\.1/i);
        }
      } finally {
        await office.control.fault({});
      }
      await eventually(isSound, 2000);
    });

    it('that uses a code no key table knows, only that field is null', async () => {
      await office.control.fault({ special: 'unknown-code' });
      const answer = await findCase(facts.officeAgs, facts.caseNumber);
      await office.control.fault({});
      expect(answer.data?.housingBenefitCase).toMatchObject({
        caseNumber: facts.caseNumber,
        status: null,
        monthlyAmountCents: facts.monthlyAmountCents,
        applicantLink: expect.any(String),
      });
      expect(answer.errors).toMatchObject([
        { path: ['housingBenefitCase', 'status'], extensions: { code: 'LEGACY_MALFORMED' } },
      ]);
      await isSound();
    });

    it('and recovers, it has left no transaction open', async () => {
      await isSound();
      const open = `SELECT count(*)::int AS open FROM pg_stat_activity WHERE usename = current_user AND state <> 'idle'
        AND pid <> pg_backend_pid()`;
      expect(await office.sql(open)).toEqual([{ open: 0 }]);
    });

    it('answers all of many callers at once over few connections', async () => {
      await office.control.fault({ latencyMs: 5 });
      const answers = await Promise.all(Array.from({ length: 60 }, askBoth));
      const [{ connections } = {}] = await office.sql(
        'SELECT count(*)::int - 1 AS connections FROM pg_stat_activity WHERE usename = current_user',
      );
      await office.control.fault({});
      expect(answers.filter(({ errors }) => errors.length > 0)).toEqual([]);
      expect(connections).toBeLessThanOrEqual(CONNECTIONS);
    });

    it('logs what happened without social data', async () => {
      await office.control.fault({ special: 'unknown-code' });
      await findCase(facts.officeAgs, facts.caseNumber);
      await office.control.fault({ error: 'http500' });
      await findCase(facts.officeAgs, facts.caseNumber);
      await office.control.fault({});
      const log = await eventually(() => {
        expect(office.log()).toMatch(/LEGACY_MALFORMED.*STATUS[\s\S]*LEGACY_UNAVAILABLE/);
        return office.log();
      });
      expect(log).not.toContain(facts.caseNumber);
      expect(log).not.toContain(persona('citizen').familyName);
    });
  });
});

describe('a simulated housing-benefit system on a server that is there already', () => {
  it('works the same, and leaves nothing behind on it', async () => {
    const server = await startEmbedded();
    server.ownSignals();
    const serverUrl = `postgres://${server.user}:${server.password}@${encodeURIComponent(server.host)}:${server.port}/postgres`;
    const count =
      'SELECT (SELECT count(*) FROM pg_database)::int AS databases, (SELECT count(*) FROM pg_roles)::int AS roles';
    const rest = () => runAll(serverUrl, [count]);
    try {
      const before = await rest();
      const office = await startBenefitOffice({
        provider: 'iks',
        serves: served,
        deadlineMs: DEADLINE_MS,
        serverUrl,
        ...POPULATION,
        size: 500,
      });
      const { data } = await office.query<{ housingBenefitCases: Page<Case> }>(
        'query ($ags: AGS!) { housingBenefitCases(ags: $ags) { edges { cursor } } }',
        {
          caller: CLERK,
          variables: { ags: HOMBURG },
        },
      );
      expect(data?.housingBenefitCases.edges.length).toBeGreaterThan(0);
      expect(await rest()).not.toEqual(before);
      await office.stop();
      expect(await rest()).toEqual(before);
    } finally {
      await server.close();
    }
  }, 60_000);
});
