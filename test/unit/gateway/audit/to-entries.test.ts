import { expect, it } from '@jest/globals';
import { type OperationDefinitionNode, parse } from 'graphql';
import { toDenials } from '../../../../gateway/audit/to-entries.js';
import { someCaller } from '../../../support/some-caller.js';

const REGISTERS = { registers: new Map([['Query.person', 'people']]), keys: new Map() } as never;
const controllerOf = (text: string, variables: object = {}) => {
  const document = parse(text);
  const definition = document.definitions.find(({ kind }) => kind === 'OperationDefinition') as OperationDefinitionNode;
  const access = { requestId: 'r', caller: someCaller(), hash: '', definition, document, variables: { ...variables } };
  return toDenials(access, ['Query.person'], REGISTERS, new Date(0)).map(({ controller }) => controller);
};

it.each([
  ['an argument', '{ person(ags: "1") { id } }', {}],
  ['a variable', 'query ($a: ID) { person(ags: $a) { id } }', { a: '1' }],
  ['the default of a variable', 'query ($a: ID = "1") { person(ags: $a) { id } }', {}],
  ['a member of an input', '{ person(input: { ags: "1" }) { id } }', {}],
  ['an input that is a variable', 'query ($i: I) { person(input: $i) { id } }', { i: { ags: '1' } }],
  ['a fragment without a type', '{ ... { person(ags: "1") { id } } }', {}],
  [
    'a fragment in a fragment',
    '{ ...a } fragment a on Query { ...b } fragment b on Query { person(ags: "1") { id } }',
    {},
  ],
  ['two aliases', '{ a: person(ags: "1") { id } ... @include(if: true) { b: person(ags: "1") { id } } }', {}],
])('a denial is told to the officer of the municipality named in %s', (_, text, variables) => {
  expect(controllerOf(text, variables)).toEqual(['1']);
});

it('a denial of several municipalities, or of none, belongs to no one of them', () => {
  expect(controllerOf('{ a: person(ags: "1") { id } ... { b: person(ags: "2") { id } } }')).toEqual([null]);
  expect(controllerOf('query ($a: ID = "1") { person(ags: $a) { id } }', { a: null })).toEqual([null]);
  expect(controllerOf('{ person { id } }')).toEqual([null]);
});
