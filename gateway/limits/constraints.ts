import { type ConstDirectiveNode, type DocumentNode, Kind } from 'graphql';
import { type FormatName, isFormatName } from '../../lib/formats.js';
import { argumentsOf, CONSTRAINT, nameOf } from '../supergraph.js';

/** What a value must look like; numbers are bounded by `min` and `max`, both included. */
export interface Constraint {
  readonly format: FormatName | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** By schema coordinate: `Query.vehicle(plate:)`, `ResidentSearch.familyName`, `AGS`. */
export type Constraints = ReadonlyMap<string, Constraint>;

/** @throws Error for a format that this gateway does not know: it would check nothing. */
export function readConstraints(document: DocumentNode): Constraints {
  const name = nameOf(document, CONSTRAINT);
  const found = new Map<string, Constraint>();
  const note = (coordinate: string, directives: readonly ConstDirectiveNode[] = []) => {
    const directive = directives.find((candidate) => candidate.name.value === name);
    if (directive) found.set(coordinate, toConstraint(coordinate, directive));
  };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.SCALAR_TYPE_DEFINITION) note(definition.name.value, definition.directives);
    if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
      for (const field of definition.fields ?? [])
        note(`${definition.name.value}.${field.name.value}`, field.directives);
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION)
      for (const field of definition.fields ?? [])
        for (const argument of field.arguments ?? [])
          note(argumentCoordinate(definition.name.value, field.name.value, argument.name.value), argument.directives);
  }
  return found;
}

export const argumentCoordinate = (type: string, field: string, argument: string): string =>
  `${type}.${field}(${argument}:)`;

function toConstraint(coordinate: string, directive: ConstDirectiveNode): Constraint {
  const { format, min, max } = argumentsOf(directive);
  if (format !== undefined && format !== null && !isFormatName(String(format)))
    throw new Error(`@constraint on ${coordinate} names an unknown format: ${String(format)}`);
  return {
    format: typeof format === 'string' ? (format as FormatName) : null,
    min: typeof min === 'number' ? min : null,
    max: typeof max === 'number' ? max : null,
  };
}
