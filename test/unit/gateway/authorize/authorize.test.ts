import { describe, expect, it } from '@jest/globals';
import { buildASTSchema, type OperationDefinitionNode, parse } from 'graphql';
import { authorize, createReadDisclosure } from '../../../../gateway/authorize/authorize.js';
import { readSupergraph } from '../../../../gateway/supergraph.js';
import type { Caller } from '../../../../lib/caller.js';

/** Rights under other names than their own, as a supergraph may have them. */
const SUPERGRAPH = readSupergraph(`
  schema
    @link(url: "https://specs.apollo.dev/join/v0.5")
    @link(url: "https://specs.apollo.dev/authenticated/v0.1", as: "login")
    @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", import: [{ name: "@requiresScopes", as: "@scoped" }])
    @link(url: "https://specs.apollo.dev/policy/v0.1")
    @link(url: "https://fachverbund.example/words/v1.0", import: ["@public"]) { query: Query mutation: Mutation }
  enum join__Graph { A @join__graph(name: "a", url: "http://a.invalid") }
  type Query { town: Town @public  person: Person  named: Named @public  mine: Int @login  staff: Int @scoped(scopes: [])  ruled: Int @policy  vault: Vault }
  type Mutation { open: Int @public }
  type Vault @policy { inside: Int }
  interface Named { name: String @public }
  type Town implements Named { name: String @public  mayor: Person }
  type Person implements Named { name: String }
`);
const SCHEMA = buildASTSchema(SUPERGRAPH.document, { assumeValidSDL: true });

const read = (text: string, accessDefault: 'deny' | 'public' = 'deny') => {
  const document = parse(text);
  const definition = document.definitions[0] as OperationDefinitionNode;
  return createReadDisclosure(SUPERGRAPH, accessDefault)({ schema: SCHEMA, document, definition });
};

describe('an operation', () => {
  it.each([
    ['{ town { name } }', true],
    ['{ __typename __schema { queryType { name } } }', true],
    ['{ named { name } }', true],
    ['mutation { open }', true],
    ['{ town { name mayor { name } } }', false],
    ['{ town { name } person { name } }', false],
    ['{ named { ... on Person { name } } }', false],
    ['{ ...f } fragment f on Query { ... on Query { person { __typename } } }', false],
    ['query A { person { name } } query B { town { name } }', false],
    ['query A { town { name } } query B { person { name } }', true],
    ['{ town { name } person @include(if: false) { name } }', false],
    ['{ town: person { name } }', false],
  ])('%s is public: %s', (text, isPublic) => {
    expect(read(text).isPublic).toBe(isPublic);
  });

  it.each([
    ['{ person { name } }', true, false],
    ['{ mine }', false, false],
    ['{ staff }', false, true],
    ['{ ruled }', false, true],
    ['{ vault { inside } }', false, true],
  ])('%s is, where everything is public, public: %s and forbidden: %s', (text, isPublic, isForbidden) => {
    expect(read(text, 'public')).toEqual({ isPublic, isForbidden });
  });

  it('is judged once', () => {
    const document = parse('{ town { name } }');
    const readDisclosure = createReadDisclosure(SUPERGRAPH, 'deny');
    const operation = { schema: SCHEMA, document, definition: document.definitions[0] as OperationDefinitionNode };
    expect(readDisclosure(operation)).toBe(readDisclosure(operation));
  });
});

describe('authorize', () => {
  const caller = { subject: 's', role: 'citizen' } as Caller;

  it.each([
    ['nobody, public', true, false, null, null],
    ['nobody, not public', false, false, null, 'UNAUTHENTICATED'],
    ['nobody, forbidden', true, true, null, 'UNAUTHENTICATED'],
    ['somebody, not public', false, false, caller, null],
    ['somebody, forbidden', false, true, caller, 'FORBIDDEN'],
  ])('%s', (_, isPublic, isForbidden, who, code) => {
    const decide = () => authorize({ isPublic, isForbidden }, who);
    if (code === null) expect(decide).not.toThrow();
    else expect(decide).toThrow(expect.objectContaining({ code }));
  });
});
