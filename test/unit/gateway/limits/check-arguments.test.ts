import { describe, expect, it } from '@jest/globals';
import { buildASTSchema, type OperationDefinitionNode, parse } from 'graphql';
import { createCheckArguments } from '../../../../gateway/limits/check-arguments.js';
import type { Refusal } from '../../../../gateway/refuse.js';
import { readSupergraph } from '../../../../gateway/supergraph.js';
import { listScope, toCursor } from '../../../../lib/connection.js';
import { AppError } from '../../../../lib/errors.js';

const SUPERGRAPH = readSupergraph(`
  schema
    @link(url: "https://specs.apollo.dev/join/v0.5")
    @link(url: "https://fachverbund.example/words/v1.0", import: ["@constraint"]) { query: Query }
  enum join__Graph { A @join__graph(name: "a", url: "http://a.invalid") }
  scalar AGS @constraint(format: "ags")
  scalar Anything
  enum Colour { RED GREEN }
  input Search {
    ags: AGS!
    name: String @constraint(format: "text")
    counts: [Int!] @constraint(min: 1, max: 3)
    inner: Search
    colour: Colour
    small: Int = 2 @constraint(max: 2)
  }
  type Query {
    place(ags: AGS!): Place
    search(input: Search!): Int
    all(searches: [[Search!]]): Int
    list(ags: AGS!, colour: Colour, first: Int! = 20 @constraint(min: 1, max: 100), after: String @constraint(format: "opaque")): Int
    plate(plate: String! @constraint(format: "plate")): Int
    any(value: Anything, id: ID): Int
  }
  type Place { houses(first: Int @constraint(max: 5), after: String @constraint(format: "opaque")): Int }
`);
const SCHEMA = buildASTSchema(SUPERGRAPH.document, { assumeValidSDL: true });
const check = createCheckArguments(SUPERGRAPH);

const operation = (text: string, variables: Record<string, unknown> = {}) => {
  const document = parse(text);
  return { schema: SCHEMA, document, definition: document.definitions[0] as OperationDefinitionNode, variables };
};

/** @returns The arguments that are refused; the code where it is another refusal. */
function refused(text: string, variables?: Record<string, unknown>): unknown {
  try {
    check(operation(text, variables));
    return [];
  } catch (error) {
    if (error instanceof AppError) return error.code;
    const { errors } = error as Refusal;
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['BAD_USER_INPUT']));
    return errors.map(({ extensions }) => extensions.argument);
  }
}

describe('a literal', () => {
  it.each([
    ['{ place(ags: "10045114") { houses(first: 5) } }', []],
    ['{ place(ags: "1004511") { houses(first: 6) } }', ['ags', 'first']],
    ['{ place(ags: 10045114) { houses } }', ['ags']],
    ['{ place(ags: "") { houses } }', ['ags']],
    ['{ search(input: { ags: "10045114", name: "Ö", counts: [1, 3] }) }', []],
    ['{ search(input: { ags: "1", counts: [0, 2, 4] }) }', ['input.ags', 'input.counts.0', 'input.counts.2']],
    ['{ search(input: { ags: "10045114", counts: 4 }) }', ['input.counts.0']],
    [
      '{ search(input: { ags: "10045114", inner: { ags: "x", inner: { ags: "y" } } }) }',
      ['input.inner.ags', 'input.inner.inner.ags'],
    ],
    ['{ all(searches: [[{ ags: "10045114" }], null, [{ ags: "x" }]]) }', ['searches.2.0.ags']],
    ['{ plate(plate: "HOM AB 123") }', []],
    ['{ plate(plate: "hom-ab") }', ['plate']],
    [
      '{ ...f } fragment f on Query { plate(plate: "x") ...g } fragment g on Query { place(ags: "y") { houses } }',
      ['plate', 'ags'],
    ],
    ['{ search(input: { ags: "10045114", name: "a\\u0000b" }) }', ['input.name']],
    ['{ any(id: "\\u0000") }', ['id']],
    ['{ any(value: { a: [{ b: "\\u0000" }] }) }', ['value']],
  ])('%s', (text, expected) => {
    expect(refused(text)).toEqual(expected);
  });
});

