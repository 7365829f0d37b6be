import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type InterfaceTypeExtensionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
} from 'graphql';
import type { Cooperation } from '../../../lib/cooperation/model.js';
import { type Finding, type Proposal, placeOf } from './finding.js';

/** Everybody has root fields of their own. */
const ROOTS: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

/**
 * A type belongs to the subgraph that brought it. Others refer to it by its key; to add fields to it the cooperation
 * agreement must say so (`contributesTo`).
 *
 * @param others Schemas that run now, by subgraph; the proposals' own former versions left out.
 */
export function findForeignTypes(proposal: Proposal, others: readonly Proposal[], agreement: Cooperation): Finding[] {
  const allowed = agreement.contributions.get(proposal.subgraph) ?? [];
  const owners = new Map(
    others.flatMap((other) => typesOf(other.sdl).map((type) => [type.name.value, other] as const)),
  );
  return typesOf(proposal.sdl).flatMap((type) => {
    const name = type.name.value;
    const owner = owners.get(name);
    if (!owner || ROOTS.has(name) || allowed.includes(name)) return [];
    const added = addedFields(type);
    return added.length === 0 ? [] : [toFinding({ proposal, owner, name, field: added[0] as FieldDefinitionNode })];
  });
}

type ObjectNode =
  | ObjectTypeDefinitionNode
  | ObjectTypeExtensionNode
  | InterfaceTypeDefinitionNode
  | InterfaceTypeExtensionNode;

const KINDS: ReadonlySet<string> = new Set([
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.OBJECT_TYPE_EXTENSION,
  // Whoever adds to an interface (`@interfaceObject`) adds to all that implement it.
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_EXTENSION,
]);

/** Types with fields that are more than a value shared by agreement of both sides. */
const typesOf = (sdl: string): ObjectNode[] =>
  parse(sdl).definitions.filter(
    (node): node is ObjectNode => KINDS.has(node.kind) && !has(node as ObjectNode, 'shareable'),
  );

/** Fields beside the keys by which the type is referred to, and what is only named (`@external`). */
function addedFields(type: ObjectNode): FieldDefinitionNode[] {
  const keys = (type.directives ?? []).filter(({ name }) => isNamed(name.value, 'key')).flatMap(keyFields);
  return (type.fields ?? []).filter(
    (field) => !keys.includes(field.name.value) && !has(field, 'external') && !has(field, 'shareable'),
  );
}

function keyFields({ arguments: args = [] }: ConstDirectiveNode): string[] {
  const value = args.find(({ name }) => name.value === 'fields')?.value;
  return value?.kind === Kind.STRING ? (value.value.match(/[_A-Za-z]\w*/g) ?? []) : [];
}

const has = (node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }, directive: string): boolean =>
  (node.directives ?? []).some(({ name }) => isNamed(name.value, directive));

const isNamed = (name: string, directive: string): boolean => name === directive || name === `federation__${directive}`;

interface Foreign {
  readonly proposal: Proposal;
  readonly owner: Proposal;
  readonly name: string;
  readonly field: FieldDefinitionNode;
}

const toFinding = ({ proposal, owner, name, field }: Foreign): Finding => ({
  code: 'TYPE_NOT_OWNED',
  severity: 'error',
  subgraph: proposal.subgraph,
  place: placeOf(field),
  what: `${name}.${field.name.value} would add to ${name}, which belongs to ${owner.subgraph}.`,
  why: 'Who may add to the type of another office is a matter of the agreement, not of a schema.',
  how: `Refer to ${name} by its key alone, or have the coordinator add ${name} to contributesTo of ${proposal.subgraph}.`,
});
