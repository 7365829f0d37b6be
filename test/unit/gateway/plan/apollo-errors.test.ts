import { describe, expect, it } from '@jest/globals';
import { GraphQLError, type OperationDefinitionNode, parse } from 'graphql';
import type { SubgraphFieldError } from '../../../../gateway/fetch/subgraph-request.js';
import { createLeaves, fitPaths, locateErrors } from '../../../../gateway/plan/apollo-errors.js';

const leavesOf = createLeaves();
const extensions = { code: 'SUBGRAPH_TIMEOUT' };
const error = (...path: (string | number)[]): SubgraphFieldError => ({ message: 'm', path, extensions });

describe('locateErrors', () => {
  const ROOTS = '{ a ...f } fragment f on Query { b: c __typename }';
  const RECORDS = `query($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on Person { name ...more } ... on Car { plate } } } fragment more on Person { age }`;
  const representations = [{ __typename: 'Person' }, { __typename: 'Car' }];
  const whole = { data: null, errors: [{ message: 'm', extensions }] };
  const pathsOf = (...args: Parameters<typeof locateErrors>) =>
    locateErrors(...args).map(({ path }) => path?.join('.'));

  it('spreads the failure of a whole answer over its fields', () => {
    expect(pathsOf(whole, leavesOf(ROOTS), {})).toEqual(['a', 'b']);
    expect(pathsOf(whole, leavesOf(RECORDS), { representations })).toEqual([
      '_entities.0.name',
      '_entities.0.age',
      '_entities.1.plate',
    ]);
  });

  it('spreads the failure of a record over the fields of its type', () => {
    const answer = { data: { _entities: [{}, null] }, errors: [error('_entities', 1), error('_entities', 0, 'name')] };
    expect(pathsOf(answer, leavesOf(RECORDS), { representations })).toEqual(['_entities.1.plate', '_entities.0.name']);
  });

  it('leaves an error that came with data where it is', () => {
    expect(locateErrors({ data: {}, errors: whole.errors }, leavesOf(ROOTS), {})).toEqual(whole.errors);
  });
});

describe('fitPaths', () => {
  const document = parse(`query { me { cars { plate } ...f } list { a: b } }
    fragment f on Person { ... on Person { home { town } } }`);
  const pathsAfter = (...paths: (string | number)[][]) =>
    fitPaths(
      paths.map((path) => new GraphQLError('m', { path, extensions })),
      document.definitions[0] as OperationDefinitionNode,
      document,
    ).map(({ path }) => path?.join('.'));

  it('keeps paths of what was asked for', () => {
    expect(pathsAfter(['me', 'cars', 0, 'plate'], ['list', 3, 'a'], ['me', 'home', 'town'])).toEqual([
      'me.cars.0.plate',
      'list.3.a',
      'me.home.town',
    ]);
  });

  it('cuts what only the plan asked for, and tells equal errors once', () => {
    expect(pathsAfter(['me', 'link'], ['me', 'other', 0, 'x'], ['list', 0, 'b'], ['nothing'])).toEqual([
      'me',
      'list.0',
      '',
    ]);
  });

  it('walks through fragments that double without doubling its work', () => {
    const doubling = Array.from(
      { length: 25 },
      (_, index) => `fragment f${index} on P { n { ...f${index + 1} } x: n { ...f${index + 1} } }`,
    );
    const deep = parse(`{ n { ...f0 } } ${doubling.join(' ')} fragment f25 on P { id }`);
    const path = [...Array<string>(26).fill('n'), 'id'];
    const started = performance.now();
    const [fitted] = fitPaths(
      [new GraphQLError('m', { path, extensions })],
      deep.definitions[0] as OperationDefinitionNode,
      deep,
    );
    expect(fitted?.path).toEqual(path);
    expect(performance.now() - started).toBeLessThan(200);
  });
});
