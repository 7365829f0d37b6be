import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Answer } from '../support/ask.js';
import { eventually } from '../support/eventually.js';
import { startFederation, type TestFederation } from '../support/federation.js';
import { isAlive } from '../support/process.js';

jest.setTimeout(60_000);

const HOMBURG = '10045114';
/** Subgraphs give their old systems two seconds, the gateway gives subgraphs three. */
const LONGEST_MS = 2900;
/** Text of the old systems, hosts, files, statements: nothing of it may be in an answer. */
const LEAK =
  /ORA-|MELDE|10\.1\.2\.3|127\.0\.0\.1|localhost|<html|base\/|SELECT|"WOHNGELD"|SPERRE|pg_|FATAL|bomb|hostname|fahrzeuge|\/tmp\/|ECONN|ENOENT|node_modules|at file/i;

const PAGE = `{
  municipality(ags: "${HOMBURG}") { name }
  me {
    familyName sex
    currentAddress { place }
    housingBenefitCases { caseNumber status payments { edges { node { amountCents } } } }
    vehicles { plate make }
  }
}`;
const HOLDERS = `{ vehicles(ags: "${HOMBURG}", first: 20) { edges { node { plate holder { familyName } } } } }`;
const CASES = `{ housingBenefitCases(ags: "${HOMBURG}", first: 20) { edges { node { caseNumber applicant { familyName } } } } }`;

interface Page {
  readonly municipality: { readonly name: string } | null;
  readonly me: {
    readonly familyName: string;
    readonly sex: string | null;
    readonly housingBenefitCases: readonly { readonly status: string | null }[] | null;
    readonly vehicles: readonly { readonly plate: string }[] | null;
  } | null;
}
interface Edges<Node> {
  readonly edges: readonly { readonly node: Node }[];
}
type Holders = { readonly vehicles: Edges<{ readonly plate: string; readonly holder: object | null }> };
type Cases = {
  readonly housingBenefitCases: Edges<{ readonly caseNumber: string; readonly applicant: object | null }>;
};

let federation: TestFederation;
/** What the same queries say while all is well. */
let page: Page;
let holders: Holders;
let cases: Cases;
let pids: readonly number[];

const asCitizen = () => federation.query<Page>(PAGE, { persona: 'citizen' });
const asVehicleClerk = () => federation.query<Holders>(HOLDERS, { persona: 'vehicle-clerk' });
const asBenefitClerk = () => federation.query<Cases>(CASES, { persona: 'benefit-clerk' });

async function sound<Data>(ask: () => Promise<Answer<Data>>): Promise<Data> {
  const { status, data, errors } = await ask();
  expect({ status, errors }).toEqual({ status: 200, errors: [] });
  return data as Data;
}

/** Asks while an old system misbehaves: in time, with status 200, and without a word of it. */
async function hard<Data>(ask: () => Promise<Answer<Data>>): Promise<Answer<Data>> {
  const started = performance.now();
  const answer = await ask();
  expect(performance.now() - started).toBeLessThan(LONGEST_MS);
  expect(answer.status).toBe(200);
  expect(answer.text).not.toMatch(LEAK);
  expect(JSON.stringify([...answer.headers])).not.toMatch(/ORA-|MELDE|10\.1\.2\.3|SELECT/);
  return answer;
}

/** A reference to somebody of whom nothing is known is as good as none. */
const emptied = (reference: object | null) =>
  reference && Object.values(reference).every((value) => value === null) ? null : reference;

const codesAt = ({ errors }: Answer<unknown>) =>
  Object.fromEntries(errors.map(({ path, extensions }) => [path?.join('.'), extensions.code]));

const SYSTEMS = ['residents-spk', 'housing-benefit-iks', 'vehicles-spk'] as const;
const spoilt = new Set<string>();

async function spoil(system: (typeof SYSTEMS)[number], fault: Readonly<Record<string, unknown>>): Promise<void> {
  spoilt.add(system);
  await federation.control(system).fault(fault);
}

async function mend(): Promise<void> {
  for (const system of spoilt) await federation.control(system).fault({});
  spoilt.clear();
}

beforeAll(async () => {
  federation = await startFederation();
  [page, holders, cases] = [await sound(asCitizen), await sound(asVehicleClerk), await sound(asBenefitClerk)];
  pids = federation.parts().map(({ pid }) => pid);
}, 120_000);

afterEach(async () => {
  await mend();
  await eventually(async () => expect(await sound(asCitizen)).toEqual(page), 10_000);
  expect(await sound(asVehicleClerk)).toEqual(holders);
  expect(await sound(asBenefitClerk)).toEqual(cases);
});

afterAll(() => federation?.stop());

