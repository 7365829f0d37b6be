import { describe, expect, it } from '@jest/globals';
import { applyChanges, NO_HOLDINGS, openCatalogue } from '../../../../subgraphs/services/catalogue.js';
import type { Snapshot } from '../../../../subgraphs/services/connector.js';
import type { ServiceRecord } from '../../../../subgraphs/services/record.js';
import { analyse, buildSearchIndex } from '../../../../subgraphs/services/search-index.js';
import { listServices } from '../../../../subgraphs/services/service-list.js';
import type { Change } from '../../../../subgraphs/services/transfer-message.js';

const AGS = '10041100';
const service = (number: number, name: string): Change => ({
  kind: 'service',
  id: `L.${number}`,
  record: {
    ...EMPTY,
    id: `L.${number}`,
    leikaKey: String(number).padStart(14, '0'),
    name,
  },
});
const EMPTY: Omit<ServiceRecord, 'id' | 'leikaKey' | 'name'> = {
  synonyms: [],
  teaser: null,
  description: null,
  requirements: null,
  procedure: null,
  remedy: null,
  notes: null,
  documents: [],
  legalBasis: [],
  forms: [],
  fees: [],
  deadlines: [],
  processingTime: null,
  changedAt: null,
};
const office = (id: string): Change => ({
  kind: 'office',
  id,
  record: {
    id,
    name: id,
    address: null,
    phone: null,
    email: null,
    website: null,
    openingHours: [],
    openingHoursNote: null,
  },
});
const competence = (ownerId: string, areas: string[], postalCodes: string[] = [], serviceId = 'L.1'): Change => ({
  kind: 'competence',
  id: `${ownerId} ${serviceId}`,
  record: { id: `${ownerId} ${serviceId}`, ownerId, serviceId, areas, postalCodes },
});

const STOCK: readonly Change[] = [
  service(1, 'Wohnsitz anmelden'),
  service(2, 'Ärztliche Bescheinigung'),
  service(3, 'Baugenehmigung'),
  office('Mitte'),
  office('Nord'),
  office('Kreis'),
  office('Land'),
  competence('Land', ['10']),
  competence('Kreis', ['10041']),
  competence('Nord', [AGS], ['66117', '66119']),
  competence('Mitte', [AGS]),
  competence('Kreis', ['10041'], [], 'L.3'),
  competence('Nobody', [AGS], [], 'L.2'),
];
const holdings = applyChanges(NO_HOLDINGS, STOCK);
const catalogue = openCatalogue(holdings);
const first = catalogue.byKey('00000000000001') as ServiceRecord;

describe('the catalogue', () => {
  it('is in the order of a German dictionary', () => {
    expect(catalogue.services.map(({ name }) => name)).toEqual([
      'Ärztliche Bescheinigung',
      'Baugenehmigung',
      'Wohnsitz anmelden',
    ]);
  });

  it('names the competent offices, the nearest first', () => {
    const names = (ags: string) => catalogue.competent(first, ags).map(({ name }) => name);
    expect(names(AGS)).toEqual(['Mitte', 'Nord', 'Kreis', 'Land']);
    expect(names('10041515')).toEqual(['Kreis', 'Land']);
    expect(names('05162024')).toEqual([]);
  });

  it.each([
    ['in the part of an office', '66119', 'Nord'],
    ['elsewhere in the municipality', '66111', 'Mitte'],
    ['that names no postal code', null, 'Mitte'],
  ])('names the one office for an address %s', (_, postalCode, name) => {
    expect(catalogue.competentAt(first, { ags: AGS, postalCode })?.name).toBe(name);
  });

  it('names none where nobody is competent', () => {
    expect(catalogue.competentAt(first, { ags: '05162024', postalCode: null })).toBeNull();
  });

  it('offers a service where an office is competent that exists', () => {
    const offered = catalogue.offeredIn(AGS);
    expect(catalogue.services.filter((_, at) => offered[at] === 1).map(({ id }) => id)).toEqual(['L.3', 'L.1']);
    expect(catalogue.officesIn('10041515').map(({ name }) => name)).toEqual(['Kreis', 'Land']);
  });

  it('forgets what is erased, and is not changed by it', () => {
    const after = openCatalogue(applyChanges(holdings, [{ kind: 'service', id: 'L.1', record: null }]));
    expect(after.byKey('00000000000001')).toBeNull();
    expect(catalogue.byKey('00000000000001')).not.toBeNull();
  });

  it('takes the later of two services with one key', () => {
    const twin = { ...service(1, 'Neu'), id: 'L.9' } as Change;
    expect(openCatalogue(applyChanges(holdings, [twin])).byKey('00000000000001')?.name).toBe('Neu');
  });
});

describe('listServices', () => {
  const many = Array.from({ length: 25 }, (_, index) =>
    service(100 + index, `Leistung ${String(index).padStart(2, '0')} anmelden`),
  );
  const open = async (changes: readonly Change[]): Promise<Snapshot> => {
    const opened = openCatalogue(applyChanges(holdings, changes));
    const analyses = opened.services.map(({ name }) => analyse({ title: name, synonyms: [], teaser: '', text: '' }));
    const index = await buildSearchIndex(analyses, async () => undefined);
    return { catalogue: opened, index, asOf: '2026-03-20T10:00:00Z' };
  };
  const wanted = { coordinate: 'Query.services', first: 10 };
  const namesOf = (page: { edges: readonly { node: { name: string } }[] }) => page.edges.map(({ node }) => node.name);

  it.each([
    ['by name', null],
    ['by fit', 'anmelden'],
  ])('pages through all, each once: %s', async (_, search) => {
    const snapshot = await open(many);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = listServices(snapshot, { ...wanted, search, after });
      seen.push(...namesOf(page));
      expect(page.totalCount).toBe(search === null ? 28 : 26);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toHaveLength(search === null ? 28 : 26);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it.each([
    ['by name', null],
    ['by fit', 'leistung anmelden'],
  ])('goes on where the service of the cursor stood, when it has gone: %s', async (_, search) => {
    const page = listServices(await open(many), { ...wanted, search });
    const gone = page.edges.at(-1)?.node.id ?? '';
    const after = page.pageInfo.endCursor;
    const before = listServices(await open(many), { ...wanted, search, after });
    const later = listServices(await open([...many, { kind: 'service', id: gone, record: null }]), {
      ...wanted,
      search,
      after,
    });
    expect(namesOf(later)).toEqual(namesOf(before));
    expect(namesOf(later)).not.toContain(page.edges.at(-1)?.node.name);
  });

  it('has the services of a municipality alone, and none but in the list by name', async () => {
    const snapshot = await open(many);
    expect(namesOf(listServices(snapshot, { ...wanted, ags: AGS }))).toEqual(['Baugenehmigung', 'Wohnsitz anmelden']);
    const found = namesOf(listServices(snapshot, { ...wanted, ags: AGS, search: 'anmelden' }));
    expect(found[0]).toBe('Wohnsitz anmelden');
    expect(found).toHaveLength(10);
  });

  it('refuses the cursor of another search', async () => {
    const snapshot = await open(many);
    const { pageInfo } = listServices(snapshot, { ...wanted, search: 'anmelden' });
    expect(() => listServices(snapshot, { ...wanted, search: 'leistung', after: pageInfo.endCursor })).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT' }),
    );
  });
});
