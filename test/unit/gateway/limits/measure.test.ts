import { describe, expect, it } from '@jest/globals';
import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { checkMeasures, measure } from '../../../../gateway/limits/measure.js';
import { readLimits } from '../../../../gateway/limits/profile.js';
import { readGatewaySettings } from '../../../../gateway/settings.js';

const LIMITS = readLimits(readGatewaySettings({}));

const measured = (text: string) => {
  const document = parse(text);
  const operation = document.definitions.find(
    ({ kind }) => kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode;
  return measure(document, operation);
};

const doubling = (steps: number): string =>
  `{ me { ...f0 } } ${Array.from({ length: steps }, (_, n) => `fragment f${n} on P { n { ...f${n + 1} } x: n { ...f${n + 1} } }`).join(' ')} fragment f${steps} on P { n }`;

describe('measure', () => {
  it.each([
    ['a flat query', '{ a b c }', { depth: 1, selections: 3, aliases: 0, rootFields: 3, directives: 0 }],
    [
      'fragments count where they are spread',
      '{ a { ...f } b { ...f } } fragment f on A { c d }',
      { depth: 2, selections: 6, rootFields: 2 },
    ],
    ['aliases in fragments count each time', '{ a { ...f } b { ...f } } fragment f on A { x: c }', { aliases: 2 }],
    ['a repeated field counts as an alias', '{ a a a }', { aliases: 2 }],
    ['an alias equal to the name is none', '{ a: a }', { aliases: 0 }],
    ['inline fragments add no depth', '{ a { ... on A { ... on B { c } } } }', { depth: 2 }],
    [
      'introspection counts as one field',
      '{ __schema { types { fields { type { ofType { ofType { name } } } } } } }',
      { depth: 1, selections: 1 },
    ],
    [
      'aliases in introspection count tenfold, in fragments too',
      '{ __schema { types { name } a: types { ...f } } __type(name: "A") { b: kind } } fragment f on __Type { c: name }',
      { depth: 1, selections: 2, aliases: 30 },
    ],
    [
      'directives count anywhere',
      'query q($v: Int @x) @x { a @x ... @x { b } ...f @x } fragment f on A @x { c @x }',
      { directives: 7 },
    ],
    ['unknown fragments count nothing', '{ ...nowhere a }', { selections: 1 }],
    ['cyclic fragments end', '{ ...a } fragment a on A { x ...b } fragment b on A { y ...a }', { selections: 2 }],
  ])('%s', (_, text, expected) => {
    expect(measured(text)).toMatchObject(expected);
  });

  it('measures doubling fragments without expanding them', () => {
    expect(measured(doubling(40)).selections).toBeGreaterThan(2 ** 40);
  });
});

describe('checkMeasures', () => {
  it.each([
    ['LIMIT_SELECTIONS', doubling(14)],
    ['LIMIT_DEPTH', `${'{ a '.repeat(13)}${'}'.repeat(13)}`],
    ['LIMIT_ALIASES', `{ r { ${Array.from({ length: 31 }, (_, n) => `a${n}: b`).join(' ')} } }`],
    ['LIMIT_ALIASES', '{ __schema { a: types { name } b: types { name } c: types { name } d: types { name } } }'],
    ['LIMIT_ROOT_FIELDS', `{ ${Array.from({ length: 11 }, (_, n) => `a${n}`).join(' ')} }`],
    ['LIMIT_DIRECTIVES', `{ a ${'@include(if: true) '.repeat(51)} }`],
  ])('%s names the limit and the value', (code, text) => {
    const check = () => checkMeasures(measured(text), LIMITS);
    expect(check).toThrow(
      expect.objectContaining({
        extensions: expect.objectContaining({ code, limit: expect.any(Number), value: expect.any(Number) }),
      }),
    );
  });

  it('lets an ordinary page query through', () => {
    const text =
      '{ me { familyName currentAddress { place } housingBenefitCases { payments { edges { node { amountCents } } } } vehicles { plate } } }';
    expect(() => checkMeasures(measured(text), LIMITS)).not.toThrow();
  });
});
