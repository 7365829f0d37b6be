import { describe, expect, it } from '@jest/globals';
import { lazily } from '../../../../gateway/plan/lazily.js';
import { createFederation, type Federation } from '../../../support/supergraphs/federation.js';

const federation = lazily(() =>
  createFederation({
    a: {
      typeDefs: `type Query { me: Person boss: Person car: Car }
        type Person @key(fields: "id") { id: ID! friend: Person } type Car @key(fields: "plate") { plate: ID! }`,
      resolvers: {
        Query: { me: () => ({ id: '1' }), boss: () => ({ id: '2' }), car: () => ({ plate: 'x' }) },
        Person: { friend: () => ({ id: '2' }) },
      },
    },
    b: {
      typeDefs: `type Person @key(fields: "id") { id: ID! name: String sureName: String! home: Home age(in: Int): Int }
        type Home { street: String } type Car @key(fields: "plate") { plate: ID! name: String! colour: String }`,
      resolvers: {
        Person: {
          name: ({ id }: { id: string }) => (id === '2' ? Promise.reject(new Error('no name')) : `name ${id}`),
          home: ({ id }: { id: string }) => ({ street: `street ${id}` }),
          age: (_: object, { in: years }: { in: number }) => 30 + years,
        },
        Car: { colour: () => 'red', name: () => 'car' },
      },
    },
  }),
);

/** The same for all tests; no answer is changed yet. */
const create = (): Federation => {
  federation().intercept((_, answer) => answer);
  return federation();
};

const requestsTo = (federation: ReturnType<typeof create>, subgraph: string) =>
  federation.requests.filter((request) => request.subgraph === subgraph);

describe('fetches to one subgraph that are ready together', () => {
  it('travel as one request, equal entities once', async () => {
    const federation = create();
    const { data } = await federation.ask(
      '{ me { home { street } friend { home { street } } } boss { home { street } } car { colour } }',
    );
    expect(data).toEqual({
      me: { home: { street: 'street 1' }, friend: { home: { street: 'street 2' } } },
      boss: { home: { street: 'street 2' } },
      car: { colour: 'red' },
    });
    expect(requestsTo(federation, 'b').map(({ variables }) => variables['representations'])).toEqual([
      [
        { __typename: 'Person', id: '1' },
        { __typename: 'Person', id: '2' },
        { __typename: 'Car', plate: 'x' },
      ],
    ]);
  });

  it('each get their own errors', async () => {
    const { data, errors } = await create().ask('{ me { name } boss { named: name } car { colour } }');
    expect(data).toEqual({ me: { name: 'name 1' }, boss: { named: null }, car: { colour: 'red' } });
    expect(errors.map(({ path }) => path)).toEqual([['boss', 'named']]);
  });

  it('carry the variables of all of them', async () => {
    const federation = create();
    const { data } = await federation.ask(
      'query ($a: Int, $b: Int) { me { age(in: $a) } car { colour } boss { age(in: $b) } }',
      {
        variables: { a: 1, b: 2 },
      },
    );
    expect(data).toEqual({ me: { age: 31 }, car: { colour: 'red' }, boss: { age: 32 } });
  });

  it('stay apart where one would ask more of the entities of another', async () => {
    const federation = create();
    await federation.ask('{ me { home { street } } boss { age(in: 1) } }');
    expect(requestsTo(federation, 'b')).toHaveLength(2);
  });

  it('stay apart where one response name would have two types', async () => {
    const federation = create();
    const { errors } = await federation.ask('{ me { name } car { name } }');
    expect(errors).toEqual([]);
    expect(requestsTo(federation, 'b')).toHaveLength(2);
  });

  it('travel alone where the others have nothing to ask', async () => {
    const federation = create();
    federation.intercept((request, answer) =>
      request.subgraph === 'a'
        ? { data: { me: { __typename: 'Person', id: '1' }, boss: null, car: null }, errors: [] }
        : answer,
    );
    await federation.ask('{ me { home { street } } car { colour } }');
    expect(requestsTo(federation, 'b').map(({ operation }) => operation.includes('Car'))).toEqual([false]);
  });
});
