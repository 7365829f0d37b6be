import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Answer } from '../support/ask.js';
import { startFederation, type TestFederation } from '../support/federation.js';
import { SEARCH, ST_INGBERT } from '../support/root-fields.js';

jest.setTimeout(60_000);

let federation: TestFederation;
beforeAll(async () => {
  federation = await startFederation();
}, 120_000);
afterAll(() => federation?.stop());

const PUBLIC = 'municipalities { ags }';
const ME =
  'me { familyName currentAddress { place } maritalStatus residences { isCurrent } vehicles { plate } housingBenefitCases { status } }';
const RESIDENT = `resident(ags: "${ST_INGBERT}", id: "unknown") { familyName }`;
const RESIDENTS = `residents(ags: "${ST_INGBERT}", search: { familyName: "${SEARCH.familyName}", givenName: "${SEARCH.givenName}", dateOfBirth: "${SEARCH.dateOfBirth}" }) { edges { node { id familyName maritalStatus nationalities residences { movedIn } currentAddress { street } vehicles { plate } housingBenefitCases { status } } } }`;
const CASES = `housingBenefitCases(ags: "${ST_INGBERT}", first: 3) { edges { node { caseNumber applicant { familyName maritalStatus vehicles { plate } } } } }`;
const VEHICLES = `vehicles(ags: "${ST_INGBERT}", first: 3) { edges { node { plate holder { familyName dateOfBirth maritalStatus housingBenefitCases { status } } } } }`;
const ROOTS = { me: ME, resident: RESIDENT, residents: RESIDENTS, housingBenefitCases: CASES, vehicles: VEHICLES };

const ask = <Data = Record<string, unknown>>(persona: string, ...fields: string[]): Promise<Answer<Data>> =>
  federation.query<Data>(`{ ${fields.join(' ')} }`, { persona });
const codes = ({ errors }: Pick<Answer, 'errors'>) =>
  errors.map(({ path, extensions }) => [path?.join('.'), extensions.code]);
/** Path without positions, each once. */
const denied = ({ errors }: Pick<Answer, 'errors'>) =>
  [...new Set(errors.map(({ path = [] }) => path.filter((step) => typeof step === 'string').join('.')))].sort();
/** Calls that the old systems have had; vehicles come from files. */
async function calls(): Promise<number> {
  const systems = federation.parts().filter(({ name }) => /^(residents|housing-benefit)-\w+-simulator$/.test(name));
  expect(systems.length).toBeGreaterThan(1);
  const counts = await Promise.all(
    systems.map(({ name }) => federation.control(name.replace(/-simulator$/, '')).calls()),
  );
  return counts.reduce((sum, count) => sum + count.calls, 0);
}

interface Found {
  readonly residents: { readonly edges: readonly { readonly node: { readonly id: string } }[] } | null;
}

describe('nobody signed in', () => {
  it.each(Object.entries(ROOTS))('is not let in to %s', async (_, field) => {
    const answer = await federation.query(`{ ${PUBLIC} ${field} }`);
    expect([answer.status, codes(answer), answer.data]).toEqual([401, [[undefined, 'UNAUTHENTICATED']], null]);
  });

  it('sees what is public', async () => {
    expect((await federation.query(`{ ${PUBLIC} }`)).errors).toEqual([]);
  });
});

describe('a citizen', () => {
  it('sees their own record, vehicles and cases', async () => {
    const { status, data, errors } = await ask('citizen', ME);
    expect({ status, errors }).toEqual({ status: 200, errors: [] });
    expect(data?.me).toMatchObject({
      familyName: federation.persona('citizen').familyName,
      maritalStatus: expect.any(String),
      vehicles: expect.arrayContaining([{ plate: expect.any(String) }]),
      housingBenefitCases: [{ status: 'GRANTED' }],
    });
  });

  it.each(['citizen-substantial', 'citizen-basic'])('with a weaker login is told the level: %s', async (persona) => {
    const before = await calls();
    const { status, data, errors } = await ask(persona, PUBLIC, ME);
    expect({ status, data, errors }).toMatchObject({
      status: 200,
      data: { me: null, municipalities: expect.any(Array) },
      errors: [
        {
          path: ['me'],
          extensions: {
            code: 'INSUFFICIENT_TRUST_LEVEL',
            requiredTrustLevel: 'hoch',
            requiredAcr: 'STORK-QAA-Level-4',
          },
        },
      ],
    });
    expect(errors).toHaveLength(1);
    expect(await calls()).toBe(before);
  });

  it('has no way to the records of others', async () => {
    const before = await calls();
    const answer = await ask('citizen', RESIDENT, RESIDENTS, CASES, VEHICLES);
    expect(answer.status).toBe(200);
    expect(codes(answer)).toEqual(
      ['resident', 'residents', 'housingBenefitCases', 'vehicles'].map((field) => [field, 'FORBIDDEN']),
    );
    expect(answer.data).toEqual({ resident: null, residents: null, housingBenefitCases: null, vehicles: null });
    expect(await calls()).toBe(before);
  });
});

