import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import type { z } from 'zod';
import type { CooperationSource } from '../cooperation/watch.js';
import type { Log } from '../log.js';
import type { RequestContext } from './context.js';
import type { Inlet } from './inlet.js';
import type { Invalidations } from './invalidate.js';
import type { LinkedFiles } from './linked-files.js';

/** What a connector is built from. */
export interface ConnectorParts<Settings> {
  readonly settings: Settings;
  readonly cooperation: CooperationSource;
  /** Whether this instance serves the municipality now. */
  readonly serves: (ags: string) => boolean;
  /** Tells the gateways what their caches must forget. */
  readonly invalidations: Invalidations;
  readonly log: Log;
}

/** Everything a connector must let go of when the process stops. */
export interface Closable {
  close(): Promise<void>;
}

/** A folder under `subgraphs/` as a running subgraph: one specialist system behind one GraphQL schema. */
export interface SubgraphDefinition<Shape extends z.ZodRawShape, Connector extends Closable, Loaders> {
  /** As in the cooperation file. */
  readonly name: string;
  /** The SDL file, without the shared words of `schema/directives.graphql`. */
  readonly schema: URL;
  /** Settings of the legacy connection, beside those every subgraph has. */
  readonly settings: Shape;
  /** Resolves when the first request can be answered. */
  connect(parts: ConnectorParts<z.output<z.ZodObject<Shape>>>): Promise<Connector>;
  /** Made anew for each request. */
  loaders(connector: Connector, request: Omit<RequestContext, 'loaders'>): Loaders;
  readonly resolvers: object;
  /** Files it gives out by links; absent: none. */
  readonly files?: LinkedFiles<Connector>;
  /** Where its legacy system reports changes; absent: nowhere. */
  readonly inlet?: Inlet<Connector>;
}

export type AnySubgraph = SubgraphDefinition<z.ZodRawShape, Closable, unknown>;
export type ResolverMap = GraphQLResolverMap<unknown>;

export const defineSubgraph = <Shape extends z.ZodRawShape, Connector extends Closable, Loaders>(
  definition: SubgraphDefinition<Shape, Connector, Loaders>,
): AnySubgraph => definition as unknown as AnySubgraph;
