import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { competenceOf, type Example, fillVariables, type Manifest } from '../../gateway/playground/app/manifest.js';
import { isFileReference, PURPOSES } from '../../gateway/playground/app/purposes.js';
import type { Person } from '../../simulators/person.js';
import { personasOf } from '../../simulators/personas.js';
import { startFederation, type TestFederation } from '../support/federation.js';

const FOLDER = 'examples/queries';
const { personas, examples } = JSON.parse(readFileSync(`${FOLDER}/manifest.json`, 'utf8')) as Manifest;
const COOPERATIONS = [
  'cooperation.yaml',
  ...readdirSync('examples/cooperations').map((name) => `examples/cooperations/${name}`),
];

/** Asks an example as the playground does: in the name of its persona, with their purpose and file reference. */
async function askExample(federation: TestFederation, example: Example) {
  const { data } = await federation.query<{ municipalities: { ags: string }[] }>('{ municipalities { ags } }');
  const municipalities = data?.municipalities.map(({ ags }) => ags) ?? [];
  const persona = personas.find(({ name }) => name === example.persona);
  const token = persona ? await federation.tokenFor(persona.name) : '';
  return federation.query(readFileSync(`${FOLDER}/${example.file}`, 'utf8'), {
    ...(persona && { persona: persona.name }),
    variables: fillVariables(example.variables, municipalities, competenceOf(token)),
    headers: {
      ...(persona?.purpose && { 'x-purpose': persona.purpose }),
      ...(persona?.fileReference && { 'x-file-reference': persona.fileReference }),
    },
  });
}

/** What each example must show, beside being free of errors. */
const SHOWS: Readonly<Record<string, (federation: TestFederation) => object>> = {
  'municipalities.graphql': ({ world }) => ({
    municipalities: expect.arrayContaining(
      world.municipalities.map(({ ags, name }) => expect.objectContaining({ ags, name, hosting: expect.anything() })),
    ),
  }),
  'estimate.graphql': () => ({ housingBenefitEstimate: { entitled: true, monthlyAmountCents: expect.any(Number) } }),
  'find-service.graphql': () => ({
    services: {
      edges: expect.arrayContaining([
        {
          node: expect.objectContaining({
            name: 'Fahrzeug ummelden (Halterwechsel oder Umzug)',
            competentOffice: expect.objectContaining({ phone: '115' }),
          }),
        },
      ]),
    },
  }),
  'my-page.graphql': ({ persona }) => ({
    me: {
      familyName: persona('citizen').familyName,
      currentAddress: { place: persona('citizen').residences[0]?.place },
      housingBenefitCases: [{ payments: { edges: [{ node: { amountCents: expect.any(Number) } }, {}, {}] } }],
      vehicles: byPlate(persona('citizen').vehicles).map(({ plate }) => ({ plate })),
    },
  }),
  'my-move.graphql': ({ persona }) => {
    const { ags, vehicles, housingBenefit } = persona('citizen-moved');
    expect(housingBenefit?.officeAgs).not.toBe(ags);
    return {
      me: {
        ags,
        housingBenefitCases: [{ ags: housingBenefit?.officeAgs, caseNumber: housingBenefit?.caseNumber }],
        vehicles: byPlate(vehicles).map(({ officeAgs, plate }) => ({ ags: officeAgs, plate })),
      },
    };
  },
  'find-resident.graphql': ({ persona }) => ({
    residents: { edges: [{ node: { familyName: persona('citizen-substantial').familyName } }] },
  }),
  'running-cases.graphql': () => ({ housingBenefitCases: { edges: atLeastOneKnown('applicant') } }),
  'parcel-encumbrances.graphql': () => ({
    parcel: {
      number: '42/7',
      encumbrances: [1, 2].map((entryNumber) => ({
        sheetNumber: '1000',
        entryNumber,
        sheet: { url: expect.stringMatching(/^http:.*\/sheets\//) },
      })),
    },
  }),
  'vehicles-with-holders.graphql': () => ({ vehicles: { edges: atLeastOneKnown('holder') } }),
};

const byPlate = (vehicles: Person['vehicles']) => [...vehicles].sort((a, b) => (a.plate < b.plate ? -1 : 1));

function atLeastOneKnown(field: string): unknown {
  const somebody = expect.objectContaining({ familyName: expect.any(String) });
  return expect.arrayContaining([{ node: expect.objectContaining({ [field]: somebody }) }]);
}

describe.each(COOPERATIONS)('the example queries in %s', (cooperation) => {
  let federation: TestFederation;

  beforeAll(async () => {
    federation = await startFederation({ cooperation, size: 20_000 }); // as many as the demo has
  }, 120_000);

  afterAll(() => federation?.stop());

  it.each(examples)('$file answers its persona without an error', async (example) => {
    const { status, data, errors } = await askExample(federation, example);
    expect({ status, errors }).toEqual({ status: 200, errors: [] });
    expect(data).toMatchObject(SHOWS[example.file]?.(federation) ?? { 'an expectation in this test': true });
  });

  it('know the personas of the identity provider, in its order', () => {
    expect(personas.map(({ name }) => name)).toEqual(personasOf(federation.world).map(({ name }) => name));
  });
});

describe('the manifest of the example queries', () => {
  it('names every file beside it once', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.graphql'));
    expect(examples.map(({ file }) => file).sort()).toEqual(files.sort());
  });

  it('names personas, purposes and file references that the page offers', () => {
    const names = personas.map(({ name }) => name);
    expect(examples.filter(({ persona }) => persona !== null && !names.includes(persona))).toEqual([]);
    const known = PURPOSES.map(({ id }) => id);
    expect(personas.filter(({ purpose }) => purpose !== null && !known.includes(purpose))).toEqual([]);
    expect(personas.filter(({ fileReference }) => fileReference !== null && !isFileReference(fileReference))).toEqual(
      [],
    );
  });
});
