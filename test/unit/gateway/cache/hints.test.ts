import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { createHintOf } from '../../../../gateway/cache/hints.js';
import { lifetimeFor } from '../../../../gateway/cache/lifetime.js';
import { readSchemaFacts } from '../../../../gateway/cache/schema-facts.js';
import { readSupergraph } from '../../../../gateway/supergraph.js';
import { composeWithCacheHints } from '../../../../schema/compose-services.js';

const FEDERATION =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';
const OWN = `${FEDERATION}
  enum CacheControlScope { PUBLIC PRIVATE }
  directive @cacheControl(maxAge: Int, scope: CacheControlScope) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  directive @cacheTag(format: String!) repeatable on FIELD_DEFINITION | OBJECT`;

const compose = (...schemas: string[]) => {
  const services = schemas.map((sdl, index) => ({ name: `s-${index}`, url: 'http://x.invalid', typeDefs: parse(sdl) }));
  const { supergraphSdl, errors = [], hints = [] } = composeWithCacheHints(services);
  expect([...errors, ...hints].map(({ message }) => message)).toEqual([]);
  return supergraphSdl ?? '';
};
const factsOf = (sdl: string) => readSchemaFacts(readSupergraph(sdl).document);

describe('hints', () => {
  const sdl = compose(
    `${OWN} type Query { a: Person } type Person @key(fields: "id") @cacheControl(maxAge: 300, scope: PUBLIC) { id: ID! a: Int }`,
    `${OWN} type Person @key(fields: "id") @cacheControl(maxAge: 5, scope: PRIVATE) @cacheTag(format: "person:{$key.id}") @cacheTag(format: "x") { id: ID! b: Int }`,
  );
  const hintOf = createHintOf(factsOf(sdl));

  it('of each subgraph are its own', () => {
    const entity = (field: string) =>
      `query($r: [_Any!]!) { _entities(representations: $r) { ... on Person { ${field} } } }`;
    expect(hintOf('s-0', entity('a'))).toMatchObject({ policy: { maxAgeSeconds: 300, scope: 'PUBLIC' } });
    expect(hintOf('s-1', entity('b'))).toMatchObject({ policy: { maxAgeSeconds: 5, scope: 'PRIVATE' } });
    expect(hintOf('s-2', entity('b'))).toEqual({ policy: null, isComplete: false });
  });

  it('leave nothing else behind in the supergraph', () => {
    expect(sdl).not.toContain('CacheControlScope');
    expect(sdl).not.toContain('@cacheControl');
    expect(factsOf(sdl).formats.get('s-1')?.get('Person')).toEqual(['person:{$key.id}', 'x']);
  });

  it('that federation composes are read as well', () => {
    const tagged = sdl.replace('name: "cacheTag"', 'name: "federation__cacheTag"');
    expect(tagged).not.toBe(sdl);
    expect(factsOf(tagged).formats.get('s-1')?.get('Person')).toEqual(['person:{$key.id}', 'x']);
  });

  it('of every type that an interface stands for count', () => {
    const pets = compose(
      `${OWN} type Query { pet: Pet }
      interface Pet @cacheControl(maxAge: 600, scope: PUBLIC) { chip: String  size: Int @cacheControl(maxAge: 7) }
      type Cat implements Pet { chip: String @cacheControl(maxAge: 10, scope: PRIVATE)  size: Int }
      type Dog implements Pet { chip: String  size: Int }`,
    );
    const hintOf = createHintOf(factsOf(pets));
    expect(hintOf('s-0', '{ pet { chip } }').policy).toMatchObject({ maxAgeSeconds: 10, scope: 'PRIVATE' });
    expect(hintOf('s-0', '{ pet { ... on Dog { size } } }').policy).toMatchObject({ maxAgeSeconds: 7 });
  });

  it.each([
    ['schema { query: RootQuery }', 'type RootQuery'],
    ['extend schema { query: RootQuery }', 'type RootQuery { other: Int } extend type RootQuery'],
  ])('of a root type of another name (%s) are found', (schema, type) => {
    const sdl = compose(`${OWN} ${schema} ${type} {
      a: Int @cacheControl(maxAge: 20, scope: PRIVATE) @cacheTag(format: "a") }`);
    expect(createHintOf(factsOf(sdl))('s-0', '{ a }')).toMatchObject({
      policy: { maxAgeSeconds: 20, scope: 'PRIVATE' },
      isComplete: true,
    });
    expect(factsOf(sdl).formats.get('s-0')?.get('Query.a')).toEqual(['a']);
    // As a foreign composer may leave it.
    const renamed = sdl.replace('query: Query', 'query: RootQuery').replace('type Query', 'type RootQuery');
    expect(renamed).not.toBe(sdl);
    expect(factsOf(renamed).hints).toEqual(factsOf(sdl).hints);
    expect(factsOf(renamed).formats).toEqual(factsOf(sdl).formats);
  });

  it('that somebody else has composed into one forbid and never allow', () => {
    const foreign = sdl
      .replaceAll(/^\s+@join__directive\(.*\)$/gm, '')
      .replace(/type Person\n/, 'type Person @cacheControl(maxAge: 60, scope: PRIVATE)\n');
    const hint = createHintOf(factsOf(foreign))('s-0', '{ a { id } }');
    expect(hint).toMatchObject({ policy: { maxAgeSeconds: 60, scope: 'PRIVATE' }, isComplete: false });
    expect(lifetimeFor(hint, null)).toBeNull();
    expect(lifetimeFor(hint, 'public, max-age=300')).toMatchObject({ freshMs: 30_000, isPublic: false });
  });
});
