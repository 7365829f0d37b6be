import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestListener } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError } from 'graphql';
import { AppError, ERROR_CODES, isErrorCode } from '../lib/errors.js';
import type { Log } from '../lib/log.js';
import type { Audit } from './audit/audit.js';
import type { ResponseCache } from './cache/response-cache.js';
import type { HostContext } from './context.js';
import { createDocumentStore } from './document-store.js';
import type { Engine } from './engine.js';
import type { Explanation } from './explanation.js';
import { isLegacyClient } from './media-type.js';
import type { Operation } from './operation.js';
import { createRecall, type Recall } from './recall.js';
import { Refusal, refusalHeadersOf, refuse } from './refuse.js';

/**
 * A phase between reading an operation and running it.
 *
 * @throws AppError or Refusal where the request ends here.
 */
export type Phase = (
  operation: Operation,
  request: { readonly context: HostContext; readonly method: string },
) => Promise<void> | null | void;

export interface HostParts {
  readonly engine: Engine;
  /** In the order they are gone through. */
  readonly phases: readonly Phase[];
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly formatRefusal: (error: unknown) => GraphQLFormattedError[] | null;
  readonly isIntrospectable: boolean;
  /** See `gateway/limits`. */
  readonly costLimit: number;
  /** Absent or `null`: nobody records who was told what. */
  readonly audit?: Audit | null;
  /** Absent or `null`: no finished answer is kept. */
  readonly responses?: ResponseCache | null;
  readonly log: Log;
}

/** Whoever sends it is told what the operation was estimated to cost. */
const COST_HEADER = 'x-cost';

/** Of a document that does not fit: who reads the first five mends the rest. */
const MOST_ERRORS = 5;
const MOST_SELECTIONS = 10_000;

/** The @apollo/server around the engine: it parses, validates and asks the phases; nothing of it calls home. */
export function createHost({
  engine,
  phases,
  formatError,
  formatRefusal,
  isIntrospectable,
  costLimit,
  audit = null,
  responses = null,
  log,
}: HostParts) {
  return new ApolloServer<HostContext>({
    gateway: engine,
    introspection: isIntrospectable,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    documentStore: createDocumentStore(),
    csrfPrevention: true,
    // Fragments that double: a backstop, because the planner writes them all out.
    maxRecursiveSelections: MOST_SELECTIONS,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    formatError,
    logger: quietly(log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      substitute(),
      admit(phases, audit),
      answer({ formatRefusal, costLimit, audit, responses }),
      report(log, formatError),
    ],
  });
}

/** Puts the text of a registered document in the place of its id. */
const substitute = (): ApolloServerPlugin<HostContext> => ({
  async requestDidStart({ request, contextValue: { document } }) {
    if (document === undefined) return;
    request.query = document;
    delete request.extensions;
  },
});

/** Sends an operation through the phases; one hook, because hooks of several plugins run side by side. */
const admit = (phases: readonly Phase[], audit: Audit | null): ApolloServerPlugin<HostContext> => ({
  requestDidStart: async () => ({
    async didResolveOperation({ schema, document, operation, request, contextValue, queryHash }) {
      if (!operation) throw refuse(new AppError('OPERATION_NOT_FOUND'));
      contextValue.facts.operation = queryHash.slice(0, 12);
      contextValue.facts.kind = operation.operation;
      const given = { schema, document, definition: operation, variables: request.variables ?? {} };
      try {
        for (const phase of phases)
          await phase(given, { context: contextValue, method: request.http?.method ?? 'POST' });
      } catch (error) {
        await audit?.recordRefusal(given, contextValue, error);
        throw refuse(error);
      }
    },
  }),
});

/** Gives an answer without data its status, and a refusal with several errors all of them. */
const answer = ({
  formatRefusal,
  costLimit,
  audit = null,
  responses = null,
}: Pick<HostParts, 'formatRefusal' | 'costLimit' | 'audit' | 'responses'>): ApolloServerPlugin<HostContext> => ({
  requestDidStart: async () => answerOne({ formatRefusal, costLimit, audit, recall: createRecall(responses) }),
});

