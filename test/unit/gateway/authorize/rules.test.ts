import { describe, expect, it } from '@jest/globals';
import { implies } from '../../../../gateway/authorize/requirements.js';
import { readRules } from '../../../../gateway/authorize/rules.js';
import { readSupergraph } from '../../../../gateway/supergraph.js';

/** Rights under other names than their own, as a supergraph may have them. */
const HEAD = `
  schema
    @link(url: "https://specs.apollo.dev/join/v0.5")
    @link(url: "https://specs.apollo.dev/authenticated/v0.1", as: "login")
    @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", import: [{ name: "@requiresScopes", as: "@scoped" }])
    @link(url: "https://specs.apollo.dev/policy/v0.1", import: ["@policy"])
    @link(url: "https://fachverbund.example/words/v1.0", import: ["@public"]) { query: Query }
  enum join__Graph { A @join__graph(name: "a", url: "http://a.invalid") }
`;
const rulesOf = (sdl: string) => readRules(readSupergraph(HEAD + sdl));
const P = '[["signed in","policy p"]]';
const Q = '[["signed in","policy q"]]';

/** Requirements as text, sorted; `open` and `unmarked` where there are none. */
const show = (sdl: string, coordinate: string): string[] => {
  const { requirements, isMarked } = rulesOf(sdl).ruleOf(coordinate);
  if (requirements.length === 0) return [isMarked ? 'open' : 'unmarked'];
  return requirements.map((requirement) => JSON.stringify(requirement)).sort();
};

describe('the rule of a field', () => {
  const SDL = `
    type Query {
      plain: Int  everybody: Int @public  mine: Int @login  both: Int @login @policy(policies: [["p"]])
      any: Int @scoped(scopes: [["a", "b"], ["c"]])  none: Int @policy(policies: [])  nothing: Int @policy(policies: [[]])
      vault: Vault  vaults: [Vault!]!  score: Score  level: Level  other: Int @authenticated @requiresScopes(scopes: [["x"]])
    }
    type Vault @policy(policies: [["p"]]) { inside: Int  deep: Int @policy(policies: [["q"]]) }
    scalar Score @policy(policies: [["p"]])
    enum Level @policy(policies: [["p"]]) { A }
  `;
  it.each([
    ['none', 'Query.plain', ['unmarked']],
    ['public', 'Query.everybody', ['open']],
    ['of a linked name', 'Query.mine', ['[["signed in"]]']],
    ['several, all of them', 'Query.both', [P, '[["signed in"]]']],
    ['lists, any of which will do', 'Query.any', ['[["signed in","scope a","scope b"],["signed in","scope c"]]']],
    ['no list: nobody', 'Query.none', ['[]']],
    ['an empty list: whoever is signed in', 'Query.nothing', ['[["signed in"]]']],
    ['of the type of its value', 'Query.vault', [P]],
    ['of the type of its values', 'Query.vaults', [P]],
    ['of a scalar', 'Query.score', [P]],
    ['of an enum', 'Query.level', [P]],
    ['of its type', 'Vault.inside', [P]],
    ['of its type beside its own', 'Vault.deep', [P, Q]],
    ['not the words of another link', 'Query.other', ['unmarked']],
    ['of nothing that is there', 'Query.unknown', ['unmarked']],
  ])('%s', (_, coordinate, expected) => {
    expect(show(SDL, coordinate)).toEqual(expected);
  });
});

describe('the rule of an interface or union', () => {
  const SDL = `
    type Query { node: Node  thing: Thing  a: A  bare: Bare }
    interface Node { id: Int  label: Int  own: Int @policy(policies: [["q"]])  open: Int @public }
    interface Bare { x: Int }
    type A implements Node & Bare { id: Int @policy(policies: [["p"]])  label: Int @public  own: Int  open: Int @public  x: Int @public }
    type B implements Node @policy(policies: [["q"]]) { id: Int  label: Int  own: Int  open: Int }
    type C implements Bare { x: Int }
    union Thing = A | B
  `;
  it.each([
    ['all objects: their fields and types', 'Node.id', [P, Q]],
    ['all objects: their types', 'Node.label', [Q]],
    ['a value that may be protected', 'Query.node', [Q]],
    ['a union with such a member', 'Query.thing', [Q]],
    ['an object that names itself has its own alone', 'A.id', [P]],
    ['and is not touched by its siblings', 'A.label', ['open']],
    ['a rule that only the interface has holds for its objects', 'A.own', [Q]],
    ['an unmarked object leaves the interface unmarked', 'Bare.x', ['unmarked']],
  ])('%s', (_, coordinate, expected) => {
    expect(show(SDL, coordinate)).toEqual(expected);
  });

  it('that composition has copied up from an object costs the others nothing', () => {
    const copied = `
      type Query { node: Node }
      interface Node @policy(policies: [["p"]]) { id: Int @policy(policies: [["q", "r"]]) }
      type A implements Node @policy(policies: [["p"]]) { id: Int @policy(policies: [["q"]]) }
      type B implements Node { id: Int @policy(policies: [["r"]]) }`;
    expect(show(copied, 'B.id')).toEqual(['[["signed in","policy r"]]']);
    expect(show(copied, 'A.id')).toEqual([P, Q]);
  });
});

describe('implies', () => {
  it.each([
    [[[['a']]], [['a']], true],
    [[[['a']], [['b']]], [['a', 'b']], true],
    [[[['a'], ['b']]], [['a']], false],
    [[[['a'], ['b']]], [['b'], ['a'], ['c']], true],
    [[[['a', 'c']]], [['a']], true],
    [[], [['a']], false],
    [[[]], [['a']], true],
  ])('%j → %j: %s', (given, requirement, expected) => {
    expect(implies(given, requirement)).toBe(expected);
  });

  it('takes nothing for granted that would be too much to work out', () => {
    const many = Array.from({ length: 20 }, (_, index) => [[`a${index}`], [`b${index}`]]);
    expect(implies(many, [['a0'], ['b0'], ['c']])).toBe(false);
  });
});
