import { type ConstDirectiveNode, type DocumentNode, isTypeDefinitionNode, Kind, type TypeNode } from 'graphql';
import { argumentsOf, fieldsOf, nameOf, type Supergraph } from '../supergraph.js';
import type { Requirement } from './rules.js';

/** What a supergraph says of rights, place by place. */
export interface RuleMarks {
  /** By type, and by coordinate of a field. */
  readonly requirements: ReadonlyMap<string, readonly Requirement[]>;
  readonly publicFields: ReadonlySet<string>;
  /** The objects that an interface or union can be. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  /** The interfaces of an object. */
  readonly interfaces: ReadonlyMap<string, readonly string[]>;
  /** Named type of each field's value. */
  readonly valueTypes: ReadonlyMap<string, string>;
}

type Read = (directives: readonly ConstDirectiveNode[] | undefined) => readonly Requirement[];

/** Reads the directives of federation under whatever names the supergraph has imported them. */
export function readRuleMarks({ document, publicFields }: Supergraph): RuleMarks {
  const read = createRead(document);
  const requirements = new Map<string, readonly Requirement[]>();
  for (const definition of document.definitions)
    if (isTypeDefinitionNode(definition)) requirements.set(definition.name.value, read(definition.directives));
  const fields = fieldsOf(document);
  for (const { coordinate, field } of fields) requirements.set(coordinate, read(field.directives));
  return {
    requirements,
    publicFields,
    ...readKinship(document),
    valueTypes: new Map(fields.map(({ coordinate, field }) => [coordinate, namedType(field.type)])),
  };
}

const nameIn = (document: DocumentNode, directive: string): string | null =>
  nameOf(document, { url: `https://specs.apollo.dev/${directive}/`, directive });

function createRead(document: DocumentNode): Read {
  const authenticated = nameIn(document, 'authenticated');
  const scopes = nameIn(document, 'requiresScopes');
  const policy = nameIn(document, 'policy');
  return (directives = []) =>
    directives.flatMap((directive): Requirement[] => {
      const name = directive.name.value;
      if (name === authenticated) return [[['signed in']]];
      if (name === scopes) return [toRequirement('scope', argumentsOf(directive).scopes)];
      return name === policy ? [toRequirement('policy', argumentsOf(directive).policies)] : [];
    });
}

/** Whatever is not a list of lists of names cannot be met; a list of no names is met by whoever is signed in. */
function toRequirement(kind: 'scope' | 'policy', given: unknown): Requirement {
  const lists: readonly unknown[] = Array.isArray(given) ? given : [];
  return lists
    .filter((list): list is readonly unknown[] => Array.isArray(list))
    .map((list) => ['signed in', ...list.map((name) => `${kind} ${String(name)}`).sort()]);
}

function readKinship({ definitions }: DocumentNode): Pick<RuleMarks, 'members' | 'interfaces'> {
  const members = new Map<string, string[]>();
  const interfaces = new Map<string, readonly string[]>();
  for (const definition of definitions) {
    const { kind } = definition;
    if (kind === Kind.INTERFACE_TYPE_DEFINITION) members.set(definition.name.value, []);
    if (kind === Kind.UNION_TYPE_DEFINITION)
      members.set(
        definition.name.value,
        (definition.types ?? []).map(({ name }) => name.value),
      );
    if (kind === Kind.OBJECT_TYPE_DEFINITION)
      interfaces.set(
        definition.name.value,
        (definition.interfaces ?? []).map(({ name }) => name.value),
      );
  }
  // Objects name every interface they are, also those above their interfaces.
  for (const [object, names] of interfaces) for (const name of names) members.get(name)?.push(object);
  return { members, interfaces };
}

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));
