import { type DocumentNode, isTypeDefinitionNode, Kind, type TypeNode } from 'graphql';
import { fieldsOf, hasDirective, nameOf, type Supergraph } from '../supergraph.js';

/** `public`: everybody; `signed-in`: whoever has a token; `granted`: whoever holds a scope or policy, so nobody yet. */
export type Rule = 'public' | 'signed-in' | 'granted';

export interface Rules {
  /** @returns The strictest rule on a field (`Type.field`), its parent and its type; `null` where there is none. */
  ruleOf(coordinate: string): Rule | null;
}

/** Reads the rules on fields: `@public`, and those of federation, which the supergraph may have renamed. */
export function readRules({ document, publicFields }: Supergraph): Rules {
  const granted = ['requiresScopes', 'policy'].map((directive) => namesOf(document, directive));
  const signedIn = [namesOf(document, 'authenticated')];
  const rules = new Map<string, Rule>();
  for (const coordinate of publicFields) rules.set(coordinate, 'public');
  for (const coordinate of marked(document, signedIn)) rules.set(coordinate, 'signed-in');
  for (const coordinate of marked(document, granted)) rules.set(coordinate, 'granted');
  return { ruleOf: (coordinate) => rules.get(coordinate) ?? null };
}

const namesOf = (document: DocumentNode, directive: string): string | null =>
  nameOf(document, { url: `https://specs.apollo.dev/${directive}/`, directive });

/** A field is marked by itself, by its parent type or by the type of its value. */
function marked(document: DocumentNode, directives: readonly (string | null)[]): string[] {
  const isMarked = (node: Parameters<typeof hasDirective>[0]) => directives.some((name) => hasDirective(node, name));
  const types = new Set(
    document.definitions.flatMap((node) => (isTypeDefinitionNode(node) && isMarked(node) ? node.name.value : [])),
  );
  return fieldsOf(document)
    .filter(
      ({ coordinate, field }) =>
        isMarked(field) || types.has(coordinate.split('.')[0] ?? '') || types.has(namedType(field.type)),
    )
    .map(({ coordinate }) => coordinate);
}

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));