describe('a clerk of the residents office', () => {
  it('sees the register, and neither vehicles nor social data', async () => {
    const answer = await ask<Found>('residents-clerk', RESIDENTS);
    expect(denied(answer)).toEqual(['residents.edges.node.housingBenefitCases', 'residents.edges.node.vehicles']);
    const [edge] = answer.data?.residents?.edges ?? [];
    expect(edge?.node).toMatchObject({
      maritalStatus: expect.any(String),
      residences: expect.any(Array),
      vehicles: null,
      housingBenefitCases: null,
    });
  });

  it('has no business in other registers', async () => {
    const answer = await ask('residents-clerk', RESIDENT, CASES, VEHICLES);
    expect(codes(answer)).toEqual([
      ['housingBenefitCases', 'FORBIDDEN'],
      ['vehicles', 'FORBIDDEN'],
    ]);
  });
});

describe('a clerk of the housing-benefit office', () => {
  it('sees cases and of applicants the list of § 34 (1) BMG, and no vehicles', async () => {
    const answer = await ask('benefit-clerk', CASES, VEHICLES);
    expect(denied(answer)).toEqual(['housingBenefitCases.edges.node.applicant.vehicles', 'vehicles']);
    expect(JSON.stringify(answer.data)).toMatch(/"applicant":{"familyName":"[^"]+","maritalStatus":"/);
  });
});

