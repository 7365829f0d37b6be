import { describe, expect, it } from '@jest/globals';
import { createWriteBody } from '../../../../gateway/fetch/bodies.js';

describe('the body of a subgraph request', () => {
  it.each([
    ['a name', { operation: '{ a(x: "\\"") }', operationName: 'N', variables: { a: 1, 'ü"': null } }],
    ['no name', { operation: '{ a }', operationName: undefined, variables: {} }],
    [
      'a variable called __proto__',
      { operation: '{ b }', operationName: undefined, variables: JSON.parse('{"__proto__":1}') },
    ],
  ])('says the same as JSON of everything, with %s', (_, request) => {
    const { operation: query, operationName, variables } = request;
    const writeBody = createWriteBody();
    for (const text of [writeBody(request), writeBody(request)])
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ query, variables, operationName })));
  });

  it('follows the name, also where the text stays', () => {
    const writeBody = createWriteBody();
    const names = ['A', 'B', undefined].map(
      (operationName) => JSON.parse(writeBody({ operation: '{ a }', operationName, variables: {} })).operationName,
    );
    expect(names).toEqual(['A', 'B', undefined]);
  });
});
