import { type GraphQLInputType, getNullableType, isEnumType, isInputObjectType, isListType } from 'graphql';
import { FORMATS, hasFormat } from '../../lib/formats.js';
import type { Constraint, Constraints } from './constraints.js';

/** Somewhere in a value; `name` is dotted: `input.householdSize`, `tags.0`. */
export interface Fault {
  readonly argument: string;
  readonly message: string;
}

export type Report = (fault: Fault) => void;

/** A coerced value, its type, and what the place where it is given demands. */
export interface Given {
  readonly value: unknown;
  readonly type: GraphQLInputType;
  readonly argument: string;
  readonly constraint: Constraint | undefined;
}

/** Checks a value by its type, down to the fields of input objects and the elements of lists. */
export function checkValue(given: Given, constraints: Constraints, report: Report): void {
  const { value, argument } = given;
  if (value === undefined) return;
  const type = getNullableType(given.type);
  if (value === null) {
    // Only a variable of a nullable type can bring a null here: validation sees to the rest.
    if (type !== given.type) report({ argument, message: `${argument} must not be null.` });
  } else if (isListType(type) || isInputObjectType(type)) {
    for (const inner of listInner({ ...given, type }, constraints)) checkValue(inner, constraints, report);
  } else if (!isEnumType(type)) {
    const message = findLeafFault(given, constraints.get(type.name));
    if (message !== null) report({ argument, message: `${argument} ${message}.` });
  }
}

/** Elements of a list, which obey what the list's place demands, or fields of an input object. */
function listInner({ value, type, argument, constraint }: Given, constraints: Constraints): Given[] {
  if (isListType(type)) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return items.map((item, index) => ({
      value: item,
      type: type.ofType,
      argument: `${argument}.${index}`,
      constraint,
    }));
  }
  if (!isInputObjectType(type)) return [];
  return Object.values(type.getFields()).map((field) => ({
    value: (value as Record<string, unknown>)[field.name],
    type: field.type,
    argument: `${argument}.${field.name}`,
    constraint: constraints.get(`${type.name}.${field.name}`),
  }));
}

/** @param ofType What the scalar demands wherever it is used. */
function findLeafFault({ value, constraint }: Given, ofType: Constraint | undefined): string | null {
  if (!isSound(value)) return 'holds characters that are no text';
  for (const demand of [constraint, ofType]) {
    if (!demand) continue;
    const { format, min, max } = demand;
    if (format !== null && !(typeof value === 'string' && hasFormat(format, value)))
      return `must be ${FORMATS[format].says}`;
    if (min !== null && !(typeof value === 'number' && value >= min)) return `must be at least ${min}`;
    if (max !== null && !(typeof value === 'number' && value <= max)) return `must be at most ${max}`;
  }
  return null;
}

/** Lone surrogates and NUL are no text for any register; scalars of foreign schemas may hold whole objects. */
function isSound(value: unknown): boolean {
  const rest: unknown[] = [value];
  for (let item = rest.pop(); item !== undefined; item = rest.pop()) {
    if (typeof item === 'string' && (!item.isWellFormed() || item.includes('\0'))) return false;
    if (typeof item === 'object' && item !== null)
      for (const [name, inner] of Object.entries(item)) rest.push(name, inner ?? 0);
  }
  return true;
}
