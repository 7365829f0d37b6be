import type { Log } from '../lib/log.js';
import type { BySchema } from './by-schema.js';
import { createRunCurrent } from './cache/overtaken.js';
import type { ResponseCache } from './cache/response-cache.js';
import type { Data } from './data.js';
import type { Engine } from './engine.js';
import type { FetchSubgraph } from './fetch/subgraph-request.js';
import type { SchemaParts } from './phases.js';
import { createApolloEngine } from './plan/apollo.js';
import { type CompiledGateway, createCompiledGateway } from './plan/compiled-gateway.js';
import type { GatewaySettings } from './settings.js';
import type { Supergraph } from './supergraph.js';

/** What plans and runs operations, and the finished answers that spare it the work. */
export interface Running {
  readonly engine: Engine;
  /** The same engine for our own HTTP path; `null`: it is the stock one, which has none. */
  readonly compiled: CompiledGateway | null;
  /** `null`: no finished answers are kept. */
  readonly responses: ResponseCache | null;
}

export interface RunningParts {
  readonly settings: GatewaySettings;
  readonly supergraph: Supergraph;
  readonly parts: BySchema<SchemaParts>;
  readonly data: Data;
  readonly log: Log;
}

/** From the first schema on, each that the engine takes is the one that new operations are judged by. */
export function createRunning({ settings, supergraph, parts, data, log }: RunningParts): Running {
  const { caches, keeping } = data;
  const runCurrent = createRunCurrent({ caches, taggerOf: (schema) => keeping.taggerOf(parts.of(schema).supergraph) });
  const fetchSubgraph: FetchSubgraph = (request, context) =>
    (context.schema ? parts.of(context.schema) : parts.current()).fetchSubgraph(request, context);
  const readRegisters = settings.AUDIT === 'on' ? (sdl: string) => parts.prepare(sdl).registers : null;
  const compiled =
    settings.ENGINE === 'compiled'
      ? createCompiledGateway({
          supergraph,
          fetchSubgraph,
          log,
          settings: {
            readRegisters,
            deadlineMs: settings.PLANNING_DEADLINE_MS,
            maxAnswerBytes: settings.ANSWER_MAX_BYTES,
            runCurrent,
          },
        })
      : null;
  const engine = compiled ?? createApolloEngine({ supergraph, fetchSubgraph, log, readRegisters, runCurrent });
  engine.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => parts.use(apiSchema, coreSupergraphSdl));
  const responses = keeping.responses({
    supergraphOf: ({ schema }) => parts.of(schema).supergraph,
    isOpen: (operation) => parts.of(operation.schema).authorize.isPublic(operation),
    overridesOf: (context) => compiled?.overridesOf(context) ?? [],
    settings: `${settings.ACCESS_DEFAULT} ${settings.AUDIT}`,
  });
  return { engine, compiled, responses };
}
