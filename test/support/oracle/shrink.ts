import { type ASTNode, type DocumentNode, type GraphQLSchema, Kind, parse, print, validate, visit } from 'graphql';
import type { Operation } from './engine.js';

/** Kinds of nodes that may be left out of a document one by one. */
const PARTS: readonly string[] = [
  Kind.FIELD,
  Kind.INLINE_FRAGMENT,
  Kind.FRAGMENT_SPREAD,
  Kind.ARGUMENT,
  Kind.DIRECTIVE,
  Kind.OPERATION_DEFINITION,
  Kind.OBJECT_FIELD,
];

/**
 * Leaves out of an operation whatever it can without losing `isStillBad`.
 *
 * @returns A valid operation, small enough to be read.
 */
export async function shrink(
  schema: GraphQLSchema,
  operation: Operation,
  isStillBad: (smaller: Operation) => Promise<boolean>,
): Promise<Operation> {
  // Printed first: a smaller document must also be a shorter one.
  let best = { ...operation, query: print(parse(operation.query)) };
  for (let index = 0, tries = 0; tries < 400; ) {
    const smaller = without(best, index);
    if (smaller === null) return best;
    tries++;
    const isGood = isValid(schema, smaller) && smaller.query.length < best.query.length && (await isStillBad(smaller));
    if (isGood) best = smaller;
    else index++;
  }
  return best;
}

/** @returns The operation without its part number `index`; `null` where it has fewer. */
function without(operation: Operation, index: number): Operation | null {
  let seen = -1;
  let isFound = false;
  const document: DocumentNode = visit(parse(operation.query), {
    enter(node: ASTNode) {
      if (!PARTS.includes(node.kind)) return undefined;
      seen++;
      if (seen !== index) return undefined;
      isFound = true;
      return null;
    },
  });
  if (!isFound) return null;
  const tidied = tidy(document);
  const used = new Set([...print(tidied).matchAll(/\$(\w+)/g)].map(([, name]) => name));
  const variables = Object.fromEntries(Object.entries(operation.variables).filter(([name]) => used.has(name)));
  return { ...operation, query: print(tidied), variables };
}

/** Drops what nothing uses any more, and selection sets that became empty. */
function tidy(document: DocumentNode): DocumentNode {
  const filled: DocumentNode = visit(document, {
    SelectionSet: {
      leave: (node) =>
        node.selections.length > 0
          ? undefined
          : { ...node, selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }] },
    },
  });
  let text = print(filled);
  let rest = filled;
  for (;;) {
    const isUsed = (name: string) => new RegExp(`\\.\\.\\.${name}\\b`).test(text);
    rest = visit(rest, { FragmentDefinition: (node) => (isUsed(node.name.value) ? undefined : null) });
    if (print(rest) === text) break;
    text = print(rest);
  }
  const body = visit(rest, { VariableDefinition: () => null });
  const bodyText = print(body);
  return visit(rest, {
    VariableDefinition: ({ variable }) =>
      new RegExp(`\\$${variable.name.value}\\b`).test(bodyText) ? undefined : null,
  });
}

function isValid(schema: GraphQLSchema, operation: Operation): boolean {
  try {
    return validate(schema, parse(operation.query)).length === 0;
  } catch {
    return false;
  }
}
