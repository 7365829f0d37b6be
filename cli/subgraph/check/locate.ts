import { type ASTNode, parse, type TypeDefinitionNode, type TypeExtensionNode } from 'graphql';
import { type Finding, type Proposal, placeOf } from './finding.js';

type Located = Pick<Finding, 'subgraph' | 'place'>;

/**
 * Where a reader of the proposals finds a coordinate (`Type.field.argument`): itself, or the nearest above it that is
 * still there; of several proposals the one that has most of it.
 *
 * @returns The first proposal, without a place, where nobody has anything of it.
 */
export function locate(proposals: readonly Proposal[], coordinate: string): Located {
  const path = coordinate.split('.');
  let best: Located = { subgraph: proposals[0]?.subgraph ?? '', place: null };
  let depth = 0;
  for (const { subgraph, sdl } of proposals)
    for (const definition of parse(sdl).definitions) {
      const found = descend(definition as TypeDefinitionNode | TypeExtensionNode, path);
      if (found.length <= depth) continue;
      depth = found.length;
      best = { subgraph, place: placeOf(found.at(-1) as ASTNode) };
    }
  return best;
}

/** Nodes along the path, as far as they are there. */
function descend(definition: TypeDefinitionNode | TypeExtensionNode, [type, field, argument]: readonly string[]) {
  if (!('name' in definition) || definition.name?.value !== type || definition.kind.startsWith('Directive')) return [];
  const members: readonly (ASTNode & { name: { value: string }; arguments?: readonly NamedNode[] })[] =
    'fields' in definition ? (definition.fields ?? []) : 'values' in definition ? (definition.values ?? []) : [];
  const member = members.find(({ name }) => name.value === field);
  if (!member) return [definition];
  const inner = member.arguments?.find(({ name }) => name.value === argument);
  return inner ? [definition, member, inner] : [definition, member];
}

type NamedNode = ASTNode & { name: { value: string } };
