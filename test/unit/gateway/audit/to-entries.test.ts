import { expect, it } from '@jest/globals';
import { type OperationDefinitionNode, parse } from 'graphql';
import { createAuditCallers, toDenials } from '../../../../gateway/audit/to-entries.js';
import { someCaller } from '../../../support/some-caller.js';

const REGISTERS = { registers: new Map([['Query.person', 'people']]), keys: new Map() } as never;
const controllerOf = (text: string, variables: object = {}, caller = someCaller()) => {
  const document = parse(text);
  const definition = document.definitions.find(({ kind }) => kind === 'OperationDefinition') as OperationDefinitionNode;
  const who = createAuditCallers()(caller);
  const access = { requestId: 'r', caller, who, hash: '', definition, document, variables: { ...variables } };
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

it('a denial of several municipalities is told to the officers of all, and to none of what else was asked for', () => {
  expect(controllerOf('{ b: person(ags: "2") { id } ... { a: person(ags: "1") { id } } }')).toEqual(['1', '2']);
  expect(controllerOf('{ person(ags: "1") { id } services(ags: "2") { id } }')).toEqual(['1']);
  expect(controllerOf('{ services(ags: "2") { person { id } } }')).toEqual(['2']);
});

it('a denial of none belongs to no one, but for what citizens ask about themselves', () => {
  expect(controllerOf('query ($a: ID = "1") { person(ags: $a) { id } }', { a: null })).toEqual([null]);
  expect(controllerOf('{ person { id } services(ags: "2") { id } }')).toEqual([null]);
  const citizen = someCaller({ role: 'citizen', municipalities: ['3', '4'] });
  expect(controllerOf('{ person { id } a: person(ags: "1") { id } }', {}, citizen)).toEqual(['1', '3']);
});
