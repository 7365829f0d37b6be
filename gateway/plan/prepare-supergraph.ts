import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  parse,
  visit,
} from 'graphql';
import {
  argumentOf,
  isComposite,
  type PreparedRequirements,
  parseFieldSet,
  prepareRequirements,
} from './required-arguments.js';

/** A supergraph as the planner reads it: the same promises, written so that it cannot misread them. */
export interface PreparedSupergraph extends PreparedRequirements {
  /** Every field name, stand-ins included. */
  readonly fieldNames: ReadonlySet<string>;
  /** `join__Graph` value by subgraph name. */
  readonly graphs: ReadonlyMap<string, string>;
  readonly keyFields: ReadonlyMap<string, readonly string[]>;
  /** As in `KnownNames`. */
  readonly requiredNames: ReadonlySet<string>;
  readonly interfaces: ReadonlySet<string>;
}

/** @param sdl A Federation 2 supergraph. */
export function prepareSupergraph(sdl: string): PreparedSupergraph {
  const document = withResolvableKeysFirst(parse(sdl, { noLocation: true }));
  const requirements = prepareRequirements(document, fieldNamesOf(document));
  return {
    ...requirements,
    fieldNames: fieldNamesOf(requirements.document),
    graphs: graphsOf(document),
    keyFields: keyFieldsOf(document),
    requiredNames: requiredNamesOf(document),
    interfaces: new Set(document.definitions.filter(isInterface).map(({ name }) => name.value)),
  };
}

/** What holds the fields that subgraphs need of each other. */
const FIELD_SETS: ReadonlySet<string> = new Set(['key', 'requires', 'provides', 'contextArguments']);

/** Every word of every key, requirement and selection of a context, whatever form they have. */
function requiredNamesOf(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: args = [] }) => {
      if (name.value !== 'join__type' && name.value !== 'join__field') return false;
      for (const argument of args.filter((each) => FIELD_SETS.has(each.name.value)))
        visit(argument, {
          StringValue: ({ value }) => {
            for (const word of value.match(/\w+/g) ?? []) names.add(word);
          },
        });
      return false;
    },
  });
  return names;
}

/**
 * After a `@requires` the planner comes back to a subgraph by the first key it finds there, resolvable or not, so the
 * resolvable ones are put first.
 */
function withResolvableKeysFirst(document: DocumentNode): DocumentNode {
  const definitions = document.definitions.map((definition) => {
    if (!isComposite(definition) || !definition.directives?.some(isUnresolvable)) return definition;
    const last = definition.directives.filter(isUnresolvable);
    return { ...definition, directives: [...definition.directives.filter((key) => !isUnresolvable(key)), ...last] };
  });
  return { ...document, definitions };
}

function isUnresolvable(directive: ConstDirectiveNode): boolean {
  const resolvable = argumentOf(directive, 'resolvable');
  return directive.name.value === 'join__type' && resolvable?.kind === Kind.BOOLEAN && !resolvable.value;
}

const isInterface = (definition: DefinitionNode): definition is InterfaceTypeDefinitionNode =>
  definition.kind === Kind.INTERFACE_TYPE_DEFINITION;

const fieldNamesOf = (document: DocumentNode): Set<string> =>
  new Set(
    document.definitions.flatMap((type) => (isComposite(type) ? (type.fields ?? []) : []).map((f) => f.name.value)),
  );

function graphsOf(document: DocumentNode): ReadonlyMap<string, string> {
  const graphs = new Map<string, string>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph')
      for (const value of definition.values ?? [])
        for (const directive of value.directives ?? []) {
          const name = argumentOf(directive, 'name');
          if (name?.kind === Kind.STRING) graphs.set(name.value, value.name.value);
        }
  return graphs;
}

function keyFieldsOf(document: DocumentNode): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, Set<string>>();
  for (const type of document.definitions.filter(isComposite))
    for (const directive of type.directives ?? []) {
      const key = argumentOf(directive, 'key');
      if (directive.name.value !== 'join__type' || key?.kind !== Kind.STRING) continue;
      const known = fields.get(type.name.value) ?? new Set();
      for (const selection of parseFieldSet(key.value).selections)
        if (selection.kind === Kind.FIELD) known.add(selection.name.value);
      fields.set(type.name.value, known);
    }
  return new Map([...fields].map(([type, names]) => [type, [...names]]));
}
