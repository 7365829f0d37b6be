import {
  type ArgumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  getArgumentValues,
  Kind,
  TypeInfo,
  type ValueNode,
  valueFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { isCursorOf, listScope } from '../../lib/connection.js';
import { definitionsOf, type Operation } from '../operation.js';
import type { Report } from './check-value.js';
import type { Variables } from './coerce-variables.js';
import { argumentCoordinate, type Constraint, type Constraints } from './constraints.js';

/** The arguments an operation gives, ready to be read for each request. */
export interface ArgumentProgram {
  readonly values: readonly GivenArgument[];
  readonly cursors: readonly GivenCursor[];
  /** Dotted name of the argument in which a variable is first used. */
  readonly argumentOf: ReadonlyMap<string, string>;
}

export interface GivenArgument {
  readonly argument: string;
  readonly type: GraphQLInputType;
  readonly constraint: Constraint | undefined;
  /** Whether no variable is in it. */
  readonly isFixed: boolean;
  readonly read: (variables: Variables) => unknown;
}

/** A field of the root with a cursor of ours; a cursor belongs to one list, and its other arguments name the list. */
export interface GivenCursor {
  readonly coordinate: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
  readonly isFixed: boolean;
}

export function readGivenArguments(operation: Operation, constraints: Constraints): ArgumentProgram {
  const values: GivenArgument[] = [];
  const cursors: GivenCursor[] = [];
  const argumentOf = new Map<string, string>();
  const types = new TypeInfo(operation.schema);
  const visitor = visitWithTypeInfo(types, {
    Field(node) {
      const field = types.getFieldDef();
      const coordinate = `${types.getParentType()?.name}.${node.name.value}`;
      if (
        field &&
        types.getParentType() === operation.schema.getQueryType() &&
        hasCursor(node, coordinate, constraints)
      )
        cursors.push({ coordinate, field, node, isFixed: !usesVariables(node.arguments) });
    },
    Argument(node) {
      noteVariables(node.value, node.name.value, argumentOf);
      const parent = types.getParentType();
      const field = types.getFieldDef();
      const type = types.getInputType();
      if (types.getDirective() || !parent || !field || !type) return;
      const constraint = constraints.get(argumentCoordinate(parent.name, field.name, node.name.value));
      const isFixed = !usesVariables([node]);
      values.push({ argument: node.name.value, type, constraint, isFixed, read: createReader(node.value, type) });
    },
  });
  for (const definition of definitionsOf(operation)) visit(definition, visitor);
  return { values, cursors, argumentOf };
}

/** @returns Nothing; reports a cursor that this list never gave out. */
export function checkCursor({ coordinate, field, node }: GivenCursor, variables: Variables, report: Report): void {
  const args = getArgumentValues(field, node, variables);
  const { after } = args;
  if (after === null || after === undefined) return;
  if (typeof after !== 'string' || !isCursorOf(listScope(coordinate, args), after))
    report({ argument: 'after', message: 'after is not a cursor of this list.' });
}

const hasCursor = ({ arguments: args = [] }: FieldNode, coordinate: string, constraints: Constraints): boolean => {
  const [type = '', field = ''] = coordinate.split('.');
  return (
    args.some(({ name }) => name.value === 'after') &&
    constraints.get(argumentCoordinate(type, field, 'after'))?.format === 'opaque'
  );
};

function createReader(node: ValueNode, type: GraphQLInputType): GivenArgument['read'] {
  if (node.kind !== Kind.VARIABLE) return (variables) => valueFromAST(node, type, variables);
  const name = node.name.value;
  return (variables) => variables[name];
}

function noteVariables(node: ValueNode, argument: string, argumentOf: Map<string, string>): void {
  if (node.kind === Kind.VARIABLE && !argumentOf.has(node.name.value)) argumentOf.set(node.name.value, argument);
  if (node.kind === Kind.LIST)
    for (const [index, item] of node.values.entries()) noteVariables(item, `${argument}.${index}`, argumentOf);
  if (node.kind === Kind.OBJECT)
    for (const { name, value } of node.fields) noteVariables(value, `${argument}.${name.value}`, argumentOf);
}

function usesVariables(args: readonly ArgumentNode[] = []): boolean {
  const names = new Map<string, string>();
  for (const { value } of args) noteVariables(value, '', names);
  return names.size > 0;
}