interface AnswerParts extends Pick<HostParts, 'formatRefusal' | 'costLimit'> {
  readonly audit: Audit | null;
  readonly recall: Recall;
}

function answerOne({ formatRefusal, costLimit, audit, recall }: AnswerParts): GraphQLRequestListener<HostContext> {
  return {
    responseForOperation: (requestContext) => recall.find(requestContext),
    async willSendResponse(requestContext) {
      const { response, errors: thrown = [], request, contextValue, schema, document, operation } = requestContext;
      if (response.body.kind !== 'single') return;
      const result = response.body.singleResult;
      if (audit && document && operation && result.data !== undefined) {
        const asked = { schema, document, definition: operation, variables: request.variables ?? {} };
        const { disclosed } = contextValue;
        const refusal = await audit.record({ context: contextValue, operation: asked, disclosed });
        if (refusal) {
          delete result.data;
          result.errors = [{ message: refusal.message, extensions: refusal.extensions }];
          for (const [name, value] of Object.entries(refusalHeadersOf(refusal))) response.http.headers.set(name, value);
        }
      }
      if (result.data === undefined) {
        result.errors = formatRefusal(thrown[0]) ?? (result.errors ?? []).slice(0, MOST_ERRORS);
        const isLegacy = isLegacyClient(request.http?.headers.get('accept'));
        response.http.status = isLegacy && isOfDocument(thrown[0], result.errors) ? 200 : statusOf(result.errors);
      }
      recall.finish(requestContext, response);
      const { facts, explaining } = contextValue;
      const cost = facts.cost === null ? null : { estimated: facts.cost, limit: costLimit };
      if (cost && request.http?.headers.has(COST_HEADER)) result.extensions = { ...result.extensions, cost };
      if (explaining) {
        const cache = response.http.headers.get('cache-status') ?? null;
        result.extensions = { ...result.extensions, explain: { ...explaining, cost, cache } satisfies Explanation };
      }
      facts.codes = [...new Set((result.errors ?? []).map(({ extensions }) => String(extensions?.code)))];
    },
  };
}

const statusOf = (errors: readonly GraphQLFormattedError[] = []): number => {
  const code = errors[0]?.extensions?.code;
  return isErrorCode(code) ? ERROR_CODES[code].status : 500;
};

function isOfDocument(thrown: unknown, errors: readonly GraphQLFormattedError[] = []): boolean {
  const original = (thrown as { originalError?: unknown } | undefined)?.originalError;
  if (original instanceof Refusal) return original.isOfCoercion;
  return errors.every(({ extensions }) => /^GRAPHQL_(PARSE|VALIDATION)_FAILED$/.test(String(extensions?.code)));
}

/** What nobody expected goes to the log in full, and to the client as `INTERNAL`. */
const report = (log: Log, formatError: HostParts['formatError']): ApolloServerPlugin<HostContext> => ({
  requestDidStart: async () => ({
    async didEncounterErrors({ errors, contextValue: { requestId } }) {
      for (const error of errors) {
        const isMasked = formatError(error.toJSON(), error).extensions?.code === 'INTERNAL';
        const isSubgraphs = error.extensions.code === 'INTERNAL' && !error.originalError;
        const cause = error.originalError?.stack ?? error.stack;
        if (isMasked && !isSubgraphs) log.error({ requestId, cause }, 'unexpected failure');
      }
    },
  }),
  async unexpectedErrorProcessingRequest({ requestContext, error }) {
    log.error({ requestId: requestContext.contextValue.requestId, cause: error.stack }, 'unexpected failure');
  },
});

const quietly = (log: Log) => ({
  debug: () => undefined,
  info: () => undefined,
  warn: (message: unknown) => log.warn({ message: String(message) }, 'host'),
  error: (message: unknown) => log.error({ message: String(message) }, 'host'),
});
