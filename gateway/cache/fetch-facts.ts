import { createHash } from 'node:crypto';
import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Hint } from '../../lib/cache-hints.js';
import type { SubgraphRequest } from '../fetch/subgraph-request.js';
import type { HintOf } from './hints.js';
import { type AskedField, type RecordPlace, readAskedFields, readRecordPlace } from './record-tags.js';
import type { SchemaFacts } from './schema-facts.js';

/** What keeping needs to know of an operation for a subgraph; worked out once. */
export interface FetchFacts {
  /** Equal only for the same operation of the same schema. */
  readonly name: string;
  readonly hint: Hint;
  /** Whether nothing that the subgraph could say allows keeping. */
  readonly isForbidden: boolean;
  /** Whether what is asked is the same whoever asks, so that everybody may be answered by it. */
  readonly isForEverybody: boolean;
  /** The place of entities, or of the whole answer. */
  readonly place: RecordPlace;
  /** `null`: it asks for entities by key. */
  readonly fields: readonly AskedField[] | null;
  /** Scopes under which there may be something, as answers so far have shown. */
  readonly kept: KeptScopes;
}

export interface KeptScopes {
  isPublic: boolean;
  isPrivate: boolean;
}

export interface FetchFactsParts {
  /** Of the supergraph that operations are planned over. */
  readonly schemaHash: string;
  readonly schema: SchemaFacts;
  readonly hintOf: HintOf;
  /** Root fields (`Query.x`) that any instance may answer. */
  readonly publicFields: ReadonlySet<string>;
}

type Asked = Pick<SubgraphRequest, 'subgraph' | 'operation' | 'operationName'>;

/** @param maxOperations Remembered ones. */
export function createFetchFacts(parts: FetchFactsParts, maxOperations = 2000): (asked: Asked) => FetchFacts {
  const bySubgraph = new Map<string, LRUCache<string, FetchFacts>>();
  return (asked) => {
    let known = bySubgraph.get(asked.subgraph);
    if (!known) {
      known = new LRUCache({ max: maxOperations });
      bySubgraph.set(asked.subgraph, known);
    }
    const found = known.get(asked.operation);
    if (found) return found;
    const facts = readFacts(asked, parts);
    known.set(asked.operation, facts);
    return facts;
  };
}

function readFacts(asked: Asked, { schemaHash, schema, hintOf, publicFields }: FetchFactsParts): FetchFacts {
  const { subgraph, operation: text } = asked;
  const { definitions } = parse(text, { noLocation: true });
  const operation = definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  if (!operation) throw new TypeError('A plan holds a document without an operation.');
  const fragments = new Map(
    definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
  const fields = readAskedFields({ operation, fragments });
  const place = readRecordPlace({ operation, fragments }, schema);
  const isEntities = fields.length === 1 && fields[0]?.name === '_entities';
  const hint = hintOf(subgraph, text);
  const age = hint.policy?.maxAgeSeconds ?? Number.POSITIVE_INFINITY;
  const isPublicHint = hint.policy === null || hint.policy.scope === 'PUBLIC';
  // A field that is not public goes to the caller's own municipality where it names none.
  const isForEverybody =
    isEntities || fields.every(({ name }) => name === '__typename' || publicFields.has(`Query.${name}`));
  const isShareable = isPublicHint && isForEverybody;
  return {
    name: digest([schemaHash, subgraph, text]),
    hint,
    isForbidden: !(age > 0),
    isForEverybody,
    place: isEntities ? (place.fields.get('_entities')?.below ?? place) : place,
    fields: isEntities ? null : fields,
    kept: { isPublic: hint.isComplete && isShareable, isPrivate: hint.isComplete && !isShareable },
  };
}

const digest = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