describe('the residents register', () => {
  const faults: [string, Readonly<Record<string, unknown>>, string][] = [
    ['answers HTTP 500', { error: 'http500' }, 'LEGACY_UNAVAILABLE'],
    ['answers a page', { error: 'html' }, 'LEGACY_MALFORMED'],
    ['breaks off', { error: 'truncated' }, 'LEGACY_MALFORMED'],
    ['cuts the connection', { error: 'refuse' }, 'LEGACY_UNAVAILABLE'],
    ['is silent', { error: 'silent' }, 'LEGACY_TIMEOUT'],
    ['is slower than the deadline', { latencyMs: 6000 }, 'LEGACY_TIMEOUT'],
    ['is down', { down: true }, 'LEGACY_UNAVAILABLE'],
    ['breaks its base64', { special: 'broken-base64' }, 'LEGACY_MALFORMED'],
    ['truncates the XML', { special: 'truncated-xml' }, 'LEGACY_MALFORMED'],
    ['declares a document type', { special: 'doctype' }, 'LEGACY_MALFORMED'],
    ['sends an entity bomb', { special: 'entity-bomb' }, 'LEGACY_MALFORMED'],
    ['nests without end', { special: 'deep-nesting' }, 'LEGACY_MALFORMED'],
    ['answers too much', { special: 'too-large' }, 'LEGACY_MALFORMED'],
    ['answers for another municipality', { special: 'wrong-ags' }, 'LEGACY_MALFORMED'],
    ['answers another request', { special: 'other-request' }, 'LEGACY_MALFORMED'],
    ['sends a SOAP fault', { special: 'soap-fault' }, 'LEGACY_UNAVAILABLE'],
  ];

  it.each(faults)('that %s costs its own fields', async (_, fault, code) => {
    await spoil('residents-spk', fault);
    const [own, offices, social] = await Promise.all([hard(asCitizen), hard(asVehicleClerk), hard(asBenefitClerk)]);
    expect(own.data).toEqual({ municipality: { name: 'Homburg' }, me: null });
    expect(codesAt(own)).toEqual({ me: code });
    expect(offices.data?.vehicles.edges.map(({ node }) => [node.plate, emptied(node.holder)])).toEqual(
      holders.vehicles.edges.map(({ node }) => [node.plate, null]),
    );
    expect(
      social.data?.housingBenefitCases.edges.map(({ node }) => [node.caseNumber, emptied(node.applicant)]),
    ).toEqual(cases.housingBenefitCases.edges.map(({ node }) => [node.caseNumber, null]));
    for (const { errors } of [offices, social]) {
      expect(errors.length).toBeGreaterThan(0);
      for (const { path, extensions } of errors)
        expect([extensions.code, path?.[4]]).toEqual([code, expect.stringMatching(/^(holder|applicant)$/)]);
    }
  });

  it('that sends a code no table knows costs the field with the code', async () => {
    await spoil('residents-spk', { special: 'unknown-code' });
    const own = await hard(asCitizen);
    expect(own.data).toEqual({ ...page, me: { ...page.me, sex: null } });
    expect(codesAt(own)).toEqual({ 'me.sex': 'LEGACY_MALFORMED' });
  });

  it('that answers too much again and again fills nobody’s memory', async () => {
    const memory = () => residentBytes(federation.part('residents-spk').pid);
    await spoil('residents-spk', { special: 'too-large' });
    for (let round = 0; round < 3; round++) await Promise.all(Array.from({ length: 4 }, () => hard(asCitizen)));
    const before = memory();
    for (let round = 0; round < 6; round++) await Promise.all(Array.from({ length: 4 }, () => hard(asCitizen)));
    expect(memory() - before).toBeLessThan(100 * 2 ** 20);
  });
});

