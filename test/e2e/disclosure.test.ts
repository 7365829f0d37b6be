import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { buildSchema, type GraphQLSchema, parse } from 'graphql';
import type { RequestContext } from '../../gateway/context.js';
import { type Answer, compileOperation } from '../../gateway/execute/operation.js';
import { createTypeTable } from '../../gateway/execute/types.js';
import type { FetchSubgraph } from '../../gateway/fetch/subgraph-request.js';
import { findOperation } from '../../gateway/plan/canonical.js';
import { createSupergraphPlanner, type SupergraphPlanner } from '../../gateway/plan/query-planner.js';
import { type Registers, readRegisters } from '../../gateway/registers.js';
import { readSupergraph } from '../../gateway/supergraph.js';
import { pairsOf, withEveryKey } from '../support/disclosed-pairs.js';
import { type Arena, createArena, DEFAULT_ARENA } from '../support/oracle/arena.js';
import type { Operation } from '../support/oracle/engine.js';
import { createFaults, createRun, NO_FAULTS, type Run } from '../support/oracle/faults.js';
import { ledger } from '../support/oracle/supergraphs/ledger.js';
import { media } from '../support/oracle/supergraphs/media.js';
import { municipal } from '../support/oracle/supergraphs/municipal.js';
import { places } from '../support/oracle/supergraphs/places.js';
import { rights } from '../support/oracle/supergraphs/rights.js';
import { shop } from '../support/oracle/supergraphs/shop.js';

/**
 * What an answer says it discloses is what it discloses: random operations over the test supergraphs, every one of them
 * with the whole of its schema personal, held against an answer that carries its keys for everybody to read.
 */
const OPERATIONS = 60;
const LIMITS = { maxEvaluatedPlans: 1000, maxPaths: 10_000 };

jest.setTimeout(120_000);

interface Side {
  readonly planner: SupergraphPlanner;
  readonly registers: Registers | null;
}

describe.each([municipal, shop, media, places, ledger, rights])('over $name', (supergraph) => {
  let arena: Arena;
  let schema: GraphQLSchema;
  let registers: Registers;
  let recording: Side;
  let plain: Side;

  beforeAll(async () => {
    arena = await createArena(supergraph, DEFAULT_ARENA);
    const supergraphFile = readSupergraph(arena.supergraphSdl);
    registers = readRegisters(supergraphFile, (coordinate) => supergraphFile.publicFields.has(coordinate));
    recording = { planner: createSupergraphPlanner(arena.supergraphSdl, LIMITS, registers), registers };
    plain = { planner: createSupergraphPlanner(arena.supergraphSdl, LIMITS), registers: null };
    schema = buildSchema(plain.planner.facts.apiSdl, { assumeValidSDL: true });
  });

  const run = async (side: Side, operation: Operation, faults: Run): Promise<Answer> => {
    const { query: text, operationName } = operation;
    const document = parse(text, { noLocation: true });
    const definition = findOperation(document, operationName);
    if (!definition) throw new Error('no such operation');
    const compiled = compileOperation({
      schema,
      types: createTypeTable(side.planner.facts),
      registers: side.registers,
      document,
      definition,
      plan: async (conditions) =>
        side.planner.plan({ text, operationName, overrides: [], conditions, validate: false }),
    });
    const context: RequestContext = { requestId: 'r', caller: null, signal: new AbortController().signal };
    const fetchSubgraph = askingArena(arena, faults);
    return compiled.execute({ variables: operation.variables, context, fetchSubgraph, onEvent: () => undefined });
  };

  const pairsIn = (data: unknown, { query, operationName, variables }: Operation): string[] =>
    pairsOf(data, {
      query,
      schema,
      registers,
      variables,
      name: findOperation(parse(query), operationName)?.name?.value,
    });

  const seeds = Array.from({ length: OPERATIONS }, (_, seed) => seed);

  it('says of every record exactly the fields that were sent, and answers as if nobody asked', async () => {
    let pairs = 0;
    for (const seed of seeds) {
      const operation = arena.generate(String(seed), true);
      const answer = await run(recording, operation, createRun(NO_FAULTS));
      const bare = await run(plain, operation, createRun(NO_FAULTS));
      expect({ seed, data: answer.data, errors: answer.errors }).toEqual({
        seed,
        data: bare.data,
        errors: bare.errors,
      });
      if (answer.errors.length > 0) continue;
      const query = withEveryKey(operation.query, schema, registers);
      const truth = JSON.parse(JSON.stringify(await arena.monolith.run({ ...operation, query }, createRun(NO_FAULTS))));
      const expected = pairsIn(truth.data, operation);
      expect({ seed, query: operation.query, pairs: shown(answer, registers) }).toEqual({
        seed,
        query: operation.query,
        pairs: expected,
      });
      pairs += expected.length;
    }
    expect(pairs).toBeGreaterThan(OPERATIONS);
  });

  it.each(['field', 'machinery', 'down', 'missing'] as const)(
    'says no more and no less with faults: %s',
    async (kind) => {
      let failed = 0;
      for (const seed of seeds) {
        const plainly = arena.generate(String(seed), true);
        const operation = { ...plainly, query: withEveryKey(plainly.query, schema, registers) };
        const rate = kind === 'down' ? 0.3 : 0.1;
        const answer = await run(recording, operation, createRun(createFaults(kind, `fault ${seed}`, rate)));
        const expected = pairsIn(JSON.parse(answer.data), operation);
        expect({ seed, query: operation.query, pairs: shown(answer, registers) }).toEqual({
          seed,
          query: operation.query,
          pairs: expected,
        });
        failed += Number(answer.errors.length > 0);
      }
      if (kind !== 'missing') expect(failed).toBeGreaterThan(0);
    },
  );
});

const shown = ({ disclosed }: Answer, registers: Registers): string[] =>
  disclosed
    .flatMap(({ type, key, fields }) =>
      fields.map((field) => `${registers.keys.has(type) ? `${type}${JSON.stringify(key)}` : ''} ${field}`),
    )
    .filter((pair, index, all) => all.indexOf(pair) === index)
    .sort();

const askingArena =
  (arena: Arena, run: Run): FetchSubgraph =>
  async ({ subgraph: name, operation, operationName, variables }) => {
    const subgraph = arena.subgraphs.find((other) => other.name === name);
    const sent = JSON.parse(JSON.stringify(variables)) as Record<string, unknown>;
    const { data = null, errors = [] } =
      (await subgraph?.answer({ query: operation, operationName, variables: sent }, run)) ?? {};
    return {
      data,
      errors: errors.map((error) => ({
        ...(error as { message: string; path?: [] }),
        extensions: { code: 'SUBGRAPH_ERROR' },
      })),
    };
  };
