import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { formatCacheControl } from '../../../lib/cache-control.js';
import { hintOfOperation, readDeclaredHint } from '../../../lib/cache-hints.js';
import { createHintSource } from '../../../lib/subgraph/cache-header.js';

const schema = buildSchema(`
  enum CacheControlScope { PUBLIC PRIVATE }
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean, staleWhileRevalidate: Int, staleIfError: Int) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  scalar _Any
  union _Entity = Place | Person | Heir | Cat
  type Query {
    _entities(representations: [_Any!]!): [_Entity]!
    place: Place
    bare: Bare
    dated: Bare @cacheControl(maxAge: 9, scope: PUBLIC)
    me: Person
    thing: Thing
    any: Any
    count: Int
    kept: Int @cacheControl(maxAge: 7, scope: PUBLIC)
    vague: Vague
    unscoped: Int @cacheControl(maxAge: 7)
    heir: Heir
    late: Heir @cacheControl(inheritMaxAge: true)
    pet: Pet @cacheControl(maxAge: 60, scope: PUBLIC)
    pets: Pets
    half: Half
  }
  type Heir @cacheControl(inheritMaxAge: true) { name: String }
  interface Pet @cacheControl(maxAge: 60, scope: PUBLIC) {
    name: String
    chip: String
    never: String
    owner: Person
    weight: Int @cacheControl(maxAge: 2, scope: PRIVATE)
    bare: Bare @cacheControl(maxAge: 60, scope: PUBLIC)
  }
  type Cat implements Pet @cacheControl(maxAge: 60, scope: PUBLIC) {
    name: String
    chip: String @cacheControl(maxAge: 10, scope: PRIVATE)
    never: String @cacheControl(maxAge: 0)
    owner: Person @cacheControl(maxAge: 1)
    weight: Int
    bare: Bare @cacheControl(maxAge: 50)
  }
  type Dog implements Pet { name: String  chip: String  never: String  owner: Person  weight: Int  bare: Bare }
  union Pets @cacheControl(maxAge: 60, scope: PUBLIC) = Cat
  interface Half { name: String }
  type Open implements Half @cacheControl(maxAge: 8, scope: PUBLIC) { name: String }
  type Unsaid implements Half @cacheControl(maxAge: 9) { name: String }
  type Mutation { kept: Place }
  type Place @cacheControl(maxAge: 60, scope: PUBLIC, staleWhileRevalidate: 30, staleIfError: 90) {
    name: String
    news: String @cacheControl(maxAge: 5)
    secret: String @cacheControl(scope: PRIVATE)
    never: String @cacheControl(maxAge: 0)
    bare: Bare
    part: Bare @cacheControl(inheritMaxAge: true)
    head: Person
  }
  type Bare { name: String }
  type Person @cacheControl(maxAge: 3, scope: PRIVATE) { name: String }
  interface Thing { name: String }
  type Good implements Thing @cacheControl(maxAge: 8, scope: PUBLIC) { name: String }
  type Bad implements Thing @cacheControl(maxAge: 4, scope: PRIVATE) { name: String }
  union Any = Place | Bare
  type Vague @cacheControl(maxAge: 6) { name: String }
`);
const hintOf = (operation: string) => hintOfOperation(parse(operation), 'Query', createHintSource(schema));

describe('what is said of an operation', () => {
  it.each([
    ['a type', '{ place { name } }', 'max-age=60, public, stale-while-revalidate=30, stale-if-error=90'],
    ['a field that is shorter, without windows of its own', '{ place { news } }', 'max-age=5, public'],
    [
      'a field about somebody',
      '{ place { secret } }',
      'max-age=60, private, stale-while-revalidate=30, stale-if-error=90',
    ],
    ['a field that may not be kept', '{ place { name never } }', 'no-store'],
    [
      'a field that is kept as long as its place',
      '{ place { part { name } } }',
      'max-age=60, public, stale-while-revalidate=30, stale-if-error=90',
    ],
    ['a field that speaks for its type', '{ dated { name } }', 'max-age=9, public'],
    ['the strictest of two', '{ place { name } me { name } }', 'max-age=3, private'],
    ['the strictest within', '{ place { head { name } } }', 'max-age=3, private'],
    ['what an interface may stand for', '{ thing { name } }', 'max-age=4, private'],
    ['a scalar at the root', '{ kept }', 'max-age=7, public'],
    ['a type that does not say for whom', '{ vague { name } }', 'max-age=6, private'],
    ['a scalar at the root that does not say for whom', '{ unscoped }', 'max-age=7, private'],
    ['what is the same for every type of an interface', '{ pet { name } }', 'max-age=60, public'],
    ['a field of a type that an interface stands for', '{ pet { name chip } }', 'max-age=10, private'],
    ['one that may not be kept', '{ pet { never } }', 'no-store'],
    ['one that returns objects', '{ pet { owner { name } } }', 'max-age=1, private'],
    ['one that does not say for whom', '{ pet { bare { name } } }', 'max-age=50, private'],
    ['one in a fragment', '{ pet { ... { ...f } } } fragment f on Pet { chip }', 'max-age=10, private'],
    ['one of a member of a union', '{ pets { ... on Pet { chip } } }', 'max-age=10, private'],
    ['a field of the interface, asked of its type', '{ pet { ... on Dog { weight } } }', 'max-age=2, private'],
    [
      'entities by their interface',
      '{ _entities(representations: []) { ... on Pet { chip } } }',
      'max-age=10, private',
    ],
    ['types of which one does not say for whom', '{ half { name } }', 'max-age=8, private'],
    [
      'fragments and aliases',
      '{ a: place { ...f } } fragment f on Place { b: news ... { c: secret } }',
      'max-age=5, private',
    ],
    [
      'entities',
      '{ _entities(representations: []) { __typename ... on Place { name } } }',
      'max-age=60, public, stale-while-revalidate=30, stale-if-error=90',
    ],
    [
      'entities of two types',
      '{ _entities(representations: []) { ... on Place { name } ... on Person { name } } }',
      'max-age=3, private',
    ],
  ])('%s', (_, operation, expected) => {
    const { policy, isComplete } = hintOf(operation);
    expect(isComplete).toBe(true);
    expect(formatCacheControl(policy ?? ({ ...hintOf('{ kept }').policy } as never))).toBe(expected);
  });

  it.each([
    ['a type of which nothing is said', '{ bare { name } }'],
    ['one within another', '{ place { bare { name } } }'],
    ['one of several', '{ place { name } bare { name } }'],
    ['a scalar at the root', '{ count }'],
    ['a type that a union may stand for', '{ any { __typename } }'],
    ['entities of such a type', '{ _entities(representations: []) { ... on Bare { name } } }'],
    ['what is kept as long as nothing', '{ heir { name } }'],
    ['a field that is', '{ late { name } }'],
    ['entities that are', '{ _entities(representations: []) { ... on Heir { name } } }'],
    ['a mutation', 'mutation { kept { name } }'],
    ['two operations', 'query A { kept } query B { kept }'],
    ['nothing but the type name', '{ __typename }'],
  ])('is not enough for %s', (_, operation) => {
    expect(hintOf(operation).isComplete).toBe(false);
  });
});

it('leaves to the subgraph what the schema says nothing about', () => {
  expect(hintOf('{ count bare { name } }').policy).toBeNull();
});

it('forbids what it cannot understand', () => {
  expect(readDeclaredHint({ maxAge: '60', scope: 'public', staleIfError: 1.5 })).toMatchObject({
    maxAge: 0,
    scope: 'PRIVATE',
    staleIfError: 0,
  });
});
