import {
  coerceInputValue,
  type GraphQLInputType,
  isInputType,
  isNonNullType,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from 'graphql';
import type { Operation } from '../operation.js';
import type { Report } from './check-value.js';

/** Coerced values by variable name; without a prototype, for a variable may be called `__proto__`. */
export type Variables = Readonly<Record<string, unknown>>;

/**
 * Coerces the variables as the specification says. Faults name the argument in which the variable is first used,
 * because clients know arguments.
 */
export function coerceVariables(
  { schema, definition, variables }: Operation,
  argumentOf: (variable: string) => string,
  report: Report,
): Variables {
  const coerced: Record<string, unknown> = Object.create(null);
  for (const node of definition.variableDefinitions ?? []) {
    const name = node.variable.name.value;
    const type = typeFromAST(schema, node.type);
    if (!type || !isInputType(type)) continue;
    const given = { node, type, isGiven: Object.hasOwn(variables, name), value: variables[name] };
    const result = coerceVariable(given, argumentOf(name), report);
    if (result !== undefined) coerced[name] = result;
  }
  return coerced;
}

interface GivenVariable {
  readonly node: VariableDefinitionNode;
  readonly type: GraphQLInputType;
  readonly isGiven: boolean;
  readonly value: unknown;
}

function coerceVariable({ node, type, isGiven, value }: GivenVariable, argument: string, report: Report): unknown {
  if (!isGiven || value === undefined) {
    if (node.defaultValue) return valueFromAST(node.defaultValue, type);
    if (isNonNullType(type)) report({ argument, message: `${argument} is missing.` });
    return undefined;
  }
  if (value === null && isNonNullType(type)) return report({ argument, message: `${argument} must not be null.` });
  return coerceInputValue(value, type, (path, _value, { message }) => {
    // A field that is missing or unknown stands in the message alone.
    const [, field] = /^Field "([^"]*)" (?:of required type|is not defined)/.exec(message) ?? [];
    const place = [argument, ...path, ...(field === undefined ? [] : [field])].join('.');
    report({ argument: place, message: `${place} is not of the type asked for.` });
  });
}
