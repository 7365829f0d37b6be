import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { fieldKey } from '../plan/canonical.js';
import type { DeniedFields } from '../plan/deny.js';
import type { Conditions } from '../plan/plan.js';
import { compileLeaf } from './leaf.js';
import { type Document, selectFields } from './select-fields.js';
import {
  fault,
  type Inside,
  type ObjectShape,
  type ShapeField,
  type Write,
  writeDenied,
  writeField,
  writeList,
  writeObject,
} from './shaping.js';
import { isInherited } from './types.js';

export interface ShapeParts extends Document {
  /** As in `PlannedOperation`. */
  readonly names: ReadonlyMap<string, string>;
  readonly conditions: Conditions;
  /** Fields that the caller may not see; `null`: none. */
  readonly denied?: DeniedFields | null;
}

/**
 * What an answer looks like, compiled once: which fields in which order, from where, and what a missing one means. Shapes
 * inside are made when the first object of their type comes, for an operation over abstract types has more of them than
 * its answers ever use.
 */
export function compileShape(
  parts: ShapeParts,
  root: GraphQLObjectType,
  set: SelectionSetNode,
  isMutation: boolean,
): ObjectShape {
  const compiler = createCompiler(parts);
  return compiler.objectShape(root, [set], { isRoot: true, isMutation });
}

interface At {
  readonly isRoot: boolean;
  readonly isMutation: boolean;
}

const INSIDE: At = { isRoot: false, isMutation: false };

function createCompiler(parts: ShapeParts) {
  const ids = new Map<SelectionSetNode, number>();
  const insides = new Map<string, Inside>();
  const idOf = (set: SelectionSetNode): number => {
    const id = ids.get(set) ?? ids.size;
    ids.set(set, id);
    return id;
  };

  /** Equal selections of the same type share their shapes, however many types above them lead there. */
  const insideOf = (type: GraphQLCompositeType, fields: readonly FieldNode[]): Inside => {
    const sets = fields.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
    const key = `${type.name} ${sets.map(idOf).join()}`;
    const inside = insides.get(key) ?? createInside(type, sets);
    insides.set(key, inside);
    return inside;
  };

  const createInside = (type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): Inside => {
    if (!isAbstractType(type)) {
      let shape: ObjectShape | undefined;
      const only = (): ObjectShape => {
        shape ??= objectShape(type, sets, INSIDE);
        return shape;
      };
      return { shapeOf: only, all: () => [only()] };
    }
    const shapes = new Map<unknown, ObjectShape | null>();
    const shapeFor = (typename: unknown): ObjectShape | null => {
      const known = shapes.get(typename);
      if (known !== undefined) return known;
      const runtime = runtimeType(parts, type, typename);
      const shape = runtime && objectShape(runtime, sets, INSIDE);
      shapes.set(runtime ? typename : null, shape);
      return shape;
    };
    return {
      shapeOf: (object) => shapeFor(object['__typename']),
      all: () => parts.schema.getPossibleTypes(type).flatMap(({ name }) => shapeFor(name) ?? []),
    };
  };

  const objectShape = (type: GraphQLCompositeType, sets: readonly SelectionSetNode[], at: At): ObjectShape => {
    const fields: ShapeField[] = [];
    for (const [key, nodes] of selectFields(parts, type, sets, parts.conditions)) {
      const field = compileField(type, key, nodes, at, fields.length === 0);
      if (field) fields.push(field);
    }
    return { type: type.name, fields, isDeep: fields.some(({ inside }) => inside !== null) };
  };

  const compileField = (
    type: GraphQLCompositeType,
    key: string,
    nodes: readonly FieldNode[],
    { isRoot, isMutation }: At,
    isFirst: boolean,
  ): ShapeField | null => {
    const [node] = nodes;
    if (!node) return null;
    const name = node.name.value;
    const label = `${isFirst ? '' : ','}${JSON.stringify(key)}:`;
    if (name === '__typename')
      return { key, label, source: null, coordinate: null, inside: null, write: writeTypename(type) };
    if (isRoot && name.startsWith('__'))
      return {
        key,
        label,
        source: null,
        coordinate: null,
        inside: null,
        write: (_, { introspection, out }) => {
          out.json(introspection?.get(key) ?? 'null');
          return true;
        },
      };
    const definition = 'getFields' in type ? type.getFields()[name] : undefined;
    if (!definition) return null;
    const source = parts.names.get(fieldKey(node, isRoot && isMutation)) ?? name;
    const named = getNamedType(definition.type);
    const inside = isCompositeType(named) ? insideOf(named, nodes) : null;
    const isNullable = !isNonNullType(definition.type);
    const denial = parts.denied && nodes.map((one) => parts.denied?.get(one)).find((found) => found !== undefined);
    if (denial)
      return { key, label, source: null, coordinate: null, inside: null, write: writeDenied(key, denial, isNullable) };
    const write = compileWrite(definition.type, inside);
    const isGuarded = isInherited(source);
    const coordinate = `${type.name}.${name}`;
    return { key, label, source, coordinate, inside, write: writeField(key, source, { isNullable, isGuarded, write }) };
  };

  return { objectShape };
}

function compileWrite(type: GraphQLOutputType, inside: Inside | null): Write {
  if (isNonNullType(type)) return compileWrite(type.ofType, inside);
  if (isListType(type)) return writeList(compileWrite(type.ofType, inside), !isNonNullType(type.ofType));
  if (inside) return writeObject(inside);
  if (!isLeafType(type)) return (_, shaping) => fault(shaping);
  const write = compileLeaf(type);
  return (value, shaping) => write(value, shaping.out) || fault(shaping);
}

/** An abstract type has no name of an object's own type to give: where one is asked for, the object has to go. */
function writeTypename(type: GraphQLCompositeType): ShapeField['write'] {
  if (!isObjectType(type)) return (_, shaping) => fault(shaping);
  const text = JSON.stringify(type.name);
  return (_, { out }) => {
    out.ascii(text);
    return true;
  };
}

/**
 * The type an object is answered as. A subgraph that knows an interface as an object names the interface, and then the
 * interface's own fields are what can be said of it.
 *
 * @returns `null` for a type that clients may not see, or that does not belong there.
 */
function runtimeType(
  { schema }: ShapeParts,
  type: GraphQLCompositeType,
  typename: unknown,
): GraphQLCompositeType | null {
  if (!isAbstractType(type) || typename === undefined || typename === type.name) return type;
  const runtime = typeof typename === 'string' ? schema.getType(typename) : undefined;
  if (isObjectType(runtime)) return schema.isSubType(type, runtime) ? runtime : null;
  return runtime && isAbstractType(runtime) ? type : null;
}
