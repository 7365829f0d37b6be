import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { createFetchFacts } from '../../../../gateway/cache/fetch-facts.js';
import { createHintOf } from '../../../../gateway/cache/hints.js';
import { Items } from '../../../../gateway/cache/items.js';
import { readSchemaFacts } from '../../../../gateway/cache/schema-facts.js';
import { createTagger } from '../../../../gateway/cache/tagger.js';
import { composeSupergraph, federation2 } from '../../../support/oracle/compose.js';

const SDL = composeSupergraph(
  {
    name: 'library',
    subgraphs: {
      books: federation2(`
        type Query { shelf(ags: String): Shelf  media: [Medium]  page: Page }
        type Page { items: [Shelf!]  count: Int }
        type Shelf @key(fields: "room { no }") { room: Room  title: String  open(ags: String): Boolean }
        type Room { no: ID!  name: String }
        interface Medium @key(fields: "id") { id: ID!  title: String }
        type Book implements Medium @key(fields: "id") @key(fields: "isbn") { id: ID!  isbn: ID!  title: String }
        type Film implements Medium @key(fields: "id") { id: ID!  title: String }
      `),
      stars: federation2('type Medium @key(fields: "id") @interfaceObject { id: ID!  stars: Int }'),
    },
  },
  (name) => `http://${name}.invalid/`,
);
const schema = readSchemaFacts(parse(SDL));
const tagger = createTagger(schema);
const publicFields = new Set<string>();
const factsOf = createFetchFacts({
  schemaHash: 'h',
  schema,
  hintOf: createHintOf(schema),
  publicFields,
  isPersonal: () => false,
});

function tagsOf(
  subgraph: string,
  operation: string,
  value: unknown,
  variables: Readonly<Record<string, unknown>> = {},
) {
  const request = { subgraph, kind: 'query', operation, operationName: undefined, variables } as const;
  return new Set(new Items(request, factsOf(request)).tagsOf(value, 0, tagger));
}

describe('the tags of an answer', () => {
  it('take a field for what it is, whatever it is called', () => {
    const tags = tagsOf('books', '{ shelf { room { no: name name: no } } }', {
      shelf: { room: { no: 'x', name: '7' } },
    });
    expect(tags).toContain('entity:Shelf:{"room":{"no":"7"}}');
    expect(tags).not.toContain('entity:Shelf:{"room":{"no":"x"}}');
  });

  it('take a field for what it is in the type at hand', () => {
    const query = '{ media { __typename ... on Book { id: title isbn } ... on Film { id } } }';
    const tags = tagsOf('books', query, { media: [{ __typename: 'Book', id: 'x', isbn: '3' }] });
    expect(tags).toContain('entity:Book:{"isbn":"3"}');
    expect(tags).toContain('?entity:Book id');
    expect([...tags].filter((tag) => tag.includes('"x"'))).toEqual([]);
  });

  it('name every type that a record may be of', () => {
    const representations = [{ __typename: 'Medium', id: '1' }];
    const query =
      'query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Medium { stars } } }';
    expect(tagsOf('stars', query, { stars: 5 }, { representations })).toEqual(
      new Set([
        ...['Medium', 'Book', 'Film'].flatMap((type) => [`type:${type}`, `entity:${type}:{"id":"1"}`]),
        '?entity:Book isbn',
      ]),
    );
  });

  it.each([
    ['nothing', { page: null }],
    ['an empty page', { page: { items: [] } }],
  ])('name what might be where there is %s', (_, value) => {
    const tags = tagsOf('books', '{ page { items { title } } }', value);
    expect(tags).toEqual(new Set(['type:Page', 'type:Shelf', '?municipality:', '?entity:Shelf room{no}']));
  });

  it('name the records of a page that shows none', () => {
    expect(tagsOf('books', '{ page { count } }', { page: { count: 1 } })).toContain('type:Shelf');
  });

  it('name the municipalities that arguments name, at any depth', () => {
    const query = 'query($a: String) { shelf(ags: "10045114") { open(ags: $a) } }';
    const tags = tagsOf('books', query, { shelf: { open: true } }, { a: '10041101' });
    expect([...tags].filter((tag) => tag.includes('municipality')).sort()).toEqual([
      'municipality:10041101',
      'municipality:10045114',
    ]);
  });

  it('are few, however many records do not say what they are', () => {
    const media = Array.from({ length: 1000 }, (_, index) => ({ __typename: 'Book', title: `title ${index}` }));
    expect(tagsOf('books', '{ media { __typename title } }', { media }).size).toBeLessThan(10);
  });
});