describe('the housing-benefit database', () => {
  const faults: [string, Readonly<Record<string, unknown>>, string][] = [
    ['has a broken disk', { error: 'http500' }, 'LEGACY_UNAVAILABLE'],
    ['says something else', { error: 'html' }, 'LEGACY_MALFORMED'],
    ['breaks off', { error: 'truncated' }, 'LEGACY_UNAVAILABLE'],
    ['cuts the connection', { error: 'refuse' }, 'LEGACY_UNAVAILABLE'],
    ['is silent', { error: 'silent' }, 'LEGACY_TIMEOUT'],
    ['is slower than the deadline', { latencyMs: 6000 }, 'LEGACY_TIMEOUT'],
    ['is down', { down: true }, 'LEGACY_UNAVAILABLE'],
    ['kills the connection', { special: 'kill-backend' }, 'LEGACY_UNAVAILABLE'],
    ['holds a lock', { special: 'lock' }, 'LEGACY_TIMEOUT'],
    ['has no free connection', { special: 'pool-full' }, 'LEGACY_UNAVAILABLE'],
  ];

  it.each(faults)('that %s costs its own fields', async (_, fault, code) => {
    await spoil('housing-benefit-iks', fault);
    const [own, social, offices] = await Promise.all([hard(asCitizen), hard(asBenefitClerk), hard(asVehicleClerk)]);
    expect(own.data).toEqual({ ...page, me: { ...page.me, housingBenefitCases: null } });
    expect(codesAt(own)).toEqual({ 'me.housingBenefitCases': code });
    expect([social.data, codesAt(social)]).toEqual([{ housingBenefitCases: null }, { housingBenefitCases: code }]);
    expect([offices.data, offices.errors]).toEqual([holders, []]);
  });

  it('that holds a code no table knows costs the field with the code', async () => {
    await spoil('housing-benefit-iks', { special: 'unknown-code' });
    const own = await hard(asCitizen);
    const expected = page.me?.housingBenefitCases?.map((found) => ({ ...found, status: null }));
    expect(own.data).toEqual({ ...page, me: { ...page.me, housingBenefitCases: expected } });
    expect(codesAt(own)).toEqual({ 'me.housingBenefitCases.0.status': 'LEGACY_MALFORMED' });
  });
});

describe('the vehicle export', () => {
  const faults: [string, Readonly<Record<string, unknown>>][] = [
    ['is a page', { error: 'html' }],
    ['is an error page', { error: 'http500' }],
    ['is half written', { error: 'truncated' }],
    ['is half written under its final name', { special: 'half-written' }],
    ['is removed', { down: true }],
    ['is taken away', { error: 'refuse' }],
    ['is empty', { error: 'silent' }],
    ['has a record of the wrong length', { special: 'wrong-length' }],
    ['has duplicate records', { special: 'duplicates' }],
    ['counts wrongly', { special: 'bad-count' }],
    ['is in the wrong charset', { special: 'utf8' }],
    ['is older', { special: 'older' }],
  ];
  const count = (text: string) =>
    readFileSync(join(dirname(federation.cooperationPath), 'run/logs/vehicles-spk.log'), 'utf8').split(text).length - 1;
  const refused = () => count('vehicle export refused');
  const takenOver = () => count('vehicle export taken over');

  it.each(faults)('that %s leaves the last good one in place', async (_, fault) => {
    const before = { refused: refused(), takenOver: takenOver() };
    await spoil('vehicles-spk', fault);
    await eventually(() => expect(refused()).toBeGreaterThan(before.refused));
    const [own, offices] = await Promise.all([hard(asCitizen), hard(asVehicleClerk)]);
    expect([own.data, own.errors]).toEqual([page, []]);
    expect([offices.data, offices.errors]).toEqual([holders, []]);
    expect(takenOver()).toBe(before.takenOver);
    await mend();
    await eventually(() => expect(takenOver()).toBe(before.takenOver + 1));
  });

  it('that has never been good costs its own fields until a good one comes', async () => {
    await spoil('vehicles-spk', { special: 'half-written' });
    await federation.restartPart('vehicles-spk');
    // The gateway's sockets to the old process went with it: one question finds that out.
    const own = await eventually(async () => {
      const answer = await hard(asCitizen);
      expect(codesAt(answer)).toEqual({ 'me.vehicles': 'LEGACY_UNAVAILABLE' });
      return answer;
    });
    expect(own.data).toEqual({ ...page, me: { ...page.me, vehicles: null } });
    const offices = await hard(asVehicleClerk);
    expect([offices.data, codesAt(offices)]).toEqual([{ vehicles: null }, { vehicles: 'LEGACY_UNAVAILABLE' }]);
    pids = federation.parts().map(({ pid }) => pid);
  });
});

describe('all of it', () => {
  it('may fail at once, and what needs none of it is still answered', async () => {
    await Promise.all(SYSTEMS.map((system) => spoil(system, { error: 'silent' })));
    const answers = await Promise.all([hard(asCitizen), hard(asBenefitClerk), hard(asVehicleClerk)]);
    expect(answers[0]?.data).toEqual({ municipality: { name: 'Homburg' }, me: null });
    expect(codesAt(answers[1] as Answer<unknown>)).toEqual({ housingBenefitCases: 'LEGACY_TIMEOUT' });
  });

  it('ended no process', () => {
    expect(federation.parts().map(({ pid }) => pid)).toEqual(pids);
    for (const pid of pids) expect(isAlive(pid)).toBe(true);
  });
});

const residentBytes = (pid: number): number => Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096;
