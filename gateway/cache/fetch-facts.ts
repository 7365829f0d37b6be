import { createHash } from 'node:crypto';
import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import type { Hint } from '../../lib/cache-hints.js';
import type { SubgraphRequest } from '../fetch/subgraph-request.js';
import { remember } from '../remember.js';
import type { HintOf } from './hints.js';
import { type AskedField, holdsPersonal, type RecordPlace, readAskedFields, readRecordPlace } from './record-place.js';
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
  /** Whether not everybody may read a field (`Type.field`). */
  readonly isPersonal: (coordinate: string) => boolean;
}

type Asked = Pick<SubgraphRequest, 'subgraph' | 'operation' | 'operationName'>;

export function createFetchFacts(parts: FetchFactsParts): (asked: Asked) => FetchFacts {
  const bySubgraph = remember(() => new Map<string, FetchFacts>());
  return (asked) => {
    const known = bySubgraph(asked.operation);
    const found = known.get(asked.subgraph);
    if (found) return found;
    const facts = readFacts(asked, parts);
    known.set(asked.subgraph, facts);
    return facts;
  };
}

function readFacts(asked: Asked, parts: FetchFactsParts): FetchFacts {
  const { schemaHash, schema, hintOf, publicFields } = parts;
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
  // A root field that is not public goes to the caller's own municipality where it names none. And whatever a subgraph
  // says of it: what not everybody may read is kept for nobody but the one who read it.
  const isForEverybody =
    (isEntities || fields.every(({ name }) => name === '__typename' || publicFields.has(`Query.${name}`))) &&
    !holdsPersonal(place, parts.isPersonal);
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
