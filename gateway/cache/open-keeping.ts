import { createHash } from 'node:crypto';
import type { HostContext } from '../context.js';
import type { FetchSubgraph } from '../fetch/subgraph-request.js';
import type { Phase } from '../host.js';
import type { Operation } from '../operation.js';
import type { Supergraph } from '../supergraph.js';
import { createEntityCache, type JoinEntities } from './entity-cache.js';
import { JSON_VALUES } from './entry-codec.js';
import type { OnCacheEvent } from './events.js';
import { createHintOf } from './hints.js';
import type { Caches } from './open-caches.js';
import { createResponseCache, type ResponseCache } from './response-cache.js';
import { RESPONSES } from './response-codec.js';
import { readSchemaFacts } from './schema-facts.js';
import type { ScopeOf } from './scope.js';
import { Sources } from './sources.js';
import type { Tagger } from './tagger.js';

export interface KeepingSettings {
  readonly caches: Caches;
  readonly keepsEntities: boolean;
  readonly keepsResponses: boolean;
  readonly scopeOf: ScopeOf;
  /** As in `EntityCacheParts`. */
  readonly maySharePrivate: (subgraph: string) => boolean;
  readonly join: JoinEntities;
  readonly onEvent: OnCacheEvent;
}

/** Both caches of answers. */
export interface Keeping {
  /** Puts the cache of entities before the way to the subgraphs of a supergraph. */
  around(fetchFor: FetchFor): FetchPersonalFor;
  /** Before anything runs: from now on it is noted what the answer is put together from. */
  readonly phases: readonly Phase[];
  /** What records of a supergraph are called where something is invalidated. */
  taggerOf(supergraph: Supergraph): Tagger;
  /** @returns `null`: no finished answers are kept. */
  responses(parts: ResponseParts): ResponseCache | null;
}

export type FetchFor = (supergraph: Supergraph) => FetchSubgraph;

/** @param isPersonal Whether not everybody may read a field (`Type.field`). */
export type FetchPersonalFor = (supergraph: Supergraph, isPersonal: (coordinate: string) => boolean) => FetchSubgraph;

export interface ResponseParts {
  /** That the operation was judged by. */
  readonly supergraphOf: (operation: Operation) => Supergraph;
  readonly isOpen: (operation: Operation) => boolean;
  readonly overridesOf: (context: HostContext) => readonly string[];
  /** Settings that finished answers depend on. */
  readonly settings: string;
}

/** Where nothing is kept at all, nothing is in the way either. */
const OFF: Omit<Keeping, 'taggerOf'> = { around: (fetchFor) => fetchFor, phases: [], responses: () => null };

export function openKeeping(settings: KeepingSettings): Keeping {
  const { caches, keepsEntities, keepsResponses, scopeOf, maySharePrivate, join, onEvent } = settings;
  const { taggerOf } = caches;
  if (!keepsEntities && !keepsResponses) return { ...OFF, taggerOf };
  const entities = caches.open('entities', JSON_VALUES);
  const { moment } = entities;
  return {
    around: (fetchFor) => (supergraph, isPersonal) => {
      const schema = readSchemaFacts(supergraph.document);
      return createEntityCache({
        fetchSubgraph: fetchFor(supergraph),
        cache: keepsEntities ? entities : null,
        moment,
        schemaHash: hashOf(supergraph.sdl),
        schema,
        hintOf: createHintOf(schema),
        tagger: taggerOf(supergraph),
        publicFields: supergraph.publicFields,
        isPersonal,
        scopeOf,
        maySharePrivate,
        join,
        onEvent,
      });
    },
    taggerOf,
    phases: [
      (_operation, { context }) => {
        context.sources = new Sources(moment(), keepsResponses);
      },
    ],
    responses(parts) {
      if (!keepsResponses) return null;
      const hashes = new WeakMap<Supergraph, string>();
      const identityOf = (supergraph: Supergraph): string => {
        const known = hashes.get(supergraph) ?? hashOf(`${parts.settings}\n${supergraph.sdl}`);
        hashes.set(supergraph, known);
        return known;
      };
      return createResponseCache({
        cache: caches.open('responses', RESPONSES),
        scopeOf,
        schemaHashOf: (operation) => identityOf(parts.supergraphOf(operation)),
        isOpen: parts.isOpen,
        overridesOf: parts.overridesOf,
        onEvent,
      });
    },
  };
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
