import { describe, expect, it } from '@jest/globals';
import type { RequestContext } from '../../../../gateway/context.js';
import type { Ask } from '../../../../gateway/fetch/ask.js';
import { heedStanding } from '../../../../gateway/fetch/standing.js';
import type { SubgraphAnswer, SubgraphRequest } from '../../../../gateway/fetch/subgraph-request.js';

const OLDER = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key"])
type Query { parcel(id: ID!): Parcel, things: [Thing] }
interface Thing { id: ID! }
type Parcel implements Thing @key(fields: "id") { id: ID!, street: String, owner: Owner, places: [Place] }
type Owner { name: String }
type Place { x: Int }
`;
const context = { requestId: 'r', caller: null, signal: new AbortController().signal } as RequestContext;
const instance = { provider: 'iks', url: 'http://127.0.0.1:1/graphql', serves: ['*'] };

/** Asks an instance that serves `OLDER`, or is disabled, and notes what reached it. */
async function askOlder(
  operation: string,
  answer: SubgraphAnswer['data'],
  { variables = {}, isDisabled = false }: { variables?: Record<string, unknown>; isDisabled?: boolean } = {},
) {
  const reached: SubgraphRequest[] = [];
  const ask: Ask = async (_, request) => {
    reached.push(request);
    return { data: structuredClone(answer), errors: [] };
  };
  const standing = { isDisabled: () => isDisabled, olderSchemaOf: () => OLDER };
  const request = { subgraph: 's', kind: 'query', operation, operationName: undefined, variables } as const;
  const { data, errors } = await heedStanding(ask, standing)(instance, request, context);
  const codes = errors.map(({ path, extensions }) => `${extensions.code} ${path?.join('.') ?? ''}`);
  return { reached: reached.map(({ operation: text, variables: sent }) => ({ text: flat(text), sent })), data, codes };
}

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();
const ENTITIES = 'query($representations:[_Any!]!,$n:Int){_entities(representations:$representations)';

describe('an instance that serves an older schema', () => {
  it('is asked as it is where it has everything', async () => {
    const text = '{ parcel(id: "1") { street } }';
    const { reached, codes } = await askOlder(text, { parcel: { street: 'A' } });
    expect(reached).toEqual([{ text, sent: {} }]);
    expect(codes).toEqual([]);
  });

  it('is asked for the rest, and what it lacks is null with NOT_OFFERED_HERE', async () => {
    const { reached, data, codes } = await askOlder(
      'query($id: ID!, $n: Int) { parcel(id: $id) { street area: size(n: $n) owner { name age } places { x y } } }',
      { parcel: { street: 'A', owner: { name: 'B' }, places: [{ x: 1 }, null, { x: 2 }] } },
      { variables: { id: '1', n: 2 } },
    );
    expect(reached[0]?.text).not.toMatch(/size|age|\by\b|\$n/);
    expect(reached[0]?.sent).toEqual({ id: '1' });
    expect(data).toEqual({
      parcel: {
        street: 'A',
        area: null,
        owner: { name: 'B', age: null },
        places: [{ x: 1, y: null }, null, { x: 2, y: null }],
      },
    });
    expect(codes.sort()).toEqual([
      'NOT_OFFERED_HERE parcel.area',
      'NOT_OFFERED_HERE parcel.owner.age',
      'NOT_OFFERED_HERE parcel.places.0.y',
      'NOT_OFFERED_HERE parcel.places.2.y',
    ]);
  });

  it('is not asked at all for what it does not have', async () => {
    const { reached, data, codes } = await askOlder('{ buildings { id } }', {});
    expect(reached).toEqual([]);
    expect(data).toEqual({ buildings: null });
    expect(codes).toEqual(['NOT_OFFERED_HERE buildings']);
  });

  it('is not asked for an argument that it does not know', async () => {
    const { reached, codes } = await askOlder('{ parcel(id: "1", at: "2026-01-01") { street } }', {});
    expect(reached).toEqual([]);
    expect(codes).toEqual(['NOT_OFFERED_HERE parcel']);
  });

  it('gives entities back in their places, those of a type it has never heard of as null', async () => {
    const { reached, data, codes } = await askOlder(
      `${ENTITIES}{...on Parcel{street size} ...on Building{floors(n:$n)}}}`,
      { _entities: [{ street: 'A', _fachverbund_type: 'Parcel' }] },
      {
        variables: {
          representations: [
            { __typename: 'Building', id: '9' },
            { __typename: 'Parcel', id: '1' },
          ],
          n: 1,
        },
      },
    );
    expect(reached[0]?.sent).toEqual({ representations: [{ __typename: 'Parcel', id: '1' }] });
    expect(reached[0]?.text).not.toMatch(/Building|size/);
    expect(data).toEqual({ _entities: [null, { street: 'A', size: null }] });
    expect(codes.sort()).toEqual(['NOT_OFFERED_HERE _entities.0', 'NOT_OFFERED_HERE _entities.1.size']);
  });

  it('is not asked for entities of which it has none of the fields', async () => {
    const { reached, data, codes } = await askOlder(`${ENTITIES}{...on Parcel{size}}}`, null, {
      variables: { representations: [{ __typename: 'Parcel', id: '1' }] },
    });
    expect(reached).toEqual([]);
    expect(data).toEqual({ _entities: [{ size: null }] });
    expect(codes).toEqual(['NOT_OFFERED_HERE _entities.0.size']);
  });

  it('is not asked for entities by a key that it does not know', async () => {
    const { reached, codes } = await askOlder(`${ENTITIES}{...on Parcel{street}}}`, null, {
      variables: { representations: [{ __typename: 'Parcel', number: '1' }] },
    });
    expect(reached).toEqual([]);
    expect(codes).toEqual(['NOT_OFFERED_HERE _entities.0']);
  });

  it('lacks a field only of objects of the type it was asked of', async () => {
    const { data, codes } = await askOlder(
      'fragment F on Parcel { size } { things { id ...F ...on Road { lanes } } }',
      {
        things: [
          { id: '1', _fachverbund_type: 'Parcel' },
          { id: '2', _fachverbund_type: 'Other' },
        ],
      },
    );
    expect(data).toEqual({ things: [{ id: '1', size: null }, { id: '2' }] });
    expect(codes).toEqual(['NOT_OFFERED_HERE things.0.size']);
  });
});

describe('an instance that is disabled', () => {
  it('gets nothing', async () => {
    const { reached, codes } = await askOlder('{ parcel(id: "1") { street } }', {}, { isDisabled: true });
    expect(reached).toEqual([]);
    expect(codes).toEqual(['SUBGRAPH_UNAVAILABLE ']);
  });
});
