import { describe, expect, it } from '@jest/globals';
import { createSupergraphPlanner } from '../../../../gateway/plan/query-planner.js';
import { AppError } from '../../../../lib/errors.js';
import { composeSupergraph, federation2 } from '../../../support/oracle/compose.js';

const node = (own: string) =>
  federation2(`
    type Query { start: Node @shareable }
    type Node @key(fields: "id") {
      id: ID!
      value: String @shareable
      next: Node @shareable
      prev: Node @shareable
      ${own}: String
    }
  `);

/** Every field of a tree of that depth can come from three subgraphs. */
const tree = (depth: number): string =>
  `{ a b c value ${depth === 0 ? '' : `next ${tree(depth - 1)} prev ${tree(depth - 1)}`} }`;

const path = (depth: number): string => (depth === 0 ? '{ a b c value }' : `{ next ${path(depth - 1)} }`);

describe('a planner with limits', () => {
  it('answers or refuses long ways over fields that three subgraphs share, soon', () => {
    const subgraphs = { a: node('a'), b: node('b'), c: node('c') };
    const sdl = composeSupergraph({ name: 'nodes', subgraphs }, (name) => `http://${name}`);
    const planner = createSupergraphPlanner(sdl, { maxEvaluatedPlans: 1000, maxPaths: 10_000 });
    const plan = (text: string) => {
      const before = process.cpuUsage();
      try {
        planner.plan({ text, operationName: undefined, overrides: [], conditions: new Map(), validate: false });
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'LIMIT_PLANNING') throw error;
      }
      return process.cpuUsage(before).user / 1000;
    };
    plan('{ start { a } }');
    // Some 200 ms of computing; the bound leaves room for a machine that is slower and busy.
    for (const selection of [tree(4), tree(6), path(12), path(40)])
      expect(plan(`{ start ${selection} }`)).toBeLessThan(1500);
  });
});
