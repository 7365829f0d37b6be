import { type CompositionResult, composeServices } from '@apollo/composition';
import {
  defaultPrintOptions,
  type EnumType,
  printSchema,
  type Schema,
  type ServiceDefinition,
  shallowOrderPrintedDefinitions,
} from '@apollo/federation-internals';
import { type DirectiveNode, type DocumentNode, Kind, valueFromASTUntyped, visit } from 'graphql';

/** One `@cacheControl` or `@cacheTag`, as one subgraph has it on a type or field. */
interface Applied {
  readonly subgraph: string;
  readonly type: string;
  readonly field: string | null;
  readonly name: string;
  readonly args: Record<string, unknown>;
}

/** Directives about keeping answers: each subgraph speaks for itself alone. */
const DIRECTIVES: ReadonlySet<string> = new Set(['cacheControl', 'cacheTag']);
const SCOPES = 'CacheControlScope';

/**
 * Composes, and keeps what each subgraph says about keeping answers as `@join__directive`. Composition itself would drop
 * it, or keep the arguments of one subgraph for all: `PRIVATE` for seconds would become `PUBLIC` for minutes.
 */
export function composeWithCacheHints(services: readonly ServiceDefinition[]): CompositionResult {
  const applied = services.flatMap(({ name, typeDefs }) => readApplied(name, typeDefs));
  const result = composeServices(services.map((service) => ({ ...service, typeDefs: withoutHints(service.typeDefs) })));
  if (!result.schema || applied.length === 0) return result;
  for (const one of applied) apply(one, result.schema);
  return { ...result, supergraphSdl: printSchema(result.schema, shallowOrderPrintedDefinitions(defaultPrintOptions)) };
}

function readApplied(subgraph: string, typeDefs: DocumentNode): Applied[] {
  const root = queryTypeOf(typeDefs);
  return typeDefs.definitions.flatMap((definition) => {
    if (!('fields' in definition) && !isUnion(definition.kind)) return [];
    if (!('name' in definition) || !definition.name) return [];
    // Composition has one name for the root type, whatever a subgraph calls its own.
    const type = definition.name.value === root ? 'Query' : definition.name.value;
    const own = toApplied(definition.directives, { subgraph, type, field: null });
    const fields = ('fields' in definition && definition.fields) || [];
    return [
      ...own,
      ...fields.flatMap(({ name, directives }) => toApplied(directives, { subgraph, type, field: name.value })),
    ];
  });
}

const queryTypeOf = ({ definitions }: DocumentNode): string =>
  definitions
    .filter(({ kind }) => kind === Kind.SCHEMA_DEFINITION || kind === Kind.SCHEMA_EXTENSION)
    .flatMap((definition) => ('operationTypes' in definition && definition.operationTypes) || [])
    .find(({ operation }) => operation === 'query')?.type.name.value ?? 'Query';

const isUnion = (kind: Kind): boolean => kind === Kind.UNION_TYPE_DEFINITION || kind === Kind.UNION_TYPE_EXTENSION;

const toApplied = (
  directives: readonly DirectiveNode[] | undefined,
  place: Pick<Applied, 'subgraph' | 'type' | 'field'>,
): Applied[] =>
  (directives ?? [])
    .filter(({ name }) => DIRECTIVES.has(name.value))
    .map((node) => ({
      ...place,
      name: node.name.value,
      args: Object.fromEntries(
        (node.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
      ),
    }));

/** Without the directives and what defines them; `@federation__cacheTag` composes by itself, in the same form. */
const withoutHints = (typeDefs: DocumentNode): DocumentNode =>
  visit(typeDefs, {
    Directive: ({ name }) => (DIRECTIVES.has(name.value) ? null : undefined),
    DirectiveDefinition: ({ name }) => (DIRECTIVES.has(name.value) ? null : undefined),
    EnumTypeDefinition: ({ name }) => (name.value === SCOPES ? null : undefined),
  });

function apply({ subgraph, type, field, name, args }: Applied, supergraph: Schema): void {
  const graphs = (supergraph.type('join__Graph') as EnumType).values.filter((value) =>
    value.appliedDirectivesOf('join__graph').some((directive) => directive.arguments().name === subgraph),
  );
  const owner = supergraph.type(type);
  const isOwner = owner?.kind === 'ObjectType' || owner?.kind === 'InterfaceType';
  const place = isOwner ? (field === null ? owner : owner.field(field)) : undefined;
  // Unions take none: what they stand for says it.
  place?.applyDirective('join__directive', { graphs: graphs.map((value) => value.name), name, args });
}
