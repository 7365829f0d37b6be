import {
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  getArgumentValues,
  getNamedType,
  isInputObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { normalizeName } from '../../lib/names.js';
import { definitionsOf, type Operation } from '../operation.js';
import { coerceVariables } from './coerce-variables.js';
import { argumentCoordinate, type Constraints } from './constraints.js';

/** One search for a person: whom somebody looks up, and what they say of them beside the name. */
export interface PersonSearch {
  /** Municipality and the letters of the names; the same for every spelling of them. */
  readonly person: string;
  readonly guess: string;
}

/**
 * Finds the searches for persons in an operation, each alias by itself. Which they are the schema says: an argument, or
 * a field of its input object, with the format `person-name` names the person, together with `ags`; everything else,
 * but for the page asked for, is a guess.
 *
 * @returns `null` where the operation searches for nobody; what is known of the operation is kept.
 */
export type ReadPersonSearches = (operation: Operation) => PersonSearch[] | null;

const PERSON_NAME = 'person-name';
/** Page by page one reads the hits of one and the same search. */
const OF_PAGES: ReadonlySet<string> = new Set(['first', 'after']);

export function createReadPersonSearches(constraints: Constraints): ReadPersonSearches {
  const known = new WeakMap<object, readonly Search[]>();
  return (operation) => {
    const searches = known.get(operation.definition) ?? findSearches(operation, constraints);
    known.set(operation.definition, searches);
    if (searches.length === 0) return null;
    const variables = coerceVariables(
      operation,
      (name) => name,
      () => undefined,
    );
    return searches.map(({ field, node, naming }) => toPersonSearch(getArgumentValues(field, node, variables), naming));
  };
}

interface Search {
  readonly field: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
  /** Dotted names of what names the person: `search.familyName`. */
  readonly naming: ReadonlySet<string>;
}

function findSearches(operation: Operation, constraints: Constraints): Search[] {
  const found: Search[] = [];
  const types = new TypeInfo(operation.schema);
  const visitor = visitWithTypeInfo(types, {
    Field(node) {
      const field = types.getFieldDef();
      const parent = types.getParentType();
      if (!field || !parent) return;
      const naming = field.args.flatMap(({ name, type }) => {
        const ofArgument = constraints.get(argumentCoordinate(parent.name, field.name, name));
        return ofArgument?.format === PERSON_NAME ? [name] : namesIn(name, type, constraints);
      });
      if (naming.length > 0) found.push({ field, node, naming: new Set(naming) });
    },
  });
  for (const definition of definitionsOf(operation)) visit(definition, visitor);
  return found;
}

function namesIn(argument: string, given: GraphQLInputType, constraints: Constraints): string[] {
  const type = getNamedType(given);
  if (!isInputObjectType(type)) return [];
  return Object.keys(type.getFields())
    .filter((name) => constraints.get(`${type.name}.${name}`)?.format === PERSON_NAME)
    .map((name) => `${argument}.${name}`);
}

function toPersonSearch(args: Readonly<Record<string, unknown>>, naming: ReadonlySet<string>): PersonSearch {
  const person: string[] = [];
  const guess: string[] = [];
  for (const [name, value] of listValues(args)) {
    if (OF_PAGES.has(name)) continue;
    if (naming.has(name)) person.push(`${name}=${lettersOf(value)}`);
    else if (/(^|\.)ags$/.test(name)) person.push(`${name}=${value}`);
    else guess.push(`${name}=${JSON.stringify(value)}`);
  }
  return { person: person.sort().join('&'), guess: guess.sort().join('&') };
}

/** Values by dotted name, one level of input objects down; deeper ones as a whole. */
function listValues(args: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(args).flatMap(([name, value]): [string, unknown][] =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.entries(value).map(([inner, of]) => [`${name}.${inner}`, of])
      : [[name, value]],
  );
}

/**
 * Each letter once, in the order of the alphabet. Registers find the same person under names in another order, one twice,
 * with spaces and signs anywhere: whatever they overlook must not make a new person here. That two people who have all
 * letters in common share a bound is rare, and costs them little.
 */
const lettersOf = (value: unknown): string => [...new Set(normalizeName(String(value)))].sort().join('');
