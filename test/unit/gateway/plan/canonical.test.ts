import { describe, expect, it } from '@jest/globals';
import { parse, print, stripIgnoredCharacters } from 'graphql';
import { canonicalize, findOperation } from '../../../../gateway/plan/canonical.js';
import { applyConditions } from '../../../../gateway/plan/conditions.js';

const canonical = (text: string, taken: readonly string[] = [], required: readonly string[] = []): string => {
  const document = parse(text);
  const operation = findOperation(document, undefined);
  if (!operation) throw new Error('no operation');
  return stripIgnoredCharacters(
    print(canonicalize(document, operation, { fieldNames: new Set(taken), requiredNames: new Set(required) }).document),
  );
};

describe('canonical names', () => {
  it.each([
    ['take aliases away', [], '{ id: name x: __typename }', '{name __typename}'],
    [
      'number combinations of arguments',
      [],
      '{ a: p(x: 1) b: p(x: 2) c: p(x: 1) p }',
      '{p_0:p(x:1)p_1:p(x:2)p_0:p(x:1)p}',
    ],
    ['keep objects of different names apart', [], '{ a: p { x } p { x } b: p { x } }', '{p_0:p{x}p{x}p_1:p{x}}'],
    ['go round names of fields', ['p_0'], '{ a: p(x: 1) p }', '{p_1:p(x:1)p}'],
    [
      'leave the first combination the plain name',
      [],
      '{ a: p(x: 1) b: p(x: 2) c: p(x: 1) }',
      '{p(x:1)p_0:p(x:2)p(x:1)}',
    ],
    ['leave the plain name to a field without arguments', [], '{ a: p(x: 1) q { p } }', '{p_0:p(x:1)q{p}}'],
    [
      'keep fields of a mutation apart',
      [],
      'mutation { a: p ...F } fragment F on M { c: p }',
      'mutation{p p_0:p}fragment F on M{p_0:p}',
    ],
    [
      'keep the order of a mutation',
      [],
      'mutation { ...F d: q } fragment F on M { ... on M { a: p { x } } b: q a: p { y } }',
      'mutation{p{x y}q_0:q q}fragment F on M{...on M{p{x}}q_0:q p{y}}',
    ],
    [
      'go round variables of the planner',
      [],
      'query ($representations: Int) { p(x: $representations) }',
      'query($client_representations:Int){p(x:$client_representations)}',
    ],
  ])('%s', (_, taken, text, expected) => {
    expect(canonical(text, taken)).toBe(expected);
  });

  it('leave the plain name to what the planner asks for itself', () => {
    expect(canonical('{ a: p(x: 1) b: q(x: 1) }', [], ['p'])).toBe('{p_0:p(x:1)q(x:1)}');
  });
});

describe('conditions', () => {
  it.each([
    ['{ a @include(if: $yes) b @skip(if: $yes) }', '{a}'],
    ['{ a @include(if: $no) b @skip(if: $no) }', '{b}'],
    ['{ a @include(if: true) @skip(if: $yes) { b } c }', '{c}'],
    ['{ a { b @skip(if: true) } }', '{a{__typename}}'],
    ['{ ...F @include(if: $no) ... @skip(if: $no) { a } }', '{...{a}}'],
    ['{ a @other @include(if: $yes) }', '{a@other}'],
  ])('%s becomes %s', (text, expected) => {
    const conditions = new Map([
      ['yes', true],
      ['no', false],
    ]);
    expect(stripIgnoredCharacters(print(applyConditions(parse(text), conditions)))).toBe(expected);
  });
});
