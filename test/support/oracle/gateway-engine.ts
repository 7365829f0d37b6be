import { createHash } from 'node:crypto';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { type ExecutionResult, type GraphQLSchema, getOperationAST, parse } from 'graphql';
import type { Engine } from './engine.js';
import type { Run } from './faults.js';

/**
 * Asks anything behind the gateway interface of @apollo/server the way @apollo/server does.
 *
 * @param toContext What the engine finds in `context`.
 */
export async function createGatewayEngine(
  name: string,
  gateway: GatewayInterface,
  toContext: (run: Run) => object,
): Promise<Engine> {
  let schema: GraphQLSchema | undefined;
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    schema = apiSchema;
  });
  const { executor } = await gateway.load({ apollo: {} });
  if (!executor) throw new TypeError(`${name} has no executor`);
  return {
    name,
    async run({ query, variables, operationName }, run) {
      const request = { query, variables: { ...variables }, operationName };
      const queryHash = createHash('sha256').update(query).digest('hex');
      const document = parse(query);
      const asked = { operationName: operationName ?? null, operation: getOperationAST(document, operationName) };
      const known = { request, queryHash, document, source: query, ...asked };
      const context = { ...known, schema, context: toContext(run), metrics: {}, logger: console, cache: undefined };
      return (await executor(context as unknown as Parameters<typeof executor>[0])) as ExecutionResult;
    },
    close: () => gateway.stop(),
  };
}
