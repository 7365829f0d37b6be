import { describe, expect, it } from '@jest/globals';
import { completeSchema } from '../../../../cli/subgraph/check/complete.js';
import { tryCompose } from '../../../../schema/try-compose.js';

const lines = (text: string) => text.split('\n').slice(0, 4);
const composes = (sdl: string) => tryCompose([{ name: 'trees', sdl }], { needsRules: true });

const PLAIN = `type Query { trees: [Tree] @listSize(assumedSize: 50) @public }
type Tree @key(fields: "id") {
  id: ID! @public
  species: String @policy(policies: [["tree.office"]]) }`;
const LINKED = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
type Query { trees: [Tree] }
type Tree @key(fields: "id") { id: ID!
  species: String }`;
const FEDERATION_1 = `type Query { trees: [Tree] }
type Tree @key(fields: "id") { id: ID!, species: String, owner: Owner }
extend type Owner @key(fields: "id") { id: ID! @external, name: String @external
  trees: [Tree] }`;
const RULES =
  'extend type Query { trees: [Tree] @authenticated } extend type Tree @policy(policies: [["tree.office"]]) { id: ID! }';

describe('what a schema leaves out', () => {
  it('is added behind it where it uses the shared words', () => {
    const sdl = completeSchema(PLAIN, null);
    expect(lines(sdl)).toEqual(PLAIN.split('\n'));
    expect(composes(sdl)).toHaveProperty('supergraph');
  });

  it('is the rules of its own file, and imports in its link', () => {
    const sdl = completeSchema(LINKED, RULES);
    expect(lines(sdl)).toEqual([
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@policy", "@authenticated", "@key"])',
      'type Query { trees: [Tree] @authenticated }',
      'type Tree @key(fields: "id") @policy(policies: [["tree.office"]]) { id: ID!',
      '  species: String }',
    ]);
    expect(composes(sdl)).toHaveProperty('supergraph');
  });

  it.each(['extend type Trees @authenticated', 'extend type Tree { specie: String @public }'])(
    'is not guessed: rules of what is not there are refused (%s)',
    (rules) => {
      expect(() => completeSchema(LINKED, rules)).toThrow(/which the schema does not have/);
    },
  );

  it('is Federation 2 where it is written for Federation 1', () => {
    const sdl = completeSchema(
      FEDERATION_1,
      `${RULES} extend type Owner { id: ID! @public, trees: [Tree] @policy(policies: [["tree.office"]]) }`,
    );
    expect(sdl.split('extend schema')[0]).not.toContain('@external');
    expect(composes(sdl)).toHaveProperty('supergraph');
  });

  it.each(['type {', ''])('is nothing where it cannot be read (%j)', (text) => {
    expect(completeSchema(text, RULES)).toBe(text);
  });
});
