import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { nameOf, PUBLIC, readSupergraph } from '../../../gateway/supergraph.js';

const SUPERGRAPH = `
  schema
    @link(url: "https://specs.apollo.dev/link/v1.0")
    @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)
    @link(url: "https://fachverbund.example/words/v1.0", import: ["@public"]) { query: Query }
  enum join__Graph {
    A @join__graph(name: "first", url: "http://a.invalid/graphql")
    B @join__graph(name: "second", url: "")
  }
  type Query { open: Int @public  closed: Int  town: Town }
  interface Town { name: String @public }
`;

describe('readSupergraph', () => {
  it('finds the subgraphs and the public fields', () => {
    const { subgraphs, publicFields } = readSupergraph(SUPERGRAPH);
    expect(subgraphs).toEqual([
      { name: 'first', url: 'http://a.invalid/graphql' },
      { name: 'second', url: '' },
    ]);
    expect([...publicFields]).toEqual(['Query.open', 'Town.name']);
  });

  it('does not take a directive of somebody else for ours', () => {
    const foreign = SUPERGRAPH.replace('https://fachverbund.example/words', 'https://other.example/words');
    expect(readSupergraph(foreign).publicFields.size).toBe(0);
  });

  it.each(['type Query { a: Int }', SUPERGRAPH.replaceAll('@join__graph', '@other')])(
    'refuses what is no supergraph',
    (text) => {
      expect(() => readSupergraph(text)).toThrow('not a Federation 2 supergraph');
    },
  );
});

describe('nameOf', () => {
  const AUTHENTICATED = { url: 'https://specs.apollo.dev/authenticated/', directive: 'authenticated' };
  it.each([
    ['imported', PUBLIC, 'https://fachverbund.example/words/v1.0", import: ["@public"]', 'public'],
    ['renamed', PUBLIC, 'https://fachverbund.example/words/v2.3", import: [{ name: "@public", as: "@open" }]', 'open'],
    ['imported among others', PUBLIC, 'https://fachverbund.example/words/v1.0", import: ["@x", "@public"]', 'public'],
    ['not imported', PUBLIC, 'https://fachverbund.example/words/v1.0"', 'words__public'],
    ['under another prefix', PUBLIC, 'https://fachverbund.example/words/v1.0", as: "w"', 'w__public'],
    ['the one of its feature', AUTHENTICATED, 'https://specs.apollo.dev/authenticated/v0.1"', 'authenticated'],
    ['the one of a renamed feature', AUTHENTICATED, 'https://specs.apollo.dev/authenticated/v0.1", as: "z"', 'z'],
    ['not linked', AUTHENTICATED, 'https://specs.apollo.dev/policy/v0.1"', null],
  ])('finds a directive that is %s', (_, feature, link, expected) => {
    expect(nameOf(parse(`schema @link(url: "${link}) { query: Query }`), feature)).toBe(expected);
  });
});
