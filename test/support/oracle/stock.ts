import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { type DocumentNode, Kind, parse, print, visit } from 'graphql';
import type { Engine } from './engine.js';
import type { Run } from './faults.js';
import { createGatewayEngine } from './gateway-engine.js';
import type { TestSubgraph } from './subgraph.js';

/** Features that the stock gateway refuses to load and that change nothing for a caller who has every right. */
const RIGHTS = ['authenticated', 'requiresScopes', 'policy'];

/** The stock gateway, in this process, over the same subgraphs. */
export async function createStock(supergraphSdl: string, subgraphs: readonly TestSubgraph[]): Promise<Engine> {
  // Read by the gateway's constructor; otherwise it opens a connection to its maker.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
  const gateway = new ApolloGateway({
    supergraphSdl: withoutRights(supergraphSdl),
    buildService: ({ name }) => toDataSource(subgraphs.find((subgraph) => subgraph.name === name)),
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  return createGatewayEngine('stock', gateway, (run) => run);
}

/** Removes the directives of rights, their definitions and their links. */
export function withoutRights(supergraphSdl: string): string {
  const document: DocumentNode = visit(parse(supergraphSdl), {
    DirectiveDefinition: ({ name }) => (RIGHTS.includes(name.value) ? null : undefined),
    ScalarTypeDefinition: ({ name }) => (/^(requiresScopes|policy)__/.test(name.value) ? null : undefined),
    Directive(node) {
      const [first] = node.arguments ?? [];
      const url = first?.value.kind === Kind.STRING ? first.value.value : '';
      const isLink = node.name.value === 'link' && RIGHTS.some((name) => url.includes(`/${name}/`));
      return isLink || RIGHTS.includes(node.name.value) ? null : undefined;
    },
  });
  return print(document);
}

function toDataSource(subgraph: TestSubgraph | undefined): GraphQLDataSource {
  if (!subgraph) throw new TypeError('the supergraph names an unknown subgraph');
  return {
    process: async ({ request, context }) => {
      const query = { query: request.query ?? '', variables: request.variables, operationName: request.operationName };
      const answer = await subgraph.answer(query, context as unknown as Run);
      return answer as Awaited<ReturnType<GraphQLDataSource['process']>>;
    },
  };
}
