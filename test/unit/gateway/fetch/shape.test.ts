import { describe, expect, it } from '@jest/globals';
import { createShapes, type EntitiesShape, type RootShape } from '../../../../gateway/fetch/shape.js';
import { createSplit, pickVariables } from '../../../../gateway/fetch/split.js';
import { readSupergraph } from '../../../../gateway/supergraph.js';

const SUPERGRAPH = readSupergraph(`
  schema
    @link(url: "https://specs.apollo.dev/join/v0.5")
    @link(url: "https://fachverbund.example/words/v1.0", import: ["@public"]) { query: Query }
  enum join__Graph { A @join__graph(name: "a", url: "http://a.invalid") }
  type Query { open(ags: ID): Int @public  closed: Int }
  type Person @join__type(graph: A, key: "ags id") { ags: ID  id: ID  cars: [Car!]  names: [String!]  car: Car  open: Int @public }
  type Car @join__type(graph: A, key: "ags vin") @join__type(graph: A, key: "plate") @join__type(graph: A, key: "maker { id }") { ags: ID vin: ID plate: ID }
`);
const read = createShapes(SUPERGRAPH);

describe('a root operation', () => {
  const fieldsOf = (text: string, variables = {}) =>
    (read(text) as RootShape).fields.map(({ key, isPublic, readAgs }) => [key, isPublic, readAgs(variables)]);

  it.each<[string, string, Record<string, unknown>, unknown]>([
    ['a literal', '{ closed(ags: "1") }', {}, '1'],
    ['a variable', 'query($a: ID) { closed(ags: $a) }', { a: '2' }, '2'],
    ['a default', 'query($a: ID = "3") { closed(ags: $a) }', {}, '3'],
    ['input, a literal', '{ closed(input: { ags: "4" }) }', {}, '4'],
    ['input, a variable', 'query($i: I) { closed(input: $i) }', { i: { ags: '5' } }, '5'],
    ['input, a variable inside', 'query($a: ID) { closed(input: { ags: $a }) }', { a: '6' }, '6'],
    ['input, nothing', 'query($i: I) { closed(input: $i) }', { i: null }, undefined],
    ['input without it', '{ closed(input: { other: 1 }) }', {}, undefined],
    ['a list', '{ closed(input: ["7"]) }', {}, undefined],
    ['a number', '{ closed(ags: 8) }', {}, undefined],
    ['another argument', '{ closed(id: "9") }', {}, undefined],
  ])('names its municipality by %s', (_, text, variables, ags) => {
    expect(fieldsOf(text, variables)).toEqual([['closed', false, ags]]);
  });

  it('is read through fragments, under the names of the answer', () => {
    const text =
      'query { a: open ...f } fragment f on Query { ... @include(if: true) { b: closed(ags: "1") } __typename }';
    expect(fieldsOf(text)).toEqual([
      ['a', true, undefined],
      ['b', false, '1'],
      ['__typename', true, undefined],
    ]);
  });

  it('has nothing public when it is a mutation', () => {
    expect(fieldsOf('mutation { open }')).toEqual([['open', false, undefined]]);
  });

  it('is read once', () => {
    expect(read('{ closed }')).toBe(read('{ closed }'));
  });
});

describe('a request for records', () => {
  const shapeOf = (selection: string) =>
    read(
      `query($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`,
    ) as EntitiesShape;

  it.each([
    ['... on Person { open }', true],
    ['__typename ... on Person { __typename open }', true],
    ['... on Person { open names }', false],
    ['... on Person { open } ... on Car { vin }', false],
  ])('%s is public: %s', (selection, isPublic) => {
    expect(shapeOf(selection)).toMatchObject({ kind: 'entities', isPublic });
  });

  it('tells elements of lists apart by the keys that are selected', () => {
    const { listKeys } = shapeOf('... on Person { names car { vin } mine: cars { make p: plate } cars { ags vin } }');
    expect(listKeys.get('Person')).toEqual(
      new Map([
        ['mine', [['p']]],
        ['cars', [['ags', 'vin']]],
      ]),
    );
  });
});

describe('an operation cut in parts', () => {
  const text = `query Q($a: ID, $b: ID, $c: Boolean!) {
    one: closed(ags: $a) { ...names }
    ... @include(if: $c) { two: closed(ags: $b) { x } }
    ...rest
  }
  fragment names on Person { id ...more }
  fragment more on Person { open }
  fragment rest on Query { three: closed(ags: $b) { ...more } }`;
  const shape = read(text) as RootShape;
  const split = createSplit();
  const cut = (...keys: string[]) => split(shape, keys).operation.replace(/\s+/g, ' ');

  it.each([
    [
      ['one'],
      'query Q($a: ID) { one: closed(ags: $a) { ...names } } fragment names on Person { id ...more } fragment more on Person { open }',
    ],
    [['two'], 'query Q($b: ID, $c: Boolean!) { ... @include(if: $c) { two: closed(ags: $b) { x } } }'],
    [
      ['three'],
      'query Q($b: ID) { ... on Query { three: closed(ags: $b) { ...more } } } fragment more on Person { open }',
    ],
  ])('%j has what it uses, and no more', (keys, expected) => {
    expect(cut(...keys)).toBe(expected);
  });

  it('gets its own variables, and no others', () => {
    expect(pickVariables(split(shape, ['one']), { a: 1, b: 2, c: true })).toEqual({ a: 1 });
  });

  it('is cut once', () => {
    expect(split(shape, ['one', 'two'])).toBe(split(shape, ['one', 'two']));
  });
});
