import { federation2 } from '../test/support/oracle/compose.js';
import type { Scenario } from './scenarios.js';

/**
 * A federation of `count` subgraphs that all know one entity. The operation asks three of them, so that what is
 * measured is what the others cost that are not asked.
 */
export function grown(count: number): Scenario {
  const names = Array.from({ length: count }, (_, index) => `part${index}`);
  const sdl = (name: string, index: number) =>
    federation2(`
      ${index === 0 ? 'type Query { things: [Thing!] }' : ''}
      type Thing @key(fields: "id") { id: ID! ${name}: Detail_${name} ${name}Note(long: Boolean = false): String }
      type Detail_${name} { text: String amount: Int next: Thing inner: Inner_${name} }
      type Inner_${name} { a: String b: Int c: [String!] }
    `);
  return {
    name: `subgraphs-${count}`,
    about: `${count} subgraphs, three of them asked`,
    supergraph: {
      name: `grown${count}`,
      lengths: { 'Query.things': 10 },
      subgraphs: Object.fromEntries(names.map((name, index) => [name, sdl(name, index)])),
    },
    familySize: 20,
    operation: {
      query: `query Grown { things { id part0Note part1 { text amount inner { a b } } part${count - 1} { text amount } } }`,
      variables: {},
    },
  };
}
