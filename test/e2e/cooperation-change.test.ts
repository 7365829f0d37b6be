import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parse, stringify } from 'yaml';
import type { Answer } from '../support/ask.js';
import { eventually } from '../support/eventually.js';
import { startFederation, type TestFederation } from '../support/federation.js';
import { startLoad } from '../support/load.js';
import { type Address, openAddress } from '../support/moving-van.js';

jest.setTimeout(60_000);

interface Agreement {
  municipalities: { ags: string }[];
  providers: { id: string }[];
  subgraphs: Record<string, { instances: { provider: string; url: string; serves: string[] }[] }>;
}

const ME = '{ me { familyName currentAddress { place } housingBenefitCases { caseNumber } vehicles { plate } } }';
/** Within which a changed agreement holds. */
const SOON_MS = 1000;

let federation: TestFederation;
let original: string;
const addresses: Address[] = [];

async function start(options: Parameters<typeof startFederation>[0] = {}): Promise<void> {
  federation = await startFederation(options);
  original = readFileSync(federation.cooperationPath, 'utf8');
}

async function stop(): Promise<void> {
  await federation?.stop();
  for (const address of addresses.splice(0)) await address.close();
}

const write = (text: string) => writeFileSync(federation.cooperationPath, text);
/** As a careful operator does: the file is whole from its first moment on. */
function replace(text: string | Buffer): void {
  writeFileSync(`${federation.cooperationPath}.new`, text);
  renameSync(`${federation.cooperationPath}.new`, federation.cooperationPath);
}
function changed(change: (agreement: Agreement) => void, text = original): string {
  const agreement = parse(text) as Agreement;
  change(agreement);
  return stringify(agreement);
}
const moved = (subgraph: string, index: number, port: number, text = original) =>
  changed(({ subgraphs }) => {
    const instance = subgraphs[subgraph]?.instances[index];
    if (!instance) throw new RangeError(`${subgraph} has no instance ${index}`);
    instance.url = `http://127.0.0.1:${port}/graphql`;
  }, text);
const log = (part: string) => readFileSync(join(dirname(federation.cooperationPath), `run/logs/${part}.log`), 'utf8');
const countOf = (part: string, text: string) => log(part).split(text).length - 1;

async function newAddress(of: string): Promise<Address> {
  const address = await openAddress(Number(new URL(federation.part(of).url).port));
  addresses.push(address);
  return address;
}

function expectSame<Data>({ status, data, errors }: Answer<Data>, expected: Data | null): void {
  expect({ status, data, errors }).toEqual({ status: 200, data: expected, errors: [] });
}

/** Asks all the while `work` is done. @returns When nobody was disappointed. */
async function underLoad(persona: string, work: () => Promise<void>): Promise<void> {
  const { data } = await federation.query(ME, { persona });
  expect(data?.me).toEqual(expect.objectContaining({ vehicles: expect.arrayContaining([expect.anything()]) }));
  const load = startLoad(6, async () => expectSame(await federation.query(ME, { persona }), data));
  try {
    await work();
    const answers = load.answers();
    await eventually(() => expect(load.answers()).toBeGreaterThan(answers + 12));
  } finally {
    expect((await load.stop()).failures).toEqual([]);
  }
}

/** Moves an instance twice while it is asked; its former address is taken away once the new one has been used. */
async function move(subgraph: string, index: number, part: string): Promise<void> {
  const first = await newAddress(part);
  replace(moved(subgraph, index, first.port));
  await eventually(() => expect(first.seen()).toBeGreaterThan(0), SOON_MS);
  const second = await newAddress(part);
  write(moved(subgraph, index, second.port));
  const written = performance.now();
  await eventually(() => expect(second.seen()).toBeGreaterThan(0), SOON_MS);
  await eventually(() => expect(performance.now() - written).toBeGreaterThan(SOON_MS));
  await first.close();
  const seen = second.seen();
  await eventually(() => expect(second.seen()).toBeGreaterThan(seen + 10));
}

