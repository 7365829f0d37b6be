import { describe, expect, it } from '@jest/globals';
import type { SubgraphAnswer } from '../../../../gateway/fetch/subgraph-request.js';
import { lazily } from '../../../../gateway/plan/lazily.js';
import { createFederation, type Federation, type Outcome } from '../../../support/supergraphs/federation.js';

const people = [
  { id: '1', name: 'Ada' },
  { id: '2', name: 'Bob' },
];

/** `people` comes from one subgraph, what they own from another; `sure` marks what cannot be null. */
const federation = lazily(() =>
  createFederation({
    people: {
      typeDefs: `type Query { people: [Person!] nested: Box surePeople: [Person!]! }
        type Box { person: Person surePerson: Person! list: [Person!] }
        type Person @key(fields: "id") { id: ID! name: String sureName: String! }`,
      resolvers: {
        Query: {
          people: () => people,
          surePeople: () => people,
          nested: () => ({ person: people[0], surePerson: people[1], list: people }),
        },
        Person: { sureName: ({ name }: { name: string }) => name },
      },
    },
    cars: {
      typeDefs: `type Query { cars: [Car] }
        type Person @key(fields: "id") { id: ID! cars: [Car] sureCars: [Car!]! age: Int }
        type Car { plate: String surePlate: String! owner: Person }`,
      resolvers: {
        Query: { cars: () => [{ plate: 'x', surePlate: 'x', owner: { id: '1' } }] },
        Person: {
          cars: ({ id }: { id: string }) => [{ plate: `c${id}`, surePlate: `c${id}` }],
          sureCars: ({ id }: { id: string }) => [{ plate: `c${id}`, surePlate: `c${id}` }],
          age: () => 30,
        },
      },
    },
  }),
);

/** The same for all tests; no answer is changed yet. */
const create = (): Federation => {
  federation().intercept((_, answer) => answer);
  return federation();
};