describe('a variable', () => {
  const SEARCH = 'query($s: Search!) { search(input: $s) }';
  it.each<[string, string, Record<string, unknown>, unknown]>([
    ['that is right', SEARCH, { s: { ags: '10045114', colour: 'RED' } }, []],
    [
      'of the wrong type',
      SEARCH,
      { s: { ags: '10045114', counts: ['a'], colour: 'BLUE' } },
      ['input.counts.0', 'input.colour'],
    ],
    ['with a field nobody knows', SEARCH, { s: { ags: '10045114', other: 1 } }, ['input.other']],
    ['with a field missing', SEARCH, { s: {} }, ['input.ags']],
    ['that is missing', SEARCH, {}, ['input']],
    ['that is null', SEARCH, { s: null }, ['input']],
    ['out of range', SEARCH, { s: { ags: '1', small: 3 } }, ['input.ags', 'input.small']],
    ['with half a character', SEARCH, { s: { ags: '10045114', name: 'a\ud800' } }, ['input.name']],
    [
      'inside a literal',
      'query($n: [Int!]) { search(input: { ags: "10045114", counts: $n }) }',
      { n: [9] },
      ['input.counts.0'],
    ],
    [
      'inside a list',
      'query($n: Int!) { search(input: { ags: "10045114", counts: [1, $n] }) }',
      { n: 'x' },
      ['input.counts.1'],
    ],
    ['of its own default', 'query($a: AGS = "x") { plate(plate: "HOM AB 1") list(ags: $a) }', {}, ['ags']],
    ['in two places', 'query($a: AGS!) { place(ags: $a) { houses } list(ags: $a) }', { a: 'x' }, ['ags']],
    ['that is a number where a form is asked', 'query($a: AGS!) { list(ags: $a) }', { a: 10045114 }, ['ags']],
    ['that must not be null here', 'query($n: Int = 5) { list(ags: "10045114", first: $n) }', { n: null }, ['first']],
    ['that nobody declared', '{ plate(plate: "HOM AB 1") }', { x: { deep: ['\ud800'] } }, []],
    [
      'called as nothing should be called',
      'query($__proto__: String!) { plate(plate: $__proto__) }',
      JSON.parse('{"__proto__":"x"}'),
      ['plate'],
    ],
    ['with objects in a scalar of its own', 'query($v: Anything) { any(value: $v) }', { v: { a: ['\0'] } }, ['value']],
  ])('%s', (_, text, variables, expected) => {
    expect(refused(text, variables)).toEqual(expected);
  });

  it('has at most five faults told', () => {
    expect(refused(SEARCH, { s: { ags: '10045114', counts: Array(100_000).fill('x') } })).toHaveLength(5);
    expect(refused(SEARCH, { s: { ags: '10045114', counts: Array(100_000).fill(9) } })).toHaveLength(5);
  });

  it('comes back coerced', () => {
    const variables = check(
      operation('query($s: Search!, $n: Int = 7) { search(input: $s) list(ags: "10045114", first: $n) }', {
        s: { ags: '10045114', counts: 2 },
      }),
    );
    expect({ ...variables }).toEqual({ s: { ags: '10045114', counts: [2], small: 2 }, n: 7 });
  });

  it('of the wrong type is told apart from a malformed one', () => {
    const isOfCoercion = (variables: Record<string, unknown>) => {
      try {
        check(operation(SEARCH, variables));
        return null;
      } catch (error) {
        return (error as Refusal).isOfCoercion;
      }
    };
    expect([isOfCoercion({ s: 1 }), isOfCoercion({ s: { ags: 'x' } })]).toEqual([true, false]);
  });
});

describe('a cursor', () => {
  const own = toCursor(listScope('Query.list', { ags: '10045114', colour: 'RED' }), '7');
  const LIST =
    'query($a: AGS!, $c: Colour, $n: Int! = 3, $after: String) { list(ags: $a, colour: $c, first: $n, after: $after) }';

  it.each([
    ['of this list', { a: '10045114', c: 'RED', after: own }, []],
    ['of this list with another page size', { a: '10045114', c: 'RED', n: 50, after: own }, []],
    ['of another list', { a: '10045117', c: 'RED', after: own }, ['after']],
    ['of the list without a colour', { a: '10045114', after: own }, ['after']],
    ['that was changed', { a: '10045114', c: 'RED', after: own.slice(1) }, ['after']],
    ['that is none', { a: '10045114', c: 'RED', after: "' OR 1=1" }, ['after']],
    ['that is null', { a: '10045114', c: 'RED', after: null }, []],
  ])('%s', (_, variables, expected) => {
    expect(refused(LIST, variables)).toEqual(expected);
  });

  it('in the text is checked as well, and one below the root by its form alone', () => {
    expect(refused(`{ list(ags: "10045114", colour: RED, after: "${own}") }`)).toEqual([]);
    expect(refused(`{ list(ags: "10045114", colour: GREEN, after: "${own}") }`)).toEqual(['after']);
    expect(refused('{ place(ags: "10045114") { houses(after: "other") } }')).toEqual([]);
    expect(refused('{ place(ags: "10045114") { houses(after: "ö") } }')).toEqual(['after']);
  });
});

describe('a supergraph', () => {
  it('with a form that nobody can check is refused', () => {
    const text = SUPERGRAPH.sdl.replace('format: "plate"', 'format: "colour"');
    expect(() => createCheckArguments(readSupergraph(text))).toThrow('Query.plate(plate:)');
  });

  it('of somebody else keeps its own constraints to itself', () => {
    const text = SUPERGRAPH.sdl.replace('https://fachverbund.example/words', 'https://other.example/checks');
    expect(() => createCheckArguments(readSupergraph(text))(operation('{ plate(plate: "x") }'))).not.toThrow();
  });
});
