import { expect, it } from '@jest/globals';
import { type OperationDefinitionNode, parse } from 'graphql';
import { definitionsOf } from '../../../gateway/operation.js';

it('names an operation and the fragments it uses, each once', () => {
  const document = parse(`
    query A { a ...one ...two }
    query B { ...four }
    fragment one on Query { ...two b { ...three } }
    fragment two on Query { c }
    fragment three on T { d }
    fragment four on Query { e }
  `);
  const definition = document.definitions[0] as OperationDefinitionNode;
  expect(definitionsOf({ document, definition }).map(({ name }) => name?.value)).toEqual(['A', 'one', 'two', 'three']);
});

it('ends where fragments use one another in a circle', () => {
  const document = parse('{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }');
  const definition = document.definitions[0] as OperationDefinitionNode;
  expect(definitionsOf({ document, definition })).toHaveLength(3);
});
