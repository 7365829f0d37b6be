import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { findUnmarked } from '../../../schema/marks.js';

const find = (sources: Readonly<Record<string, string>>): string[] =>
  findUnmarked(Object.entries(sources).map(([name, text]) => ({ name, typeDefs: parse(text) }))).map(
    ({ message }) => message,
  );

describe('findUnmarked', () => {
  it.each<[string, Readonly<Record<string, string>>, string[]]>([
    [
      'a rule of the field',
      {
        a: 'type A { x: Int @authenticated  y: Int @policy(policies: [["p"]])  z: Int @requiresScopes(scopes: [["s"]]) }',
      },
      [],
    ],
    ['a rule of the type', { a: 'type A @policy(policies: [["p"]]) { x: Int }' }, []],
    [
      'a rule of the type elsewhere in the subgraph',
      { a: 'type A @authenticated { x: Int } extend type A { y: Int }' },
      [],
    ],
    ['public', { a: 'type A { x: Int @public }' }, []],
    ['interfaces, inputs and enums', { a: 'interface I { x: Int } input J { x: Int } enum E { X }' }, []],
    [
      'nothing',
      { a: 'type A { x: Int  y: Int @public  z: Int @other }' },
      ['A.x in subgraph a has neither a rule nor @public.', 'A.z in subgraph a has neither a rule nor @public.'],
    ],
    [
      'nothing on an extension',
      { a: 'extend type A { x: Int }' },
      ['A.x in subgraph a has neither a rule nor @public.'],
    ],
    [
      'a rule in another subgraph alone',
      { a: 'type A { x: Int }', b: 'type A @authenticated { x: Int }' },
      ['A.x in subgraph a has neither a rule nor @public.'],
    ],
    [
      'both',
      { a: 'type A { x: Int @public @authenticated }' },
      ['A.x in subgraph a is @public although a rule covers it in subgraph a.'],
    ],
    [
      'both, in two subgraphs',
      { a: 'type A { x: Int @public }', b: 'type A { x: Int @policy(policies: [["p"]]) }' },
      ['A.x in subgraph a is @public although a rule covers it in subgraph b.'],
    ],
    [
      'public under a rule of the type',
      { a: 'type A { x: Int @public }', b: 'type A @authenticated { y: Int }' },
      ['A.x in subgraph a is @public although a rule covers it in subgraph b.'],
    ],
    [
      'public with a value under a rule',
      { a: 'type A { x: [S!]! @public } scalar S @authenticated' },
      ['A.x in subgraph a is @public although a rule covers it in subgraph a.'],
    ],
  ])('%s', (_, sources, faults) => {
    expect(find(sources)).toEqual(faults);
  });
});
