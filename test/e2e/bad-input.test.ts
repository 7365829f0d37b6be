import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { findFreePorts } from '../../scripts/ports.js';
import type { Answer } from '../support/ask.js';
import { startFederation, type TestFederation } from '../support/federation.js';
import {
  ESTIMATE,
  FIELDS,
  HOMBURG,
  type Name,
  SEARCH,
  ST_INGBERT,
  toInlineDocument,
  toRequest,
  type Values,
} from '../support/root-fields.js';

jest.setTimeout(60_000);

const LONG = 'x'.repeat(50_000);

let federation: TestFederation;
let metricsUrl: string;

beforeAll(async () => {
  const [adminPort] = await findFreePorts(1);
  metricsUrl = `http://127.0.0.1:${adminPort}/metrics`;
  federation = await startFederation({ gateway: { ADMIN_PORT: String(adminPort) } });
}, 120_000);

afterAll(() => federation?.stop());

/** How many requests the gateway has sent to subgraphs so far. */
async function sent(): Promise<number> {
  const metrics = await (await fetch(metricsUrl)).text();
  const counts = metrics.matchAll(/^fachverbund_subgraph_request_duration_seconds_count\{.*\} (\d+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

interface Page {
  readonly [field: string]: { readonly pageInfo: { readonly endCursor: string | null } } | null;
}

/** With variables, as a client should. */
const ask = (name: Name, values: Values): Promise<Answer<Page>> => {
  const { document, variables } = toRequest(name, values);
  return federation.query<Page>(document, { persona: FIELDS[name].persona, variables });
};

/** With the values in the document. */
const askInline = (name: Name, values: Values): Promise<Answer<Page>> =>
  federation.query<Page>(toInlineDocument(name, values), { persona: FIELDS[name].persona });

const search = (values: Values) => ({ search: { ...SEARCH, ...values } });
const input = (values: Values) => ({ input: { ...ESTIMATE, ...values } });

const ARGUMENTS: readonly (readonly [what: string, name: Name, values: Values, argument: string])[] = [
  ...Object.keys(FIELDS)
    .filter((name) => name !== 'housingBenefitEstimate')
    .flatMap((name) =>
      ['1004511', '100451140', '1004511x', ' 10045114', '', '10045114\n', '１００４５１１４'].map(
        (ags) => [`an AGS ${JSON.stringify(ags)}`, name as Name, { ags }, 'ags'] as const,
      ),
    ),
  ['an AGS that is a number', 'vehicles', { ags: 10_045_114.5 }, 'ags'],
  ['an AGS with NUL', 'municipality', { ags: '1004511\0' }, 'ags'],
  ['an AGS of 50,000 characters', 'municipality', { ags: LONG }, 'ags'],
  ['an AGS in the input', 'housingBenefitEstimate', input({ ags: '1004511' }), 'input.ags'],
  ...[
    'HOM',
    'HOM-AB',
    'HOM AB 0123',
    'HOM AB 12345',
    'HOMB AB 1',
    'hom ab 1',
    'HOM AB 1X',
    "' OR 1=1 --",
    '',
    'HOM AB 1\n',
  ].map((plate) => [`a plate ${JSON.stringify(plate)}`, 'vehicle', { plate }, 'plate'] as const),
  ['a plate with NUL', 'vehicle', { plate: 'HOM AB 1\0' }, 'plate'],
  ['a plate of 50,000 characters', 'vehicle', { plate: LONG }, 'plate'],
  ...[
    '2025-02-30',
    '2025-13-01',
    '2025-00-01',
    '25-01-01',
    '2025-1-1',
    '01.01.2025',
    '2025-01-01T00:00:00Z',
    '2025-01',
    '',
  ].map(
    (onDate) =>
      [`a date ${JSON.stringify(onDate)}`, 'housingBenefitEstimate', input({ onDate }), 'input.onDate'] as const,
  ),
  ...['1976-8-30', '1976-13', '76', '1976-02-30', '0000-00-00x', '*'].map(
    (dateOfBirth) =>
      [
        `a date of birth ${JSON.stringify(dateOfBirth)}`,
        'residents',
        search({ dateOfBirth }),
        'search.dateOfBirth',
      ] as const,
  ),
  ['a negative rent', 'housingBenefitEstimate', input({ grossColdRentCents: -1 }), 'input.grossColdRentCents'],
  [
    'a rent too large',
    'housingBenefitEstimate',
    input({ grossColdRentCents: 2_000_000_000 }),
    'input.grossColdRentCents',
  ],
  [
    'a rent beyond 32 bits',
    'housingBenefitEstimate',
    input({ grossColdRentCents: 3_000_000_000 }),
    'input.grossColdRentCents',
  ],
  ['a rent with a comma', 'housingBenefitEstimate', input({ grossColdRentCents: 0.5 }), 'input.grossColdRentCents'],
  ['a rent as text', 'housingBenefitEstimate', input({ grossColdRentCents: '60000' }), 'input.grossColdRentCents'],
  ['a negative income', 'housingBenefitEstimate', input({ monthlyIncomeCents: -100 }), 'input.monthlyIncomeCents'],
  [
    'an income too large',
    'housingBenefitEstimate',
    input({ monthlyIncomeCents: 2_147_483_647 }),
    'input.monthlyIncomeCents',
  ],
  ['a household of nobody', 'housingBenefitEstimate', input({ householdSize: 0 }), 'input.householdSize'],
  ['a household of 200', 'housingBenefitEstimate', input({ householdSize: 200 }), 'input.householdSize'],
  ['a negative household', 'housingBenefitEstimate', input({ householdSize: -1 }), 'input.householdSize'],
  [
    'a missing figure',
    'housingBenefitEstimate',
    { input: { ags: HOMBURG, householdSize: 1 } },
    'input.grossColdRentCents',
  ],
  ['no entitled member', 'housingBenefitEstimate', input({ entitledMembers: 0 }), 'input.entitledMembers'],
  ...(['residents', 'housingBenefitCases', 'vehicles'] as const).flatMap((name) => [
    ...[0, -1, 101].map((first) => [`a page of ${first}`, name, { first }, 'first'] as const),
    ['a cursor that is none', name, { after: 'yesterday' }, 'after'] as const,
    ['a cursor with blanks', name, { after: 'a b' }, 'after'] as const,
    ['an empty cursor', name, { after: '' }, 'after'] as const,
    ['a cursor with NUL', name, { after: '\0' }, 'after'] as const,
    ['a cursor of 50,000 characters', name, { after: LONG }, 'after'] as const,
  ]),
  ['a page of 0 payments', 'payments', { pages: 0 }, 'first'],
  ['a page of 101 payments', 'payments', { pages: 101 }, 'first'],
  ['a cursor of payments that is none', 'payments', { position: 'no cursor!' }, 'after'],
  ['an id of another form', 'resident', { id: 'a b' }, 'id'],
  ['an id of 50,000 characters', 'resident', { id: LONG }, 'id'],
  ['an id with NUL', 'resident', { id: 'a\0' }, 'id'],
  ['a case number of another form', 'housingBenefitCase', { caseNumber: "1' OR '1'='1" }, 'caseNumber'],
  ['a case number of 50,000 characters', 'housingBenefitCase', { caseNumber: LONG }, 'caseNumber'],
  ...(['familyName', 'givenName', 'placeOfBirth', 'street'] as const).flatMap((field) => [
    [`a ${field} with NUL`, 'residents', search({ [field]: 'A\0B' }), `search.${field}`] as const,
    [`a ${field} with a line break`, 'residents', search({ [field]: 'A\nB' }), `search.${field}`] as const,
    [`a ${field} of 50,000 characters`, 'residents', search({ [field]: LONG }), `search.${field}`] as const,
  ]),
  ['a make with NUL', 'vehicles', { search: { make: 'VW\0' } }, 'search.make'],
  ['a plate prefix of 50,000 characters', 'vehicles', { search: { platePrefix: LONG } }, 'search.platePrefix'],
];

/** What cannot be written in a document, and what a document would not be valid with. */
const VARIABLES: typeof ARGUMENTS = [
  ...(['familyName', 'givenName', 'placeOfBirth', 'street'] as const).flatMap((field) => [
    [`a ${field} with half a letter`, 'residents', search({ [field]: 'A\ud800' }), `search.${field}`] as const,
    [`a ${field} with the other half`, 'residents', search({ [field]: '\udc00A' }), `search.${field}`] as const,
  ]),
  ['half a letter in an id', 'resident', { id: '\ud83d' }, 'id'],
  ['half a letter in a cursor', 'vehicles', { after: '\ud83d' }, 'after'],
  ['half a letter in a plate', 'vehicle', { plate: 'HOM AB \ud83d' }, 'plate'],
  ['no AGS', 'vehicles', { ags: null }, 'ags'],
  ['an AGS that is a list', 'municipality', { ags: [HOMBURG, ST_INGBERT] }, 'ags'],
  ['an AGS that is an object', 'municipality', { ags: { $ne: '' } }, 'ags'],
  ['a search that is text', 'residents', { search: 'Tellerhoff' }, 'search'],
  ['a search without a name', 'residents', { search: { familyName: 'Tellerhoff' } }, 'search.givenName'],
  ['a search by something else', 'residents', search({ taxId: '1' }), 'search.taxId'],
  ['an unknown sex', 'residents', search({ sex: 'w' }), 'search.sex'],
  ['an unknown state', 'housingBenefitCases', { status: 'OPEN' }, 'status'],
  ['a page as text', 'vehicles', { first: '20' }, 'first'],
];

function expectRefusal({ status, data, errors, text }: Answer<Page>, argument: string): void {
  expect({ status, data, code: errors[0]?.extensions.code }).toEqual({
    status: 400,
    data: null,
    code: 'BAD_USER_INPUT',
  });
  expect(errors.map(({ extensions }) => extensions.argument)).toContain(argument);
  expect(text.length).toBeLessThan(2000);
}

describe('a malformed argument is refused before anything runs', () => {
  let before: number;
  beforeEach(async () => {
    before = await sent();
  });

  it.each(ARGUMENTS)('%s of %s', async (_, name, values, argument) => {
    expectRefusal(await ask(name, values), argument);
    const inline = await askInline(name, values);
    // What is of the wrong type the document's own rules refuse, in graphql-js' words.
    if (inline.errors[0]?.extensions.code === 'GRAPHQL_VALIDATION_FAILED') expect(inline.status).toBe(400);
    else expectRefusal(inline, argument);
    expect(await sent()).toBe(before);
  });

  it.each(VARIABLES)('%s of %s', async (_, name, values, argument) => {
    expectRefusal(await ask(name, values), argument);
    expect(await sent()).toBe(before);
  });

  it.each(['residents', 'housingBenefitCases', 'vehicles'] as const)('a page beyond all bounds of %s', async (name) => {
    const { status, data, errors } = await ask(name, { first: 2_147_483_647 });
    // Whichever of the two looks first: it is out of range, and it costs too much.
    expect([status, data, errors[0]?.extensions.code]).toEqual([400, null, 'BAD_USER_INPUT']);
    expect(await sent()).toBe(before);
  });

  it('among good ones: nothing of the others is answered', async () => {
    const answer = await federation.query(
      `{ good: municipality(ags: "${HOMBURG}") { name } bad: municipality(ags: "1004") { name } }`,
    );
    expect([answer.status, answer.data, answer.errors[0]?.extensions.argument]).toEqual([400, null, 'ags']);
    expect(await sent()).toBe(before);
  });
});

describe('a cursor', () => {
  const endOf = async (name: 'vehicles' | 'housingBenefitCases' | 'residents', values: Values) => {
    const { data, errors } = await ask(name, { first: 1, ...values });
    expect(errors).toEqual([]);
    const cursor = data?.[name]?.pageInfo.endCursor;
    expect(cursor).toEqual(expect.any(String));
    return String(cursor);
  };

  const lists: readonly (readonly [string, Parameters<typeof endOf>, Parameters<typeof ask>])[] = [
    ['of another municipality', ['vehicles', {}], ['vehicles', { ags: ST_INGBERT }]],
    ['of another search', ['vehicles', { search: { platePrefix: 'HOM' } }], ['vehicles', {}]],
    ['of the other kind', ['housingBenefitCases', {}], ['vehicles', {}]],
    ['of another state', ['housingBenefitCases', { status: 'GRANTED' }], ['housingBenefitCases', { status: 'ENDED' }]],
    ['of another person', ['residents', {}], ['residents', search({ givenName: 'Ottokar' })]],
    ['of cases in a list of persons', ['housingBenefitCases', {}], ['residents', {}]],
  ];

  it.each(lists)('of the same list goes on, one %s is refused', async (_, from, [name, values]) => {
    const after = await endOf(...from);
    expect((await ask(from[0], { ...from[1], after })).errors).toEqual([]);
    const before = await sent();
    expectRefusal(await ask(name, { ...values, after }), 'after');
    expect(await sent()).toBe(before);
  });

  it('of another case’s payments is refused by the office that knows whose it is', async () => {
    const query = `query ($ags: AGS!, $after: String) { housingBenefitCases(ags: $ags, first: 2, status: GRANTED) { edges { node {
      payments(first: 1, after: $after) { pageInfo { endCursor } } } } } }`;
    type Payments = {
      housingBenefitCases: { edges: { node: { payments: { pageInfo: { endCursor: string } } | null } }[] };
    };
    const variables = { ags: HOMBURG };
    const first = await federation.query<Payments>(query, { persona: 'benefit-clerk', variables });
    const [own, other] = first.data?.housingBenefitCases.edges ?? [];
    expect(other?.node.payments).not.toBeNull();
    const after = own?.node.payments?.pageInfo.endCursor;
    const { status, data, errors } = await federation.query<Payments>(query, {
      persona: 'benefit-clerk',
      variables: { ...variables, after },
    });
    expect([status, data?.housingBenefitCases.edges[1]?.node.payments]).toEqual([200, null]);
    expect(data?.housingBenefitCases.edges[0]?.node.payments).not.toBeNull();
    expect(errors.map(({ path, extensions }) => [path, extensions])).toEqual([
      [['housingBenefitCases', 'edges', 1, 'node', 'payments'], { code: 'BAD_USER_INPUT', argument: 'after' }],
    ]);
  });
});

describe('what only the register or the computation can refuse', () => {
  const cases: typeof ARGUMENTS = [
    [
      'less than the legal minimum',
      'residents',
      { search: { familyName: 'Tellerhoff', givenName: 'Björn' } },
      'search',
    ],
    ['a street that it does not know', 'residents', search({ street: 'Straße ohne Häuser' }), 'search'],
    ['a name without a letter', 'residents', search({ familyName: '--' }), 'search'],
    ['a placeholder', 'residents', search({ familyName: 'Teller*' }), 'search'],
    ['a placeholder for one letter', 'residents', search({ givenName: 'Bj?rn' }), 'search'],
    ['a day before the first figures', 'housingBenefitEstimate', input({ onDate: '1999-12-31' }), 'input.onDate'],
    ['a municipality without a rent level', 'housingBenefitEstimate', input({ ags: '99999999' }), 'input.ags'],
    [
      'more entitled members than members',
      'housingBenefitEstimate',
      input({ entitledMembers: 3 }),
      'input.entitledMembers',
    ],
  ];

  it.each(cases)('%s of %s: null, with the path and the argument', async (_, name, values, argument) => {
    const { status, data, errors } = await ask(name, values);
    expect({ status, data }).toEqual({ status: 200, data: { [name]: null } });
    expect(errors.map(({ path, extensions }) => [path, extensions])).toEqual([
      [[name], expect.objectContaining({ code: 'BAD_USER_INPUT', argument, reason: expect.any(String) })],
    ]);
  });
});

describe('an unknown key', () => {
  it.each([
    ['municipality', { ags: '99999999' }],
    ['resident', { id: 'unknown' }],
    ['housingBenefitCase', {}],
    ['vehicle', {}],
    ['vehicles', { ags: '99999999' }],
  ] as const)('of %s is null, without an error', async (name, values) => {
    const { status, data, errors } = await ask(name, values);
    expect({ status, data, errors }).toEqual({ status: 200, data: { [name]: null }, errors: [] });
  });
});