describe('a clerk of the vehicle office', () => {
  it('sees vehicles and of holders what § 33 (1) StVG names, and no social data', async () => {
    const answer = await ask('vehicle-clerk', VEHICLES, CASES);
    expect(denied(answer)).toEqual([
      'housingBenefitCases',
      'vehicles.edges.node.holder.housingBenefitCases',
      'vehicles.edges.node.holder.maritalStatus',
    ]);
    expect(JSON.stringify(answer.data)).toMatch(
      /"holder":{"familyName":"[^"]+","dateOfBirth":"[^"]+","maritalStatus":null/,
    );
  });
});

describe('every clerk', () => {
  const CLERKS: readonly (readonly [persona: string, field: string, purpose: string])[] = [
    ['residents-clerk', RESIDENTS, 'residents.registration'],
    ['benefit-clerk', CASES, 'housing-benefit.case'],
    ['vehicle-clerk', VEHICLES, 'vehicles.registration'],
  ];
  const asked = async (persona: string, field: string, headers: Record<string, string>) =>
    federation.query(`{ ${PUBLIC} ${field} }`, { token: await federation.tokenFor(persona), headers });

  it.each(CLERKS)(
    '%s states purpose and file, or is refused before any register is asked',
    async (persona, field, purpose) => {
      const before = await calls();
      for (const headers of [{}, { 'x-purpose': purpose }, { 'x-file-reference': 'AZ 1' }] as Record<
        string,
        string
      >[]) {
        const answer = await asked(persona, field, headers);
        expect([answer.status, codes(answer), answer.data]).toEqual([403, [[undefined, 'FORBIDDEN']], null]);
      }
      expect(await calls()).toBe(before);
      const granted = await asked(persona, field, { 'x-purpose': purpose, 'x-file-reference': 'AZ 1' });
      expect(await calls()).toBeGreaterThan(before);
      expect([granted.status, JSON.stringify(granted.data)]).toEqual([200, expect.stringMatching(/familyName":"/)]);
    },
  );

  it.each(CLERKS)('%s is denied the field for a purpose that is not theirs', async (persona, field, _) => {
    const answer = await asked(persona, field, { 'x-purpose': 'service.information', 'x-file-reference': 'AZ 1' });
    expect([answer.status, answer.errors.map(({ path }) => path?.length)]).toEqual([200, [1]]);
    expect(answer.errors[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it.each(CLERKS)('%s reads what is public without a purpose', async (persona, _field, _purpose) => {
    expect((await asked(persona, '', {})).errors).toEqual([]);
  });
});

describe('roles without a register', () => {
  it.each(['protection-officer', 'operator'])('%s: refused, unless something public is asked for', async (persona) => {
    const before = await calls();
    for (const field of [...Object.values(ROOTS), Object.values(ROOTS).join(' ')]) {
      const answer = await ask(persona, field);
      expect([answer.status, codes(answer), answer.data]).toEqual([403, [[undefined, 'FORBIDDEN']], null]);
    }
    const beside = await ask(persona, PUBLIC, RESIDENTS);
    expect([beside.status, codes(beside)]).toEqual([200, [['residents', 'FORBIDDEN']]]);
    expect(await calls()).toBe(before);
  });

  it('agent-115: null for every register', async () => {
    const before = await calls();
    const answer = await ask('agent-115', PUBLIC, ...Object.values(ROOTS));
    expect([answer.status, codes(answer)]).toEqual([200, Object.keys(ROOTS).map((field) => [field, 'FORBIDDEN'])]);
    expect(await calls()).toBe(before);
  });

  it('partner: one person by the exact key, no search', async () => {
    const search = await ask('partner', RESIDENTS);
    expect([search.status, codes(search)]).toEqual([403, [[undefined, 'FORBIDDEN']]]);
    const found = await ask<Found>('residents-clerk', RESIDENTS);
    const id = found.data?.residents?.edges[0]?.node.id ?? '';
    const answer = await ask(
      'partner',
      `resident(ags: "${ST_INGBERT}", id: "${id}") { familyName maritalStatus residences { movedIn } vehicles { plate } }`,
    );
    expect(answer.status).toBe(200);
    expect(denied(answer).filter((path) => path === 'resident')).toEqual([]);
    expect(JSON.stringify(answer.data)).not.toMatch(/plate|movedIn|SINGLE|MARRIED/);
  });
});

describe('the two paths', () => {
  it.each([
    ['citizen', `{ ${PUBLIC} ${VEHICLES} }`],
    ['residents-clerk', `{ ${RESIDENTS} }`],
    ['vehicle-clerk', `{ ${VEHICLES} }`],
  ])('give %s the same bytes', async (persona, document) => {
    const read = (headers: Record<string, string>) =>
      federation.query(document, { persona, headers }).then(({ text }) => text.replaceAll(/"asOf":"[^"]+"/g, ''));
    const first = await read({});
    expect(await read({})).toBe(first);
    // A header that our own path does not know sends the request through the host.
    expect(await read({ accept: 'application/graphql-response+json, */*;q=0.1' })).toBe(first);
  });
});

describe('ENGINE=apollo', () => {
  it('gives everybody the same answers', async () => {
    const other = await startFederation({ gateway: { ENGINE: 'apollo' } });
    try {
      const personas = (
        JSON.parse(readFileSync('examples/queries/manifest.json', 'utf8')) as { personas: { name: string }[] }
      ).personas;
      for (const { name } of personas)
        for (const fields of [...Object.values(ROOTS), `${PUBLIC} ${Object.values(ROOTS).join(' ')}`]) {
          const document = `{ ${fields} }`.replaceAll(' id familyName', ' familyName');
          const [ours, theirs] = await Promise.all(
            [federation, other].map((one) => one.query(document, { persona: name })),
          );
          expect([name, theirs?.status, theirs?.data, theirs && sorted(theirs)]).toEqual([
            name,
            ours?.status,
            ours?.data,
            ours && sorted(ours),
          ]);
        }
    } finally {
      await other.stop();
    }
  }, 180_000);
});

const sorted = ({ errors }: Answer) => errors.map((error) => JSON.stringify(error)).sort();
