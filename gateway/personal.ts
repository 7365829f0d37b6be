import { isObjectType, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { definitionsOf, type Operation } from './operation.js';
import type { Registers } from './registers.js';

/**
 * The personal fields an operation asks for, whatever its conditions.
 *
 * @returns Coordinates, each once, sorted; a field of an interface as that of every type behind it that is personal.
 */
export function personalFields(
  operation: Pick<Operation, 'schema' | 'document' | 'definition'>,
  { registers }: Registers,
): readonly string[] {
  const found = new Set<string>();
  const types = new TypeInfo(operation.schema);
  const visitor = visitWithTypeInfo(types, {
    Field({ name }) {
      const parent = types.getParentType();
      if (!parent) return;
      const all = isObjectType(parent) ? [parent] : [parent, ...operation.schema.getPossibleTypes(parent)];
      for (const type of all) {
        const coordinate = `${type.name}.${name.value}`;
        if (registers.has(coordinate)) found.add(coordinate);
      }
    },
  });
  for (const definition of definitionsOf(operation)) visit(definition, visitor);
  return [...found].sort();
}
