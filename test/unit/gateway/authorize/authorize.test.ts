import { describe, expect, it } from '@jest/globals';
import { buildASTSchema, type OperationDefinitionNode, parse } from 'graphql';
import { createAuthorize } from '../../../../gateway/authorize/authorize.js';
import { readPolicies } from '../../../../gateway/authorize/policies.js';
import { readRules } from '../../../../gateway/authorize/rules.js';
import { readSupergraph } from '../../../../gateway/supergraph.js';
import type { Caller } from '../../../../lib/caller.js';
import { someCaller } from '../../../support/some-caller.js';

const SUPERGRAPH = readSupergraph(`
  schema
    @link(url: "https://specs.apollo.dev/join/v0.5")
    @link(url: "https://specs.apollo.dev/authenticated/v0.1")
    @link(url: "https://specs.apollo.dev/policy/v0.1")
    @link(url: "https://fachverbund.example/words/v1.0", import: ["@public"]) { query: Query mutation: Mutation }
  enum join__Graph { A @join__graph(name: "a", url: "http://a.invalid") }
  type Query { town: Town @public  person: Person  named: Named  mine: Int @authenticated  own: Own @policy(policies: [["own"]])  files: File @policy(policies: [["files"]]) }
  type Mutation { open: Int @public }
  type Own @policy(policies: [["own"]]) { a: Int  b: Int @policy(policies: [["files"]]) }
  type File @policy(policies: [["files"]]) { a: Int }
  interface Named { name: String }
  type Town implements Named { name: String @public  mayor: Person }
  type Person implements Named { name: String }
`);
const SCHEMA = buildASTSchema(SUPERGRAPH.document, { assumeValidSDL: true });
const POLICIES = readPolicies(`
refused: [operator]
grants:
  - { policies: [own], role: citizen, trustLevel: hoch, law: a }
  - { policies: [files], role: caseworker, purposes: [p], fileReference: needed, law: b }
`);

const read = (text: string) => {
  const document = parse(text);
  return { schema: SCHEMA, document, definition: document.definitions[0] as OperationDefinitionNode };
};
const authorizeBy = (accessDefault: 'deny' | 'public' = 'deny') =>
  createAuthorize({ rules: readRules(SUPERGRAPH), policies: POLICIES, accessDefault });
const authorize = authorizeBy();

describe('an operation', () => {
  it.each([
    ['{ town { name } }', true],
    ['{ __typename __schema { queryType { name } } }', true],
    ['mutation { open }', true],
    ['{ town { name mayor { name } } }', false],
    ['{ town { name } person { name } }', false],
    ['{ named { name } }', false],
    ['{ named { ... on Person { name } } }', false],
    ['{ ...f } fragment f on Query { ... on Query { person { __typename } } }', false],
    ['query A { person { name } } query B { town { name } }', false],
    ['query A { town { name } } query B { person { name } }', true],
    ['{ town { name } person @include(if: false) { name } }', false],
    ['{ town: person { name } }', false],
    ['{ mine }', false],
  ])('%s is public: %s', (text, isPublic) => {
    expect(authorize.isPublic(read(text))).toBe(isPublic);
  });

  it('asks for nothing beside the rules where everything else is public', () => {
    expect(authorizeBy('public').isPublic(read('{ person { name } named { name } }'))).toBe(true);
    expect(authorizeBy('public').isPublic(read('{ person { name } mine }'))).toBe(false);
  });
});

describe('a decision', () => {
  const decide = (text: string, facts: Partial<Caller>) => {
    const { denied, isRefused } = authorize.decide(read(text), someCaller(facts));
    return { denied: [...denied].map(([coordinate, { code }]) => `${coordinate} ${code}`), isRefused };
  };
  const clerk: Partial<Caller> = { role: 'caseworker', purpose: 'p', fileReference: 'AZ 1' };
  const low = 'INSUFFICIENT_TRUST_LEVEL';

  it.each<[string, string, Partial<Caller>, string[], boolean]>([
    ['nothing', '{ mine town { name } }', {}, [], false],
    [
      'what nobody has decided about',
      '{ person { name } }',
      {},
      ['Query.person FORBIDDEN', 'Person.name FORBIDDEN'],
      false,
    ],
    ['a field below', '{ own { a b } }', { role: 'citizen', trustLevel: 'hoch' }, ['Own.b FORBIDDEN'], false],
    [
      'for the level',
      '{ own { a b } }',
      { role: 'citizen' },
      [`Query.own ${low}`, `Own.a ${low}`, 'Own.b FORBIDDEN'],
      false,
    ],
    [
      'the whole: purpose',
      '{ town { name } files { a } }',
      { ...clerk, purpose: null },
      ['Query.files FORBIDDEN', 'File.a FORBIDDEN'],
      true,
    ],
    [
      'the whole: file',
      '{ files { a } }',
      { ...clerk, fileReference: null },
      ['Query.files FORBIDDEN', 'File.a FORBIDDEN'],
      true,
    ],
    [
      'not the whole: another purpose',
      '{ files { a } }',
      { ...clerk, purpose: 'q' },
      ['Query.files FORBIDDEN', 'File.a FORBIDDEN'],
      false,
    ],
    [
      'the whole: the role',
      '{ own { a } files { __typename } }',
      { role: 'operator' },
      ['Query.own FORBIDDEN', 'Own.a FORBIDDEN', 'Query.files FORBIDDEN'],
      true,
    ],
    [
      'not the whole: something is public',
      '{ town { name } own { a } }',
      { role: 'operator' },
      ['Query.own FORBIDDEN', 'Own.a FORBIDDEN'],
      false,
    ],
    ['through __typename', '{ own { __typename } }', {}, ['Query.own FORBIDDEN'], false],
  ])('denies %s', (_, text, facts, denied, isRefused) => {
    expect(decide(text, facts)).toEqual({ denied, isRefused });
  });

  it('tells the level that would do', () => {
    const { denied } = authorize.decide(read('{ own { a } }'), someCaller({ role: 'citizen', trustLevel: 'normal' }));
    expect(denied.get('Query.own')).toEqual({
      code: 'INSUFFICIENT_TRUST_LEVEL',
      message: 'A login with a higher trust level is needed.',
      detail: { requiredTrustLevel: 'hoch', requiredAcr: 'STORK-QAA-Level-4' },
    });
  });

  it('is made once for equal rights, and has no variant where nothing is denied', () => {
    const operation = read('{ own { a b } mine }');
    const [one, same] = ['x', 'y'].map((subject) => authorize.decide(operation, someCaller({ subject })));
    expect(same).toBe(one);
    expect(authorize.decide(read('{ mine }'), someCaller()).variant).toBe('');
  });

  it('has equal variants exactly where the same is denied in the same way', () => {
    const variant = (text: string, facts: Partial<Caller>) => authorize.decide(read(text), someCaller(facts)).variant;
    const hoch: Partial<Caller> = { role: 'citizen', trustLevel: 'hoch' };
    expect(variant('{ own { b a } }', hoch)).toBe(variant('{ own { a b } }', hoch));
    const all = [
      variant('{ own { a b } }', hoch),
      variant('{ own { a b } }', { role: 'citizen' }),
      variant('{ own { a b } }', {}),
    ];
    expect(new Set(all).size).toBe(3);
  });

  it('lets nobody in without a token to what is not public', () => {
    for (const text of ['{ mine }', '{ own { a } }', '{ town { name mayor { name } } }'])
      expect(() => authorize.decide(read(text), null)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
    expect(authorize.decide(read('{ town { name } }'), null).denied.size).toBe(0);
  });
});
