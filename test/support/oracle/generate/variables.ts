import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Random } from '../random.js';

/** The variables of one operation, made as its arguments are written. */
export interface Variables {
  /** @returns The arguments of a field as text with parentheses, or nothing. */
  writeArguments(coordinate: string, args: readonly GraphQLArgument[]): string;
  /** @returns `@skip` or `@include` with a literal or a variable. */
  writeCondition(): string;
  /** @returns `($a: Int = 3)`, or nothing. */
  definitions(): string;
  /** What the client sends. */
  values(): Record<string, unknown>;
}

type Pools = Readonly<Record<string, readonly unknown[]>>;
interface Written {
  readonly literal: string;
  readonly json: unknown;
}

export function createVariables(random: Random, pools: Pools): Variables {
  const known = new Map<string, { name: string; definition: string }[]>();
  const values: Record<string, unknown> = {};

  const writeArguments = (coordinate: string, args: readonly GraphQLArgument[]): string => {
    const parts = args.flatMap((arg) => {
      if (!isRequired(arg) && random.chance(0.45)) return [];
      return [`${arg.name}: ${writeArgument(arg.type, `${coordinate}.${arg.name}`, 0).literal}`];
    });
    return parts.length > 0 ? `(${parts.join(', ')})` : '';
  };

  const writeArgument = (type: GraphQLInputType, coordinate: string, depth: number): Written =>
    random.chance(0.35)
      ? { literal: `$${variableFor(type, coordinate)}`, json: undefined }
      : writeValue(type, coordinate, depth);

  const variableFor = (type: GraphQLInputType, coordinate: string): string => {
    const isNullable = !isNonNullType(type);
    const key = `${type}${coordinate in pools ? coordinate : ''}`;
    const same = known.get(key) ?? [];
    if (same.length > 0 && random.chance(0.4)) return random.pick(same).name;
    const name = random.chance(0.03) ? random.pick(['representations', 'constructor', 'toString']) : `v${count(known)}`;
    const isTaken = [...known.values()].flat().some((other) => other.name === name);
    return declare({ name: isTaken ? `v${count(known)}x` : name, key, type, coordinate, isNullable });
  };

  const declare = (wanted: {
    name: string;
    key: string;
    type: GraphQLInputType;
    coordinate: string;
    isNullable: boolean;
  }): string => {
    const { name, key, type, coordinate, isNullable } = wanted;
    const hasDefault = random.chance(0.35);
    const fallback = hasDefault ? ` = ${constant(type, coordinate).literal}` : '';
    known.set(key, [...(known.get(key) ?? []), { name, definition: `$${name}: ${type}${fallback}` }]);
    if ((!hasDefault && !isNullable) || random.chance(0.7)) values[name] = constant(type, coordinate).json;
    return name;
  };

  /** A value without variables. */
  const constant = (type: GraphQLInputType, coordinate: string): Written => writeValue(type, coordinate, 100);

  const writeValue = (type: GraphQLInputType, coordinate: string, depth: number): Written => {
    if (isNonNullType(type)) return writeRequired(type.ofType, coordinate, depth);
    return random.chance(0.08) ? { literal: 'null', json: null } : writeRequired(type, coordinate, depth);
  };

  const writeRequired = (type: GraphQLInputType, coordinate: string, depth: number): Written => {
    const pool = pools[coordinate] ?? pools[String(type)];
    if (pool) return leaf(random.pick(pool));
    if (isListType(type)) return writeList(type.ofType, coordinate, depth);
    if (isInputObjectType(type)) return writeObject(type.name, Object.values(type.getFields()), depth);
    if (isEnumType(type)) {
      const { name } = random.pick(type.getValues());
      return { literal: name, json: name };
    }
    return writeScalar(String(type));
  };

  const writeList = (type: GraphQLInputType, coordinate: string, depth: number): Written => {
    const items = Array.from({ length: random.integer(3) }, () => inside(type, coordinate, depth));
    // A single value stands for a list of one.
    const [only] = items;
    if (items.length === 1 && only && only.literal !== 'null' && !only.literal.startsWith('$') && random.chance(0.3))
      return only;
    return { literal: `[${items.map((item) => item.literal).join(', ')}]`, json: items.map((item) => item.json) };
  };

  const writeObject = (name: string, fields: readonly GraphQLInputField[], depth: number): Written => {
    const level = depth % 100;
    const chosen = fields.filter((field) => isRequired(field) || (level < 3 && random.chance(0.55)));
    const parts = chosen.map((field) => ({ field, value: inside(field.type, `${name}.${field.name}`, depth + 1) }));
    return {
      literal: `{${parts.map(({ field, value }) => `${field.name}: ${value.literal}`).join(', ')}}`,
      json: Object.fromEntries(parts.map(({ field, value }) => [field.name, value.json])),
    };
  };

  const inside = (type: GraphQLInputType, coordinate: string, depth: number): Written =>
    depth >= 100 ? writeValue(type, coordinate, depth) : writeArgument(type, coordinate, depth);

  const writeScalar = (name: string): Written => {
    if (name === 'Int') return leaf(random.integer(40) - 5);
    if (name === 'Float') return leaf(random.pick([0, -1.5, 3, 2.25, 1e3]));
    if (name === 'Boolean') return leaf(random.chance(0.5));
    if (name === 'ID') return leaf(random.pick(['1', 'x-2', 7]));
    return leaf(random.pick(['', 'plain', 'ümläut', 'quote"d', 'line\nbreak', '{}', '日本', '$v0']));
  };

  const writeCondition = (): string => {
    const name = random.pick(['skip', 'include']);
    if (random.chance(0.4)) return ` @${name}(if: ${random.chance(0.5)})`;
    return ` @${name}(if: $${conditionVariable()})`;
  };

  const conditionVariable = (): string => {
    const same = known.get('condition') ?? [];
    if (same.length > 0 && random.chance(0.6)) return random.pick(same).name;
    const name = `if${same.length}`;
    const hasDefault = random.chance(0.3);
    const fallback = hasDefault ? ` = ${random.chance(0.5)}` : '';
    known.set('condition', [...same, { name, definition: `$${name}: Boolean!${fallback}` }]);
    if (!hasDefault || random.chance(0.5)) values[name] = random.chance(0.5);
    return name;
  };

  return {
    writeArguments,
    writeCondition,
    definitions() {
      const all = [...known.values()].flat().map(({ definition }) => definition);
      return all.length > 0 ? `(${all.join(', ')})` : '';
    },
    values: () => values,
  };
}

const isRequired = (input: GraphQLArgument | GraphQLInputField): boolean =>
  isNonNullType(input.type) && input.defaultValue === undefined;

const count = (known: ReadonlyMap<string, readonly unknown[]>): number => [...known.values()].flat().length;

const leaf = (value: unknown): Written => ({ literal: JSON.stringify(value), json: value });