describe('while the gateway runs', () => {
  const GERSHEIM = '10045113';
  const LIST = `{ municipality(ags: "${GERSHEIM}") { name } vehicles(ags: "${GERSHEIM}", first: 3) { edges { node { plate holder { familyName } } } } }`;
  const asClerk = () => federation.query(LIST, { persona: 'vehicle-clerk' });

  beforeAll(() => start(), 120_000);
  afterAll(stop);
  afterEach(async () => {
    const before = countOf('gateway', 'cooperation file taken over');
    replace(original);
    await eventually(() => expect(countOf('gateway', 'cooperation file taken over')).toBeGreaterThan(before));
    await eventually(async () => expect((await federation.query(ME, { persona: 'citizen' })).data?.me).not.toBeNull());
  });

  it.each([
    ['residents', 1, 'residents-spk'],
    ['housing-benefit', 0, 'housing-benefit-iks'],
    ['vehicles', 1, 'vehicles-spk'],
  ])('an instance of %s may move to another port without a failed request', async (subgraph, index, part) => {
    await underLoad('citizen', () => move(subgraph, index, part));
  });

  it('a municipality may leave and join, and nobody else notices', async () => {
    const whole = await asClerk();
    expect(whole.errors).toEqual([]);
    expect(whole.data).toEqual({
      municipality: { name: 'Gersheim' },
      vehicles: { edges: [{}, {}, {}].map(() => expect.anything()) },
    });
    await underLoad('citizen', async () => {
      replace(
        changed((agreement) => {
          agreement.municipalities = agreement.municipalities.filter(({ ags }) => ags !== GERSHEIM);
        }),
      );
      await eventually(async () => expectSame(await asClerk(), { municipality: null, vehicles: null }), SOON_MS);
      replace(original);
      await eventually(async () => expectSame(await asClerk(), whole.data), SOON_MS);
    });
  });

  it.each([
    ['is empty', () => ''],
    ['is no YAML', () => 'municipalities: [}'],
    ['is half written', (text: string) => text.slice(0, text.length / 2)],
    [
      'names an unknown provider',
      () => changed(({ subgraphs }) => Object.assign(subgraphs.vehicles?.instances[0] ?? {}, { provider: 'nobody' })),
    ],
    [
      'lets two instances serve one municipality',
      () => changed(({ subgraphs }) => void subgraphs.vehicles?.instances[0]?.serves.push('10045*')),
    ],
    ['lets nobody serve a municipality', () => changed(({ subgraphs }) => void subgraphs.residents?.instances.pop())],
    [
      'has a bad address',
      () => changed(({ subgraphs }) => Object.assign(subgraphs.residents?.instances[0] ?? {}, { url: 'gopher://x' })),
    ],
    ['is not UTF-8', (text: string) => Buffer.from(text.replace('Saarbrücken', 'Saarbr\xfccken'), 'latin1')],
  ])('a file that %s is refused, and the old one stays', async (_, spoil) => {
    const before = {
      refused: countOf('gateway', 'cooperation file refused'),
      takenOver: countOf('gateway', 'cooperation file taken over'),
    };
    await underLoad('citizen', async () => {
      replace(spoil(original));
      await eventually(
        () => expect(countOf('gateway', 'cooperation file refused')).toBeGreaterThan(before.refused),
        SOON_MS * 2,
      );
    });
    expect(countOf('gateway', 'cooperation file taken over')).toBe(before.takenOver);
  });

  it('a file that is taken away changes nothing', async () => {
    const before = countOf('gateway', 'cooperation file refused');
    await underLoad('citizen', async () => {
      rmSync(federation.cooperationPath);
      await eventually(
        () => expect(countOf('gateway', 'cooperation file refused')).toBeGreaterThan(before),
        SOON_MS * 2,
      );
    });
  });
});

describe('where one provider runs several instances of a kind', () => {
  beforeAll(() => start({ cooperation: 'examples/cooperations/rhein-kreis-neuss.yaml', size: 800 }), 120_000);
  afterAll(stop);

  it('one of them may move to another port without a failed request', async () => {
    const { ags } = federation.persona('citizen');
    const index =
      (parse(original) as Agreement).subgraphs.residents?.instances.findIndex(({ serves }) => serves.includes(ags)) ??
      -1;
    await underLoad('citizen', () => move('residents', index, index === 0 ? 'residents-itk' : 'residents-itk-2'));
  });
});
