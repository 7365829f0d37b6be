import type { ApolloServerPlugin } from '@apollo/server';
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { formatCacheControl, UNCACHED } from '../cache-control.js';
import { type DeclaredHint, type HintSource, hintOfOperation, readDeclaredHint } from '../cache-hints.js';

/** Operations whose header is remembered; a gateway sends the same ones again and again. */
const MOST_OPERATIONS = 1000;

/**
 * Says in `Cache-Control` what the schema's `@cacheControl` say of all that was asked for. An answer with an error may
 * not be kept: the next one may be without.
 */
export function cacheHeader(schema: GraphQLSchema): ApolloServerPlugin {
  const source = createHintSource(schema);
  const known = new LRUCache<string, string>({ max: MOST_OPERATIONS });
  const readHeader = (document: DocumentNode): string => {
    const { policy, isComplete } = hintOfOperation(document, schema.getQueryType()?.name ?? 'Query', source);
    return formatCacheControl(isComplete && policy ? policy : UNCACHED);
  };
  return {
    requestDidStart: async () => ({
      async willSendResponse({ document, queryHash = '', response, errors }) {
        if (!document || (errors && errors.length > 0)) {
          response.http.headers.set('cache-control', formatCacheControl(UNCACHED));
          return;
        }
        const header = known.get(queryHash) ?? readHeader(document);
        known.set(queryHash, header);
        response.http.headers.set('cache-control', header);
      },
    }),
  };
}

/** What a subgraph's own schema declares. */
export function createHintSource(schema: GraphQLSchema): HintSource {
  const fieldOf = (type: string, field: string) => {
    const owner = schema.getType(type);
    return isObjectType(owner) || isInterfaceType(owner) ? owner.getFields()[field] : undefined;
  };
  return {
    ofField: (type, field) => readHint(fieldOf(type, field)?.astNode?.directives),
    ofType(name) {
      const type = schema.getType(name);
      return readHint([type?.astNode, ...(type?.extensionASTNodes ?? [])].flatMap((node) => node?.directives ?? []));
    },
    compositeOf(type, field) {
      const found = fieldOf(type, field);
      const named = found && getNamedType(found.type);
      return named && isCompositeType(named) ? named.name : null;
    },
    possibleTypes(name) {
      const type = schema.getType(name);
      return isAbstractType(type) ? schema.getPossibleTypes(type).map((possible) => possible.name) : [];
    },
    interfacesOf(name) {
      const type = schema.getType(name);
      return isObjectType(type) ? type.getInterfaces().map((one) => one.name) : [];
    },
  };
}

function readHint(directives: readonly ConstDirectiveNode[] | undefined): DeclaredHint | undefined {
  const node = directives?.find(({ name }) => name.value === 'cacheControl');
  if (!node) return undefined;
  const args = (node.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)] as const);
  return readDeclaredHint(Object.fromEntries(args));
}
