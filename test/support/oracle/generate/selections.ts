import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { Random } from '../random.js';
import type { GeneratorSettings } from './operation.js';
import { createResponseNames, type ResponseNames } from './response-names.js';
import type { Variables } from './variables.js';

/** Writes selection sets and the fragments they use. */
export interface Selections {
  write(type: GraphQLCompositeType, depth: number): string;
  /** Definitions of every fragment that is used. */
  fragments(): readonly string[];
}

interface Parts {
  readonly schema: GraphQLSchema;
  readonly random: Random;
  readonly settings: GeneratorSettings;
  readonly variables: Variables;
}

interface Fragment {
  readonly name: string;
  readonly type: GraphQLCompositeType;
  readonly text: string;
  /** Selections, expanded. */
  readonly size: number;
  readonly names: ResponseNames;
}

interface Place {
  readonly type: GraphQLCompositeType;
  readonly depth: number;
  readonly names: ResponseNames;
  /** Response path from where `names` begins. */
  readonly path: string;
}

export function createSelections({ schema, random, settings, variables }: Parts): Selections {
  const fragments: Fragment[] = [];
  let left = settings.maxSelections;

  const writeSet = (place: Place): string => {
    const wanted = 1 + random.integer(place.depth > 0 ? 5 : 3);
    const parts: string[] = [];
    for (let index = 0; index < wanted && left > 0; index++) parts.push(...writeOne(place));
    if (parts.length > 0 && random.chance(0.08)) parts.push(random.pick(parts));
    return `{ ${(parts.length > 0 ? parts : ['__typename']).join(' ')} }`;
  };

  const writeOne = (place: Place): string[] => {
    left--;
    const dice = random.next();
    if (dice < 0.07) return [random.chance(0.3) ? writeTypename(place) : '__typename'];
    const canNest = place.depth > 0 && left > 1;
    if (canNest && dice < (isAbstractType(place.type) ? 0.45 : 0.17)) return [writeInline(place)];
    if (canNest && dice < (isAbstractType(place.type) ? 0.55 : 0.27)) return writeSpread(place);
    return writeField(place);
  };

  const writeTypename = ({ names, path, type }: Place): string => {
    const alias = random.pick(['kind', 't', 'toString']);
    return names.claim({ path, name: alias, type, signature: '__typename', shape: 'String!' })
      ? `${alias}: __typename`
      : '__typename';
  };

  const writeField = (place: Place): string[] => {
    if (isUnionType(place.type)) return [writeInline(place)];
    const all = Object.values(place.type.getFields());
    const fields = all.filter((field) => place.depth > 0 || !isCompositeType(getNamedType(field.type)));
    if (fields.length === 0) return ['__typename'];
    const field = random.pick(fields);
    const args = variables.writeArguments(`${place.type.name}.${field.name}`, field.args);
    const response = nameFor(place, field, args);
    const prefix = response === field.name ? '' : `${response}: `;
    const type = getNamedType(field.type);
    const inner = isCompositeType(type)
      ? ` ${writeSet({ ...place, type, depth: place.depth - 1, path: `${place.path}.${response}` })}`
      : '';
    return [`${prefix}${field.name}${args}${condition()}${inner}`];
  };

  const nameFor = ({ names, path, type }: Place, field: GraphQLField<unknown, unknown>, args: string): string => {
    const claim = { path, type, signature: `${field.name}${args}`, shape: String(field.type) };
    const alias = random.pick(ALIASES);
    const wanted = random.chance(0.75) || settings.reserved.has(alias) ? field.name : alias;
    if (names.claim({ ...claim, name: wanted })) return wanted;
    for (let index = 0; ; index++) {
      const name = `${field.name}_${index}`;
      if (names.claim({ ...claim, name })) return name;
    }
  };

  const writeInline = (place: Place): string => {
    const isBare = !isUnionType(place.type) && random.chance(0.15);
    const type = isBare ? place.type : conditionFor(place.type);
    const inner = writeSet({ ...place, type, depth: place.depth - (isUnionType(place.type) ? 0 : 1) });
    return `...${isBare ? '' : ` on ${type.name}`}${condition()} ${inner}`;
  };

  const writeSpread = (place: Place): string[] => {
    const fitting = fragments.filter((fragment) => fragment.size <= left && overlap(fragment.type, place.type));
    const fragment = fitting.length > 0 && random.chance(0.6) ? random.pick(fitting) : createFragment(place);
    if (!place.names.merge(fragment.names, place.path)) return ['__typename'];
    left -= fragment.size;
    return [`...${fragment.name}${condition()}`];
  };

  const createFragment = (place: Place): Fragment => {
    const type = conditionFor(place.type);
    const before = left;
    const names = createResponseNames();
    const inner = writeSet({ type, names, path: '', depth: place.depth - 1 });
    const name = random.chance(0.05) ? `constructor${fragments.length}` : `F${fragments.length}`;
    const fragment = { name, type, names, size: before - left, text: `fragment ${name} on ${type.name} ${inner}` };
    // Paid when it is spread.
    left = before;
    fragments.push(fragment);
    return fragment;
  };

  const conditionFor = (type: GraphQLCompositeType): GraphQLCompositeType => {
    const all = Object.values(schema.getTypeMap()).filter(isPublicComposite);
    const fitting = all.filter((item) => overlap(item, type));
    const objects = fitting.filter((item) => isObjectType(item));
    return random.chance(0.6) && objects.length > 0 ? random.pick(objects) : random.pick(fitting);
  };

  const overlap = (a: GraphQLCompositeType, b: GraphQLCompositeType): boolean => {
    const possible = (type: GraphQLCompositeType) => (isAbstractType(type) ? schema.getPossibleTypes(type) : [type]);
    return possible(a).some((type) => possible(b).includes(type));
  };

  const condition = (): string => (random.chance(0.1) ? variables.writeCondition() : '');

  return {
    write: (type, depth) => writeSet({ type, depth, names: createResponseNames(), path: '' }),
    // One that was refused where it was to be spread may be left over: it must not stand in the document.
    fragments: () => fragments.map(({ text }) => text),
  };
}

/** Aliases that turn up on different fields in different places, and names that objects have of their own. */
const ALIASES = ['a', 'b', 'c', 'id', 'name', 'a', 'b', 'constructor', '__proto__', 'hasOwnProperty', 'length'];

const isPublicComposite = (type: GraphQLNamedType): type is GraphQLCompositeType =>
  (isObjectType(type) || isInterfaceType(type) || isUnionType(type)) && !type.name.startsWith('__');
