import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readCooperationFile } from '../../lib/cooperation/read.js';
import type { Part } from '../../scripts/run-file.js';
import type { Person } from '../../simulators/person.js';
import { eventually } from '../support/eventually.js';
import { startFederation, type TestFederation } from '../support/federation.js';

jest.setTimeout(60_000);

const FOLDER = 'examples/cooperations';
const ME = `{ me {
  ags familyName currentAddress { place } municipality { name }
  housingBenefitCases { ags caseNumber monthlyAmountCents }
  vehicles { ags plate make }
} }`;
const HOLDERS = `query ($ags: AGS!) { vehicles(ags: $ags, first: 50) { edges { node { plate holder { familyName dateOfBirth } } } } }`;
const APPLICANTS = `query ($ags: AGS!) { housingBenefitCases(ags: $ags, first: 50) { edges { node { caseNumber applicant { familyName dateOfBirth } } } } }`;
const SEARCH = `query ($ags: AGS!, $search: ResidentSearch!) { residents(ags: $ags, search: $search) { edges { node { familyName givenNames } } } }`;

interface Node {
  readonly plate: string;
  readonly caseNumber: string;
  readonly holder: object | null;
  readonly applicant: object | null;
}
type List = Readonly<Record<string, { readonly edges: readonly { readonly node: Node }[] }>>;

/** What the person behind a citizen persona must be told. */
const truthOf = (person: Person, names: ReadonlyMap<string, string>) => ({
  ags: person.ags,
  familyName: person.familyName,
  currentAddress: { place: person.residences[0]?.place },
  municipality: { name: names.get(person.ags) },
  housingBenefitCases: person.housingBenefit
    ? [
        {
          ags: person.housingBenefit.officeAgs,
          caseNumber: person.housingBenefit.caseNumber,
          monthlyAmountCents: person.housingBenefit.monthlyAmountCents,
        },
      ]
    : [],
  vehicles: person.vehicles
    .map(({ officeAgs, plate, make }) => ({ ags: officeAgs, plate, make }))
    .sort((one, other) => one.plate.localeCompare(other.plate, 'de', { numeric: true })),
});

const LOST = {
  residents: { field: 'me', left: () => null },
  'housing-benefit': { field: 'me.housingBenefitCases', left: (me: object) => ({ ...me, housingBenefitCases: null }) },
  vehicles: { field: 'me.vehicles', left: (me: object) => ({ ...me, vehicles: null }) },
} as const;

describe.each(readdirSync(FOLDER))('the cooperation of %s', (file) => {
  const cooperation = readCooperationFile(`${FOLDER}/${file}`);
  const names = new Map(cooperation.municipalities.map(({ ags, name }) => [ags, name]));
  let federation: TestFederation;
  let owners: ReadonlyMap<string, Person>;

  beforeAll(async () => {
    federation = await startFederation({ cooperation: `${FOLDER}/${file}`, size: 1500 });
    owners = new Map(
      federation
        .truth()
        .flatMap((person) => [
          ...person.vehicles.map(({ plate }) => [plate, person] as const),
          ...(person.housingBenefit ? [[person.housingBenefit.caseNumber, person] as const] : []),
        ]),
    );
  }, 120_000);

  afterAll(() => federation?.stop());

  const serving = (subgraph: string, ags: string): Part =>
    federation
      .parts()
      .find(
        (part) => part.kind === 'subgraph' && part.subgraph === subgraph && part.municipalities?.includes(ags),
      ) as Part;

  /** Where a clerk of the demo works. */
  async function officeOf(persona: string): Promise<string> {
    const [, claims = ''] = (await federation.tokenFor(persona)).split('.');
    const { ags } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as { ags: readonly [string] };
    return cooperation.municipalities.find((one) => one.ags.startsWith(ags[0].replace('*', '')))?.ags ?? '';
  }

  it('says who runs what for whom', async () => {
    const { data, errors } = await federation.query('{ municipalities { ags name hosting { subgraph } } }');
    expect(errors).toEqual([]);
    expect(data).toEqual({
      municipalities: cooperation.municipalities.map(({ ags, name }) => ({
        ags,
        name,
        hosting: [...cooperation.subgraphs.keys()].map(() => ({ subgraph: expect.any(String) })),
      })),
    });
  });

  it('computes housing benefit for each of its municipalities', async () => {
    for (const { ags } of cooperation.municipalities) {
      const { data, errors } = await federation.query(
        `query ($ags: AGS!) { housingBenefitEstimate(input: { ags: $ags, householdSize: 2, grossColdRentCents: 60000, monthlyIncomeCents: 80000 }) { entitled rentLevel } }`,
        { variables: { ags } },
      );
      expect([data, errors]).toEqual([
        { housingBenefitEstimate: { entitled: true, rentLevel: expect.any(Number) } },
        [],
      ]);
    }
  });

  it.each(['citizen', 'citizen-moved', 'citizen-blocked'])('answers %s from three systems', async (persona) => {
    const { data, errors } = await federation.query(ME, { persona });
    expect([data, errors]).toEqual([{ me: truthOf(federation.persona(persona), names) }, []]);
  });

  it('lets somebody move between two of its municipalities', () => {
    const { ags, vehicles, housingBenefit } = federation.persona('citizen-moved');
    expect(vehicles.map(({ officeAgs }) => officeAgs)).not.toContain(ags);
    expect(housingBenefit?.officeAgs).not.toBe(ags);
  });

  it.each([
    ['vehicle-clerk', HOLDERS, 'vehicles'],
    ['benefit-clerk', APPLICANTS, 'housingBenefitCases'],
  ])('answers the %s with records and the people behind them', async (persona, query, list) => {
    const ags = await officeOf(persona);
    const { data, errors } = await federation.query<List>(query, { persona, variables: { ags } });
    expect(errors).toEqual([]);
    const records = data?.[list]?.edges.map(({ node }) => node) ?? [];
    const led = records.filter(({ holder, applicant }) => holder ?? applicant);
    expect(led.length).toBeGreaterThan(0);
    for (const { plate, caseNumber, holder, applicant } of led) {
      const owner = owners.get(plate ?? caseNumber);
      expect(holder ?? applicant).toEqual({ familyName: owner?.familyName, dateOfBirth: owner?.dateOfBirth });
    }
  });

  it('answers the residents clerk’s search', async () => {
    const { ags, familyName, givenNames, dateOfBirth } = federation.persona('citizen-substantial');
    expect(await officeOf('residents-clerk')).toBe(ags);
    const search = { familyName, givenName: givenNames[0], dateOfBirth };
    const { data, errors } = await federation.query(SEARCH, { persona: 'residents-clerk', variables: { ags, search } });
    expect([data, errors]).toEqual([{ residents: { edges: [{ node: { familyName, givenNames } }] } }, []]);
  });

  it.each(Object.entries(LOST))(
    'with one instance of %s stopped answers the rest',
    async (subgraph, { field, left }) => {
      const person = federation.persona('citizen');
      const { name } = serving(subgraph, person.ags);
      await federation.stopPart(name);
      const started = performance.now();
      const { status, data, errors } = await federation.query(ME, { persona: 'citizen' });
      expect(performance.now() - started).toBeLessThan(3500);
      expect([status, data]).toEqual([200, { me: left(truthOf(person, names)) }]);
      expect(errors.map(({ path, extensions }) => [path?.join('.'), extensions.code])).toEqual([
        [field, 'SUBGRAPH_UNAVAILABLE'],
      ]);
      await federation.restartPart(name);
      await eventually(async () => expect((await federation.query(ME, { persona: 'citizen' })).errors).toEqual([]));
    },
  );
});
