import { type GraphQLField, isEnumType, isLeafType, isObjectType, parseType, type TypeNode } from 'graphql';
import type { Anatomy, FieldOwner } from './anatomy.js';
import { canonical } from './canonical.js';
import { type Arguments, type Entities, type Item, isKey } from './items.js';
import { happens, hash } from './random.js';

export interface ValueSettings {
  readonly seed: number;
  /** How often a nullable field is null. */
  readonly nullRate: number;
  /** Values of a custom scalar; without them it is text. */
  readonly scalars: Readonly<Record<string, readonly unknown[]>>;
  /** How many items a list field has, by coordinate; without it 0 to 3. */
  readonly lengths: Readonly<Record<string, number>>;
  /** What all but the keys of an object also depends on: another text, and it is another object. */
  readonly versionOf?: ((item: Item) => string) | undefined;
}

/**
 * A value that depends on the seed, the object, the field, its arguments and `cause`, and on nothing else.
 *
 * @param cause What else it depends on: required fields, the turn of a mutation.
 */
export type ReadValue = (item: Item, fieldName: string, args: Arguments, cause: string) => unknown;

interface Wanted {
  /** The field's type as each of `owners` declares it. */
  readonly types: readonly TypeNode[];
  readonly owners: readonly FieldOwner[];
  readonly text: string;
  readonly parent: Item;
  readonly length: number | undefined;
}

const WORDS = ['stone', 'river', 'Straße', 'cloud', 'ember', 'field"quote', 'back\\slash', 'line\nbreak', '日本', ''];

export function createValues(anatomy: Anatomy, entities: Entities, settings: ValueSettings): ReadValue {
  const readKey = (item: Item, field: GraphQLField<unknown, unknown>): unknown => {
    const name = namedType(parseType(String(field.type)));
    const number = item.number ?? 0;
    const type = anatomy.whole.getType(name);
    if (type && !isLeafType(type) && anatomy.keys(name).length > 0) return entities.get(number, name, item);
    if (type && !isLeafType(type)) return { type: name, id: `${item.id}.${field.name}`, number: null, parent: item };
    if (name === 'Int') return number * 7 - 3;
    const pool = settings.scalars[name];
    return pool ? pool[number % pool.length] : `${field.name}-${number}`;
  };

  const produce = (wanted: Wanted): unknown => {
    const { types, text } = wanted;
    const inner = types.map((type) => (type.kind === 'NonNullType' ? type.type : type));
    // Where one subgraph promises a value, all give one.
    const isRequired = types.some((type) => type.kind === 'NonNullType');
    if (!isRequired && happens(`${text}?`, settings.nullRate)) return null;
    const items = inner.flatMap((type) => (type.kind === 'ListType' ? [type.type] : []));
    if (items.length === 0) return produceNamed({ ...wanted, types: inner });
    return Array.from({ length: wanted.length ?? hash(`${text}#`) % 4 }, (_, index) =>
      produce({ ...wanted, types: items, text: `${text}[${index}]` }),
    );
  };

  const produceNamed = ({ types, owners, text, parent }: Wanted): unknown => {
    const names = types.map(namedType);
    const name = names[0] ?? '';
    const type = anatomy.whole.getType(name);
    if (isEnumType(type))
      return choose(common(owners.map(({ graph }) => anatomy.enumValues(name, graph))), text) ?? null;
    if (!type || isLeafType(type)) return readScalar(name, hash(text), settings.scalars[name]);
    const chosen = choose(
      common(owners.map(({ graph }, index) => anatomy.possibleTypes(names[index] ?? name, graph))),
      text,
    );
    if (chosen === undefined) return null;
    if (anatomy.keys(chosen).length > 0)
      return entities.get(choose(entities.numbers(chosen), `${text}!`) ?? 0, chosen, parent);
    return { type: chosen, id: text.length > 80 ? `~${hash(text)}.${hash(`~${text}`)}` : text, number: null, parent };
  };

  return (item, fieldName, args, cause) => {
    const field = fieldOf(anatomy, item.type, fieldName);
    if (isKey(anatomy, item, fieldName)) return readKey(item, field);
    const owners = anatomy.owners(item.type, fieldName).filter((owner) => !owner.isExternal);
    const types = owners.map((owner) => parseType(owner.type ?? String(field.type)));
    const text = `${settings.seed}|${item.id}.${fieldName}(${canonical(args)})${cause}${settings.versionOf?.(item) ?? ''}`;
    return produce({ types, owners, text, parent: item, length: settings.lengths[`${item.type}.${fieldName}`] });
  };
}

/** @throws TypeError where the type has no such field. */
export function fieldOf(anatomy: Anatomy, typeName: string, fieldName: string): GraphQLField<unknown, unknown> {
  const type = anatomy.whole.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  if (!field) throw new TypeError(`no field ${typeName}.${fieldName}`);
  return field;
}

function readScalar(name: string, seed: number, pool: readonly unknown[] | undefined): unknown {
  if (pool) return choose(pool, String(seed));
  if (name === 'Int') return (seed % 2001) - 1000;
  if (name === 'Float') return ((seed % 2001) - 1000) / 8;
  if (name === 'Boolean') return seed % 2 === 0;
  if (name === 'ID') return `i${seed.toString(36)}`;
  return `${WORDS[seed % WORDS.length]}${(seed % 99991).toString(36)}`;
}

const choose = <T>(items: readonly T[], text: string): T | undefined => items[hash(`${text}:`) % items.length];

const common = (lists: readonly (readonly string[])[]): string[] =>
  (lists[0] ?? []).filter((name) => lists.every((list) => list.includes(name)));

function namedType(type: TypeNode): string {
  return type.kind === 'NamedType' ? type.name.value : namedType(type.type);
}
