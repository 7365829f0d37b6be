import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { startFederation, type TestFederation } from '../support/federation.js';

jest.setTimeout(60_000);

const HOMBURG = '10045114';
const SAARBRUECKEN = '10041100';
const UMMELDEN = '00000000000001';
const ANMELDUNG = '99115005104000';
const SEARCH = `query ($search: String, $ags: AGS, $first: Int, $after: String) {
  services(search: $search, ags: $ags, first: $first, after: $after) {
    totalCount asOf edges { cursor node { leikaKey name } } pageInfo { hasNextPage endCursor } } }`;
const SERVICE = `query ($key: ID!, $ags: AGS!, $postalCode: String) { service(leikaKey: $key) {
  leikaKey name synonyms teaser description documents legalBasis processingTime changedAt
  fees { description amountCents maximumCents } deadlines { description days } forms { title url }
  onlineLinks(ags: $ags) { title url }
  competentOffices(ags: $ags) { name }
  competentOffice(ags: $ags, postalCode: $postalCode) {
    id name phone email website address { street houseNumber postalCode place }
    openingHours { day opens closes } openingHoursNote } } }`;

interface Found {
  readonly services: {
    readonly totalCount: number;
    readonly asOf: string;
    readonly edges: readonly {
      readonly cursor: string;
      readonly node: { readonly leikaKey: string; readonly name: string };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}
interface Told {
  readonly service: { readonly name: string; readonly competentOffice: { readonly name: string } | null } | null;
}

let federation: TestFederation;

beforeAll(async () => {
  federation = await startFederation({ subgraphs: ['directory', 'services'], identity: false, size: 200 });
}, 120_000);
afterAll(() => federation?.stop());

const search = async (variables: Readonly<Record<string, unknown>>) => {
  const { data, errors } = await federation.query<Found>(SEARCH, { variables });
  expect(errors).toEqual([]);
  return (data as Found).services;
};
const keysFor = async (query: string, ags?: string) =>
  (await search({ search: query, ags })).edges.map(({ node }) => node.leikaKey);
/** Past the gateway: whatever the gateway keeps for a while does not matter here. */
const told = async (key: string, ags = HOMBURG, postalCode?: string) => {
  const question = { variables: { key, ags, postalCode } };
  const { data, errors } = await federation.querySubgraph<Told>('services-ego', SERVICE, question);
  expect(errors).toEqual([]);
  return data?.service ?? null;
};
const logged = (text: string) =>
  readFileSync(join(dirname(federation.cooperationPath), 'run', 'logs', 'services-ego.log'), 'utf8')
    .split('\n')
    .filter((line) => line.includes(text))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the service catalogue, asked by nobody in particular', () => {
  it.each([
    ['Auto ummelden', UMMELDEN],
    ['Wohngled', '99107023037000'],
    ['Führerschein verloren', '00000000000003'],
  ])('finds what is meant by %s', async (query, key) => {
    expect((await keysFor(query, HOMBURG))[0]).toBe(key);
  });

  it('tells all that an agent needs', async () => {
    const variables = { key: ANMELDUNG, ags: HOMBURG, postalCode: '66424' };
    const { data, errors } = await federation.query(SERVICE, { variables });
    expect(errors).toEqual([]);
    expect(data).toEqual({
      service: {
        leikaKey: ANMELDUNG,
        name: 'Wohnsitz anmelden',
        synonyms: expect.arrayContaining(['Umzug']),
        teaser: 'Wer eine Wohnung bezieht, meldet sich bei der Gemeinde an.',
        description: expect.not.stringContaining('<'),
        documents: ['Ausweis oder Pass aller Personen', 'Wohnungsgeberbestätigung'],
        legalBasis: ['§ 17 BMG', '§ 19 BMG'],
        processingTime: expect.any(String),
        changedAt: '2026-01-15T08:00:00.000Z',
        fees: [],
        deadlines: [{ description: 'Innerhalb von zwei Wochen nach dem Einzug.', days: 14 }],
        forms: [],
        onlineLinks: [{ title: 'Wohnsitz anmelden online', url: `https://portal.example/antrag/${ANMELDUNG}` }],
        competentOffices: [{ name: 'Bürgeramt Homburg' }],
        competentOffice: {
          id: 'OE.buergeramt-10045114',
          name: 'Bürgeramt Homburg',
          phone: '115',
          email: 'buergeramt-10045114@verwaltung.example',
          website: 'https://verwaltung.example/buergeramt-10045114',
          address: { street: 'Rathausplatz', houseNumber: expect.any(String), postalCode: '66424', place: 'Homburg' },
          openingHours: expect.arrayContaining([{ day: 'FRIDAY', opens: '07:30', closes: '12:00' }]),
          openingHoursNote: expect.any(String),
        },
      },
    });
  });

  it.each([
    ['the district, where the district is competent', UMMELDEN, HOMBURG, null, 'Kfz-Zulassungsbehörde Saarpfalz-Kreis'],
    ['the part of a city', ANMELDUNG, SAARBRUECKEN, '66119', 'Bürgeramt Saarbrücken Nord'],
    ['the middle of a city', ANMELDUNG, SAARBRUECKEN, '66111', 'Bürgeramt Saarbrücken'],
  ])('names the office of %s', async (_, key, ags, postalCode, name) => {
    const { data } = await federation.query<Told>(SERVICE, { variables: { key, ags, postalCode } });
    expect(data?.service?.competentOffice?.name).toBe(name);
  });

  it('answers null for a service that is not there, and no office where nobody is competent', async () => {
    const ferry = '00000000000079';
    const [unknown, elsewhere, there] = await Promise.all([
      federation.query(SERVICE, { variables: { key: '99999999999999', ags: HOMBURG } }),
      federation.query<Told>(SERVICE, { variables: { key: ferry, ags: HOMBURG } }),
      federation.query<Told>(SERVICE, { variables: { key: ferry, ags: '10045113' } }),
    ]);
    expect([unknown.data, unknown.errors]).toEqual([{ service: null }, []]);
    expect(elsewhere.data?.service).toMatchObject({ competentOffices: [], competentOffice: null });
    expect(there.data?.service?.competentOffice?.name).toBe('Bauhof und Abfallwirtschaft Gersheim');
  });

  it('joins the municipalities of the directory', async () => {
    const { data, errors } = await federation.query(
      '{ municipality(ags: "10045113") { name services(first: 2) { totalCount edges { node { name } } } offices { name } } }',
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      municipality: {
        name: 'Gersheim',
        services: { totalCount: expect.any(Number), edges: [expect.anything(), expect.anything()] },
        offices: expect.arrayContaining([{ name: 'Bürgeramt Gersheim' }, { name: 'Jugendamt Saarpfalz-Kreis' }]),
      },
    });
  });

