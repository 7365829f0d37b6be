import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { writePlan } from '../../../../gateway/plan/explain.js';
import type { FetchNode } from '../../../../gateway/plan/plan.js';
import { readRequirements } from '../../../../gateway/plan/read-requirements.js';

const REQUIREMENTS = readRequirements(
  parse(`
    schema
      @link(url: "https://specs.apollo.dev/link/v1.0")
      @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION) { query: Query }
    enum join__Graph {
      DOGS @join__graph(name: "dogs", url: "http://dogs.invalid/graphql")
      PEOPLE @join__graph(name: "people", url: "http://people.invalid/graphql")
    }
    type Query { me: Person @join__field(graph: PEOPLE) }
    type Person {
      name: String @join__field(graph: PEOPLE)
      dogs: [String] @join__field(graph: DOGS, requires: "formerly { ags }") @join__field(graph: PEOPLE)
    }
  `),
);

const fetchNode = (subgraph: string, operation: string, more: Partial<FetchNode> = {}): FetchNode => ({
  kind: 'Fetch',
  subgraph,
  operationKind: 'query',
  operation,
  operationName: undefined,
  path: [],
  variables: [],
  requires: null,
  inputRewrites: [],
  outputRewrites: [],
  contexts: [],
  joint: null,
  ...more,
});

const id = { kind: 'Field', name: 'id', from: 'id', selections: null } as const;
const DOGS = fetchNode(
  'dogs',
  'query ($representations: [_Any!]!, $p: Int) { _entities(representations: $representations) { ... on Person { dogs(first: $p) } } }',
  {
    path: ['me', 'friends|[Person]'],
    requires: [{ kind: 'Fragment', type: 'Person', selections: [id, { ...id, name: 'formerly', from: 'formerly_1' }] }],
    variables: [{ name: 'p', from: 'page' }],
  },
);

describe('a written plan', () => {
  it('shows the order of its steps, whom each asks, what it needs and which field requires what', () => {
    const plan = { kind: 'Sequence', nodes: [fetchNode('people', '{me{name}}'), DOGS] } as const;
    expect(`\n${writePlan(plan, REQUIREMENTS)}\n`).toBe(`
One after the other
  Fetch from people
    {
      me {
        name
      }
    }
  Fetch from dogs, into me.friends|[Person]
    needs ... on Person { id formerly: formerly_1 }
    Person.dogs requires formerly { ags }
    $p is $page
    query ($representations: [_Any!]!, $p: Int) {
      _entities(representations: $representations) {
        ... on Person {
          dogs(first: $p)
        }
      }
    }
`);
  });

  it('shows the one operation that stands for several fetches', () => {
    const joint = { id: 3, operation: '{both}', operationName: undefined, variables: [] };
    const plan = {
      kind: 'Parallel',
      nodes: [fetchNode('people', '{a}', { joint }), fetchNode('people', '{b}', { joint })],
    } as const;
    const text = writePlan(plan, REQUIREMENTS);
    expect(text).toMatch(/^At the same time\n/);
    expect(text.match(/sent as one with each other fetch of request 3\n {4}\{\n {6}both/g)).toHaveLength(2);
  });

  it('says where nobody is asked', () => {
    expect(writePlan(null, REQUIREMENTS)).toBe('No subgraph is asked.');
  });

  it('holds requirements of the subgraph that has them alone', () => {
    expect([...REQUIREMENTS]).toEqual([['dogs Person.dogs', 'formerly { ags }']]);
  });
});
