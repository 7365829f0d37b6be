import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { stripFeatures } from '../../../../gateway/plan/strip-features.js';

const compose = (...typeDefs: string[]): string =>
  composeServices(
    typeDefs.map((text, index) => ({ name: `s${index}`, url: 'http://a.invalid', typeDefs: parse(text) })),
  ).supergraphSdl ?? '';

const LINK = (...imports: string[]) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: [${['"@key"', '"@shareable"', ...imports].join(' ')}])`;

it.each([
  [
    'rights',
    [
      `${LINK('"@authenticated"', '"@requiresScopes"', '"@policy"')} type Query { a: Int @authenticated b: Int @requiresScopes(scopes: [["s"]]) c: C } type C @policy(policies: [["p"]]) { d: Int }`,
    ],
  ],
  [
    'rights under other names',
    [
      `${LINK('{ name: "@authenticated", as: "@login" }', '{ name: "@policy", as: "@z" }')} type Query { a: Int @login b: Int @z(policies: [["p"]]) }`,
    ],
  ],
  [
    'a context',
    [
      `${LINK('"@context"', '"@fromContext"')} type Query { t: T } type T @key(fields: "id") @context(name: "c") { id: ID! w: Int! u: U } type U @key(fields: "id") { id: ID! x(w: Int @fromContext(field: "$c { w }")): Int }`,
      `${LINK()} type Query { y: Int } type U @key(fields: "id") { id: ID! }`,
    ],
  ],
  ['cache tags', [`${LINK('"@cacheTag"')} type Query { a: Int @cacheTag(format: "x") }`]],
])('makes a supergraph with %s one that the stock gateway loads', (_, typeDefs) => {
  const sdl = compose(...typeDefs);
  expect(sdl).not.toBe('');
  const stripped = stripFeatures(parse(sdl));
  expect(() => Supergraph.build(stripped).apiSchema().toGraphQLJSSchema()).not.toThrow();
  expect(stripped).not.toMatch(/@(authenticated|requiresScopes|policy|login|z|context|cacheTag)\b/);
});

it('leaves alone what the stock gateway knows', () => {
  const sdl = compose(
    `${LINK('"@tag"', '"@inaccessible"')} type Query { a: Int @tag(name: "t") b: Int @inaccessible }`,
  );
  const stripped = stripFeatures(parse(sdl));
  expect(stripped).toContain('@tag(name: "t")');
  expect(stripped).toContain('@inaccessible');
});