  it('pages through all of it', async () => {
    const keys: string[] = [];
    let after: string | null = null;
    do {
      const { edges, pageInfo, totalCount } = await search({ first: 100, after });
      expect(totalCount).toBe(300);
      keys.push(...edges.map(({ node }) => node.leikaKey));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(new Set(keys).size).toBe(300);
  });

  it.each([
    ['a key of 13 digits', '{ service(leikaKey: "9910702303700") { name } }'],
    [
      'a postal code of 4 digits',
      `{ service(leikaKey: "${UMMELDEN}") { competentOffice(ags: "${HOMBURG}", postalCode: "6642") { name } } }`,
    ],
    ['a search of 201 letters', `{ services(search: "${'x'.repeat(201)}") { totalCount } }`],
    ['a page of 101', '{ services(first: 101) { totalCount } }'],
  ])('refuses %s before anything runs', async (_, document) => {
    const { status, errors } = await federation.query(document);
    expect([status, errors[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
  });

  it('answers null for a municipality that is not of the cooperation', async () => {
    const { data } = await federation.query(SEARCH, { variables: { search: 'Wohngeld', ags: '05162024' } });
    expect(data).toEqual({ services: null });
  });
});

describe('the editorial system', () => {
  const control = () => federation.control('services-ego');
  const KEY = '00000000009000';

  it('asks for what has changed alone', async () => {
    await control().resetCalls();
    await eventually(async () => expect((await control().calls()).byKind.unchanged).toBeGreaterThan(0), 10_000);
    expect((await control().calls()).byKind.full).toBeUndefined();
  });

  it('publishes a service, changes it and erases it, and the catalogue follows', async () => {
    await control().publish({ key: KEY, name: 'Zauberstab eintragen', office: 'OE.buergeramt-10045114' });
    await eventually(async () => expect((await told(KEY))?.name).toBe('Zauberstab eintragen'));
    expect((await told(KEY))?.competentOffice?.name).toBe('Bürgeramt Homburg');
    await control().publish({ key: KEY, name: 'Zauberstab registrieren', aliases: ['Besen anmelden'] });
    await eventually(async () => expect((await told(KEY))?.name).toBe('Zauberstab registrieren'));
    await eventually(() => expect(logged('taken over').at(-1)).toMatchObject({ isFull: false, changes: 1 }));
    await control().erase({ key: KEY });
    await eventually(async () => expect(await told(KEY)).toBeNull());
    await eventually(() => expect(logged('taken over').at(-1)).toMatchObject({ isFull: false, changes: 2 }));
  });

  it('is no longer competent when it has erased an office', async () => {
    await control().erase({ office: 'OE.friedhof-10045114' });
    await eventually(async () => expect(await told('00000000000064')).toMatchObject({ competentOffice: null }));
  });

  it.each([
    ['half a message', { special: 'truncated-xml' }],
    ['a document type', { special: 'doctype' }],
    ['entities that grow', { special: 'entity-bomb' }],
    ['very deep elements', { special: 'deep-nesting' }],
    ['another version', { special: 'wrong-version' }],
    ['another namespace', { special: 'wrong-namespace' }],
    ['an unknown class', { special: 'unknown-class' }],
    ['a service without id', { special: 'without-id' }],
    ['a key of two digits', { special: 'wrong-key' }],
    ['a fee that is a word', { special: 'wrong-fee' }],
    ['a page of HTML', { error: 'html' }],
    ['half an answer', { error: 'truncated' }],
    ['a failure with a text', { error: 'http500' }],
    ['no answer at all', { down: true }],
  ])('sends %s: the catalogue in force stays, with a line in the log', async (_, fault) => {
    const before = logged('refused').length;
    await control().publish({ key: UMMELDEN, short: `Stand ${before}` });
    await control().fault(fault);
    await eventually(() => expect(logged('refused').length).toBeGreaterThan(before), 10_000);
    const line = logged('refused').at(-1);
    expect(line).toMatchObject({ reason: expect.stringMatching(/^LEGACY_/), ageSeconds: expect.any(Number) });
    expect(JSON.stringify(line)).not.toMatch(/ORA-|127\.0\.0\.1|hostname/);
    expect((await told(ANMELDUNG))?.name).toBe('Wohnsitz anmelden');
    await control().fault({});
    await eventually(async () => expect(await told(UMMELDEN)).toMatchObject({ teaser: `Stand ${before}` }), 10_000);
    expect(await told(UMMELDEN)).toMatchObject({ name: 'Fahrzeug ummelden (Halterwechsel oder Umzug)' });
  });

  it('begins anew with another stock, which is then read as a whole', async () => {
    await control().publish({ key: KEY, name: 'Geht verloren' });
    await eventually(async () => expect((await told(KEY))?.name).toBe('Geht verloren'));
    await federation.stopPart('services-ego-simulator');
    expect((await told(KEY))?.name).toBe('Geht verloren');
    await federation.restartPart('services-ego-simulator');
    await eventually(async () => expect(await told(KEY)).toBeNull(), 20_000);
    await eventually(() => expect(logged('taken over').at(-1)).toMatchObject({ isFull: true, services: 300 }));
  });
});

describe('a catalogue that has never come', () => {
  it('is not available, and comes as soon as it can', async () => {
    await federation.stopPart('services-ego');
    await federation.control('services-ego').fault({ special: 'wrong-version' });
    await federation.restartPart('services-ego');
    const ask = () => federation.querySubgraph('services-ego', SEARCH, { variables: { search: 'Wohngeld' } });
    expect(await ask()).toMatchObject({
      data: { services: null },
      errors: [{ path: ['services'], extensions: { code: 'LEGACY_UNAVAILABLE' } }],
    });
    await federation.control('services-ego').fault({});
    await eventually(async () => expect((await ask()).errors).toEqual([]), 10_000);
  });
});
