import { ApolloServer } from '@apollo/server';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { RequestContext } from '../../gateway/context.js';
import type { FetchSubgraph } from '../../gateway/fetch/subgraph-request.js';
import {
  type CompiledGateway,
  type CompiledGatewaySettings,
  createCompiledGateway,
} from '../../gateway/plan/compiled-gateway.js';
import { createFederation } from '../support/supergraphs/federation.js';

const context: RequestContext = { requestId: 'r', caller: null, signal: new AbortController().signal };
const log = { debug() {}, info() {}, warn() {}, error() {} };
/** Threads do not inherit how the test runner reads TypeScript, so the planner's runs as it was built. */
const workerUrl = new URL('../../dist/gateway/plan/planner-worker.js', import.meta.url);

const sdlOf = (fields: string): string =>
  createFederation({
    a: { typeDefs: `type Query { me: Me } type Me @key(fields: "id") { id: ID! ${fields} friend: Me self: Me }` },
  }).sdl;

jest.setTimeout(60_000);

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.stop()));
});

const fetchAda: FetchSubgraph = async () => ({ data: { me: { name: 'Ada', age: 36 } }, errors: [] });

async function start(settings: Partial<CompiledGatewaySettings> = {}, fetchSubgraph = fetchAda) {
  const gateway = createCompiledGateway({
    supergraph: { sdl: sdlOf('name: String') },
    log,
    fetchSubgraph,
    settings: { workerUrl, deadlineMs: 20_000, ...settings },
  });
  const server = new ApolloServer<RequestContext>({ gateway });
  await server.start();
  open.push(server);
  const ask = async (query: string) => {
    const { body } = await server.executeOperation({ query }, { contextValue: context });
    return body.kind === 'single' ? body.singleResult : null;
  };
  return { gateway, ask };
}

const QUERY = '{ me { called: name } }';
const isCompiled = (gateway: CompiledGateway, query = QUERY) => gateway.find(query, undefined, context) !== null;

describe('the compiled gateway', () => {
  it('answers through @apollo/server, and by itself what is compiled, with the same bytes', async () => {
    const { gateway, ask } = await start();
    expect(isCompiled(gateway)).toBe(false);
    // However many ask at the same time, it is compiled once.
    const [answer, ...others] = await Promise.all([ask(QUERY), ask(QUERY), ask(QUERY)]);
    expect(others.map((other) => other?.data)).toEqual([answer?.data, answer?.data]);
    const found = gateway.find(QUERY, undefined, context);
    if (!found) throw new Error('not compiled');
    const operation = await gateway.fit(found, context);
    const { data, errors } = await gateway.execute(operation, {}, context);
    expect([JSON.stringify(answer?.data), errors]).toEqual([data, []]);
    expect(data).toBe('{"me":{"called":"Ada"}}');
  });

  it('has the operations in use ready when it takes another supergraph, and keeps its own where that is not fit', async () => {
    const { gateway, ask } = await start();
    await ask(QUERY);
    const before = gateway.schemaHash();
    await expect(gateway.update('type Query { me: Int }')).rejects.toThrow(/supergraph/);
    expect(gateway.schemaHash()).toBe(before);
    await gateway.update(sdlOf('name: String age: Int'));
    expect(gateway.schemaHash()).not.toBe(before);
    expect(isCompiled(gateway)).toBe(true);
    expect((await ask('{ me { age } }'))?.data).toEqual({ me: { age: 36 } });
    await gateway.update(sdlOf('age: Int'));
    expect(isCompiled(gateway)).toBe(false);
  });

  it('refuses an answer that is too long, and gives the next one', async () => {
    const names = ['a'.repeat(2000), 'Ada'];
    const fetchSubgraph = async () => ({ data: { me: { name: names.shift() } }, errors: [] });
    const { ask } = await start({ maxAnswerBytes: 1024 }, fetchSubgraph);
    const answer = await ask(QUERY);
    expect(answer?.data).toBeNull();
    expect(answer?.errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['LIMIT_COST']);
    expect((await ask(QUERY))?.data).toEqual({ me: { called: 'Ada' } });
  });

  it('refuses what takes too long to plan, and plans the next one', async () => {
    const { gateway, ask } = await start({ deadlineMs: 1500 });
    const fragments = Array.from(
      { length: 17 },
      (_, n) => `fragment f${n} on Me { friend { ...f${n + 1} } self { ...f${n + 1} } }`,
    );
    const bomb = `{ me { ...f0 } } ${fragments.join(' ')} fragment f17 on Me { name }`;
    const answer = await ask(bomb);
    expect(answer?.errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['LIMIT_PLANNING']);
    expect((await ask(QUERY))?.data).toEqual({ me: { called: 'Ada' } });
    expect(isCompiled(gateway, bomb)).toBe(false);
  });
});