const down = (subgraph: string) => (request: { subgraph: string }, answer: SubgraphAnswer) =>
  request.subgraph === subgraph
    ? { data: null, errors: [{ message: 'down', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] }
    : answer;

const pathsOf = ({ errors }: Outcome) => errors.map(({ path, extensions }) => [path?.join('.'), extensions.code]);

async function askWhileDown(subgraph: string, query: string): Promise<Outcome> {
  const federation = create();
  federation.intercept(down(subgraph));
  return federation.ask(query);
}

describe('while a subgraph is down', () => {
  it('a field at the root is null, with one error at its path', async () => {
    const answer = await askWhileDown('cars', '{ people { name } mine: cars { plate } }');
    expect(answer.data).toEqual({ people: [{ name: 'Ada' }, { name: 'Bob' }], mine: null });
    expect(pathsOf(answer)).toEqual([['mine', 'SUBGRAPH_UNAVAILABLE']]);
  });

  it('fields of entities are null, with one error for each', async () => {
    const answer = await askWhileDown('cars', '{ people { name owns: cars { plate } } }');
    expect(answer.data).toEqual({
      people: [
        { name: 'Ada', owns: null },
        { name: 'Bob', owns: null },
      ],
    });
    expect(pathsOf(answer)).toEqual([
      ['people.0.owns', 'SUBGRAPH_UNAVAILABLE'],
      ['people.1.owns', 'SUBGRAPH_UNAVAILABLE'],
    ]);
  });

  it.each([
    [
      'the nearest parent that can be null',
      '{ nested { person { sureCars { plate } } } }',
      { nested: { person: null } },
      'nested.person.sureCars',
    ],
    [
      'through parents that cannot be null',
      '{ nested { surePerson { sureCars { plate } } } }',
      { nested: null },
      'nested.surePerson.sureCars',
    ],
    [
      'a list whose elements cannot be null',
      '{ people { sureCars { plate } } }',
      { people: null },
      'people.0.sureCars',
    ],
    ['everything', '{ surePeople { sureCars { plate } } }', null, 'surePeople.0.sureCars'],
  ])('a field that cannot be null takes %s with it', async (_, query, data, path) => {
    const answer = await askWhileDown('cars', query);
    expect(answer.data).toEqual(data);
    expect(pathsOf(answer)[0]).toEqual([path, 'SUBGRAPH_UNAVAILABLE']);
  });

  it('nothing is asked for what hangs on it', async () => {
    const federation = create();
    federation.intercept(down('cars'));
    const answer = await federation.ask('{ cars { owner { name } } }');
    expect(answer.data).toEqual({ cars: null });
    expect(federation.requests).toHaveLength(1);
  });
});

describe('an error of a subgraph', () => {
  it('is told at the client’s names, also below the null it caused', async () => {
    const federation = create();
    federation.intercept((request, answer) =>
      request.subgraph !== 'cars'
        ? answer
        : {
            data: { _entities: [{ cars: [null] }, { cars: [{ plate: 'c2', surePlate: 'c2' }] }] },
            errors: [
              {
                message: 'no plate',
                path: ['_entities', 0, 'cars', 0, 'surePlate'],
                extensions: { code: 'LEGACY_TIMEOUT' },
              },
            ],
          },
    );
    const answer = await federation.ask('{ all: people { owns: cars { is: surePlate } } }');
    expect(answer.data).toEqual({ all: [{ owns: [null] }, { owns: [{ is: 'c2' }] }] });
    expect(pathsOf(answer)).toEqual([['all.0.owns.0.is', 'LEGACY_TIMEOUT']]);
  });

  it('is told at every place that waits for the same entity', async () => {
    const federation = create();
    federation.intercept((request, answer) =>
      request.subgraph !== 'cars'
        ? answer
        : {
            data: { _entities: [{ age: null }, { age: 3 }] },
            errors: [{ message: 'x', path: ['_entities', 0, 'age'], extensions: { code: 'SUBGRAPH_ERROR' } }],
          },
    );
    const answer = await federation.ask('{ people { age } nested { list { age } } }');
    expect(answer.data).toEqual({ people: [{ age: null }, { age: 3 }], nested: { list: [{ age: null }, { age: 3 }] } });
    expect(pathsOf(answer).map(([path]) => path)).toEqual(['people.0.age', 'nested.list.0.age']);
  });

  it('is told where it cost an entity for a field that only the plan asked for', async () => {
    const federation = create();
    federation.intercept((request, answer) =>
      request.subgraph !== 'cars'
        ? answer
        : {
            data: { _entities: [null, { age: 3 }] },
            errors: [{ message: 'x', path: ['_entities', 0, 'sure'], extensions: { code: 'SUBGRAPH_ERROR' } }],
          },
    );
    const answer = await federation.ask('{ people { age } }');
    expect(answer.data).toEqual({ people: [{ age: null }, { age: 3 }] });
    expect(pathsOf(answer)).toEqual([['people.0', 'SUBGRAPH_ERROR']]);
  });

  it('about one entity costs that entity alone', async () => {
    const federation = create();
    federation.intercept((request, answer) =>
      request.subgraph !== 'cars'
        ? answer
        : {
            data: { _entities: [null, { age: 3 }] },
            errors: [{ message: 'x', path: ['_entities', 0], extensions: { code: 'SUBGRAPH_TIMEOUT' } }],
          },
    );
    const answer = await federation.ask('{ people { age } }');
    expect(answer.data).toEqual({ people: [{ age: null }, { age: 3 }] });
    expect(pathsOf(answer)).toEqual([['people.0.age', 'SUBGRAPH_TIMEOUT']]);
  });
});

describe('a subgraph that breaks its contract', () => {
  const answering = async (data: Record<string, unknown>, query: string) => {
    const federation = create();
    federation.intercept((request, answer) => (request.subgraph === 'cars' ? { data, errors: [] } : answer));
    return { answer: await federation.ask(query), events: federation.events };
  };

  it('with null where a value is promised gets an error of ours', async () => {
    const { answer } = await answering({ cars: [{ surePlate: null }, { surePlate: 'x' }] }, '{ cars { surePlate } }');
    expect(answer.data).toEqual({ cars: [null, { surePlate: 'x' }] });
    expect(pathsOf(answer)).toEqual([['cars.0.surePlate', 'SUBGRAPH_MALFORMED']]);
  });

  it('by leaving a field out gets an error, not silence', async () => {
    const { answer } = await answering({ cars: [{}] }, '{ cars { plate } }');
    expect(answer.data).toEqual({ cars: [{ plate: null }] });
    expect(pathsOf(answer)).toEqual([['cars.0.plate', 'SUBGRAPH_MALFORMED']]);
  });

  it.each([
    ['an object for a text', { cars: [{ plate: {} }] }, { cars: [{ plate: null }] }, 'cars.0.plate'],
    ['a text for an object', { cars: ['car'] }, { cars: [null] }, 'cars.0'],
    ['an object for a list', { cars: {} }, { cars: null }, 'cars'],
  ])('with %s loses that value', async (_, data, expected, path) => {
    const { answer } = await answering(data, '{ cars { plate } }');
    expect(answer.data).toEqual(expected);
    expect(pathsOf(answer)).toEqual([[path, 'SUBGRAPH_MALFORMED']]);
  });

  it('with another number of entities loses all of them', async () => {
    const { answer, events } = await answering({ _entities: [{ age: 1 }] }, '{ people { age } }');
    expect(answer.data).toEqual({ people: [{ age: null }, { age: null }] });
    expect(events).toContainEqual({ type: 'malformed-answer', subgraph: 'cars' });
  });

  it.each([
    ['another type', { __typename: 'Car', age: 1 }],
    ['another key', { id: '2', age: 1 }],
  ])('with an entity of %s loses it', async (_, entity) => {
    const { answer, events } = await answering({ _entities: [entity, { age: 2 }] }, '{ people { age } }');
    expect(answer.data).toEqual({ people: [{ age: null }, { age: 2 }] });
    expect(pathsOf(answer)).toEqual([['people.0.age', 'SUBGRAPH_MALFORMED']]);
    expect(events).toContainEqual({ type: 'foreign-entity', subgraph: 'cars', entityType: 'Person' });
  });

  it('by answering keys that JavaScript has a meaning for changes nothing', async () => {
    const { answer } = await answering(
      { _entities: [JSON.parse('{"__proto__":{"name":"Eve"},"constructor":1,"age":1}'), { age: 2 }] },
      '{ people { name age } }',
    );
    expect(answer).toEqual({
      data: {
        people: [
          { name: 'Ada', age: 1 },
          { name: 'Bob', age: 2 },
        ],
      },
      errors: [],
    });
  });
});
