import { describe, expect, it } from '@jest/globals';
import { instancesIn, instancesOf } from '../../../../gateway/fetch/instances.js';
import { routeFields, routeRepresentations } from '../../../../gateway/fetch/route.js';
import type { RootField } from '../../../../gateway/fetch/shape.js';
import type { Caller } from '../../../../lib/caller.js';
import { readCooperation } from '../../../../lib/cooperation/read.js';

const COOPERATION = readCooperation(`
municipalities:
  - { ags: "10041100", name: A, district: "10041" }
  - { ags: "10045114", name: B, district: "10045" }
  - { ags: "10045117", name: C, district: "10045" }
providers: [{ id: west, name: West }, { id: east, name: East }]
subgraphs:
  split:
    instances:
      - { provider: west, url: "http://127.0.0.1:1/graphql", serves: ["10041100"] }
      - { provider: east, url: "http://127.0.0.1:2/graphql", serves: ["10045*"] }
  single:
    instances: [{ provider: east, url: "http://127.0.0.1:3/graphql", serves: ["*"] }]
`);
const instances = instancesOf(COOPERATION);
const split = instances.get('split') ?? { all: [], byMunicipality: null };
const single = instances.get('single') ?? { all: [], byMunicipality: null };
const [west = null] = split.all;

describe('routeRepresentations', () => {
  const route = (representations: unknown[], given = split, pickAny: (() => typeof west) | null = null) => {
    const { byInstance, unroutable } = routeRepresentations(representations, given, pickAny);
    return [[...byInstance].map(([{ provider }, positions]) => [provider, positions]), unroutable];
  };
  const at = (ags: unknown, more: object = {}) => ({ __typename: 'T', ags, ...more });

  it.each<[string, unknown[], unknown]>([
    ['one municipality', [at('10041100'), at('10041100')], [[['west', [0, 1]]], []]],
    [
      'several',
      [at('10045114'), at('10041100'), at('10045117')],
      [
        [
          ['east', [0, 2]],
          ['west', [1]],
        ],
        [],
      ],
    ],
    ['one that nobody serves', [at('10041100'), at('09999999')], [[['west', [0]]], []]],
    [
      'former residences',
      [at('10045114', { formerly: [{ ags: '10041100' }, { ags: '10045117' }, { ags: 'x' }] })],
      [
        [
          ['east', [0]],
          ['west', [0]],
        ],
        [],
      ],
    ],
    [
      'lists of other things',
      [at('10045114', { a: [null, 1, { ags: 5 }], b: { ags: '10041100' } })],
      [[['east', [0]]], []],
    ],
    ['no municipality', [{ __typename: 'T', id: 1 }, null, at(10041100)], [[], [0, 1, 2]]],
  ])('sends records of %s', (_, representations, expected) => {
    expect(route(representations)).toEqual(expected);
  });

  it('needs no municipality where there is one instance', () => {
    expect(route([{ __typename: 'T', id: 1 }], single)).toEqual([[['east', [0]]], []]);
  });

  it('sends public records of nobody anywhere', () => {
    expect(route([at('09999999'), { id: 1 }, at('10045114')], split, () => west)).toEqual([
      [
        ['west', [0, 1]],
        ['east', [2]],
      ],
      [],
    ]);
  });
});

describe('routeFields', () => {
  const field = (key: string, ags: unknown = undefined, isPublic = false): RootField => ({
    key,
    isPublic,
    readAgs: () => ags,
  });
  const caller = (role: Caller['role'], ...municipalities: string[]) => ({ role, municipalities }) as unknown as Caller;
  const route = (fields: RootField[], { who = null as Caller | null, isMutation = false, given = split } = {}) =>
    routeFields(fields, { variables: {}, instances: given, caller: who, isMutation, pickAny: () => west }).map(
      ({ instance, fields: together }) => [instance?.provider ?? null, together.map(({ key }) => key).join(' ')],
    );

  it('keeps fields of one instance together', () => {
    expect(
      route([field('a', '10041100'), field('b', '10045114'), field('c', '10041100'), field('d', 'x'), field('e', 'y')]),
    ).toEqual([
      ['west', 'a c'],
      ['east', 'b'],
      [null, 'd e'],
    ]);
  });

  it('keeps the order of a mutation', () => {
    const fields = [field('a', '10041100'), field('b', '10041100'), field('c', '10045114'), field('d', '10041100')];
    expect(route(fields, { isMutation: true })).toEqual([
      ['west', 'a b'],
      ['east', 'c'],
      ['west', 'd'],
    ]);
  });

  it.each([
    ['a citizen', caller('citizen', '10041*', '10045117', '10041100'), 'east'],
    ['a citizen of nowhere', caller('citizen', '09999999'), null],
    ['a citizen without a municipality', caller('citizen'), null],
    ['a caseworker', caller('caseworker', '10041100'), null],
    ['nobody', null, null],
  ])('sends a field that names nothing where %s lives', (_, who, provider) => {
    expect(route([field('me')], { who })).toEqual([[provider, 'me']]);
  });

  it('does not follow the citizen where the field names a municipality', () => {
    expect(route([field('a', '10041100')], { who: caller('citizen', '10045114') })).toEqual([['west', 'a']]);
  });

  it('sends a public field to its own municipality, else anywhere', () => {
    const who = caller('citizen', '10045114');
    expect(route([field('a', '10045114', true), field('b', 'x', true), field('c', undefined, true)], { who })).toEqual([
      ['east', 'a'],
      ['west', 'b c'],
    ]);
  });

  it('needs no municipality where there is one instance, but takes no unknown one', () => {
    expect(route([field('a'), field('b', '09999999')], { given: single })).toEqual([
      ['east', 'a'],
      [null, 'b'],
    ]);
  });
});

describe('instancesIn', () => {
  it('takes addresses from the supergraph, and knows nobody where there is none', () => {
    const subgraphs = [
      { name: 'a', url: 'http://127.0.0.1:1/graphql' },
      { name: 'b', url: '' },
    ];
    const found = instancesIn({ subgraphs } as never);
    expect(found.get('a')).toMatchObject({ all: [{ url: 'http://127.0.0.1:1/graphql' }], byMunicipality: null });
    expect(found.get('b')?.all).toEqual([]);
  });
});
