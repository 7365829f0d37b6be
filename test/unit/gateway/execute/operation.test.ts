import { describe, expect, it } from '@jest/globals';
import { lazily } from '../../../../gateway/plan/lazily.js';
import { createFederation, type Federation } from '../../../support/supergraphs/federation.js';

const log: string[] = [];
const federation = lazily(() =>
  createFederation({
    a: {
      typeDefs: `type Query { text: String ints: [[Int]] float: Float flag: Boolean id: ID colour: Colour any: Any shapes: [Shape!] thing: Thing }
        type Mutation { a(n: Int): Int }
        type Thing @key(fields: "id") { id: ID! toString: String constructor: Int }
        enum Colour { RED SECRET @inaccessible } scalar Any union Shape = Round | Square | Hidden
        type Round { radius: Int kind: String } type Square { side: Int kind: Int } type Hidden @inaccessible { x: Int }`,
      resolvers: {
        Query: {
          text: () => 'tab\t"quoted" \\ \u2028 Łódź \u{1f600}',
          ints: () => [[1, null], null, []],
          float: () => 1e21,
          flag: () => false,
          id: () => 7,
          colour: () => 'RED',
          any: () => ({ deep: [1, { x: 'y' }] }),
          shapes: () => [
            { __typename: 'Square', side: 2, kind: 4 },
            { __typename: 'Round', radius: 1, kind: 'o' },
          ],
          thing: () => ({ id: '1' }),
        },
        Thing: { toString: () => 'text', constructor: () => 3 },
        Mutation: { a: (_: object, { n }: { n: number }) => log.push(`a${n}`) },
      },
    },
    b: {
      typeDefs: 'type Mutation { b(n: Int): Int } type Query { other: Int }',
      resolvers: { Mutation: { b: (_: object, { n }: { n: number }) => log.push(`b${n}`) } },
    },
  }),
);

/** The same for all tests; no answer is changed yet. */
const create = (): Federation => {
  federation().intercept((_, answer) => answer);
  return federation();
};

describe('an answer', () => {
  it('writes every kind of leaf as JSON has it', async () => {
    const { data, errors } = await create().ask('{ text ints float flag id colour any }');
    expect(data).toEqual({
      text: 'tab\t"quoted" \\ \u2028 Łódź \u{1f600}',
      ints: [[1, null], null, []],
      float: 1e21,
      flag: false,
      id: '7',
      colour: 'RED',
      any: { deep: [1, { x: 'y' }] },
    });
    expect(errors).toEqual([]);
  });

  it.each([
    ['text', 1],
    ['ints', [['1']]],
    ['ints', [[2 ** 31]]],
    ['ints', [[1.5]]],
    ['float', '1'],
    ['flag', 0],
    ['id', 1.5],
    ['colour', 'SECRET'],
    ['colour', 'constructor'],
  ])('has no %s of %j', async (field, value) => {
    const federation = create();
    federation.intercept(() => ({ data: { [field]: value }, errors: [] }));
    const { errors } = await federation.ask(`{ mine: ${field} }`);
    expect(errors.map(({ path, extensions }) => [path?.[0], extensions.code])).toEqual([
      ['mine', 'SUBGRAPH_MALFORMED'],
    ]);
  });

  it('has fields in the order of the operation, for each type and condition its own', async () => {
    const query = `query ($early: Boolean!) { ...F @include(if: $early) flag id
        shapes { ... on Round { radius } type: __typename ... on Square { name: side } ... on Round { name: radius } } float }
      fragment F on Query { id float }`;
    const ask = async (early: boolean) => JSON.stringify((await create().ask(query, { variables: { early } })).data);
    const shapes = '"shapes":[{"type":"Square","name":2},{"radius":1,"type":"Round","name":1}]';
    expect(await ask(true)).toBe(`{"id":"7","float":1e+21,"flag":false,${shapes}}`);
    expect(await ask(false)).toBe(`{"flag":false,"id":"7",${shapes},"float":1e+21}`);
  });

  it('has no object of a type that clients may not see', async () => {
    const federation = create();
    federation.intercept(() => ({ data: { shapes: [{ __typename: 'Hidden' }] }, errors: [] }));
    const { data, errors } = await federation.ask('{ shapes { __typename } }');
    expect(data).toEqual({ shapes: null });
    expect(errors.map(({ path }) => path)).toEqual([['shapes', 0]]);
    expect(JSON.stringify(errors)).not.toContain('Hidden');
  });

  it('has fields that are called like a method', async () => {
    expect((await create().ask('{ thing { toString constructor } }')).data).toEqual({
      thing: { toString: 'text', constructor: 3 },
    });
  });

  it('answers what it asks of the schema by itself', async () => {
    const federation = create();
    const { data } = await federation.ask(
      'query ($name: String!) { __schema { queryType { name } } ...T } fragment T on Query { type: __type(name: $name) { enumValues { name } } }',
      { variables: { name: 'Colour' } },
    );
    expect(data).toEqual({ __schema: { queryType: { name: 'Query' } }, type: { enumValues: [{ name: 'RED' }] } });
    expect(federation.requests).toEqual([]);
  });
});

describe('a fault of ours', () => {
  it('is an answer without data, for what was asked may not be asked again', async () => {
    const federation = create();
    federation.intercept(() => {
      throw new Error('a fetch that must never reject did');
    });
    const { data, errors } = await federation.ask('{ any }');
    expect(data).toBeNull();
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['INTERNAL']);
    expect(federation.events.map(({ type }) => type)).toEqual(['failed']);
  });
});

describe('a value nested deeper than the stack', () => {
  it('costs its field alone', async () => {
    const federation = create();
    let deep: unknown = 1;
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    federation.intercept(() => ({ data: { any: deep }, errors: [] }));
    const { data, errors } = await federation.ask('{ any }');
    expect(data).toEqual({ any: null });
    expect(errors).toMatchObject([{ path: ['any'], extensions: { code: 'SUBGRAPH_MALFORMED' } }]);
  });
});

describe('a mutation', () => {
  it('runs its fields in order, also where they change subgraphs, and each as often as it is there', async () => {
    log.length = 0;
    const { data } = await create().ask('mutation { x: a(n: 1) y: b(n: 2) z: a(n: 1) again: a(n: 1) }');
    expect(log).toEqual(['a1', 'b2', 'a1', 'a1']);
    expect(data).toEqual({ x: 1, y: 2, z: 3, again: 4 });
  });
});

describe('variables', () => {
  it('that do not fit are refused before anything is asked', async () => {
    const federation = create();
    await expect(federation.ask('mutation ($n: Int!) { a(n: $n) }', { variables: { n: 'x' } })).rejects.toMatchObject({
      errors: [{ code: 'BAD_USER_INPUT' }],
    });
    expect(federation.requests).toEqual([]);
  });

  it('travel only to the subgraphs whose fields use them, defaults as they are written', async () => {
    const federation = create();
    await federation.ask('mutation ($m: Int = 5, $n: Int) { a(n: $m) b(n: $n) }', { variables: { n: 3, unused: 1 } });
    expect(federation.requests.map(({ variables }) => ({ ...variables }))).toEqual([{}, { n: 3 }]);
  });
});
