import {
  type ConstDirectiveNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Operation } from './oracle/engine.js';
import { createRandom, type Random } from './oracle/random.js';

/** Begins every alias that a rewriting has made. */
const MARK = 'zzRewritten_';

/**
 * The same question in other words: other response names, another order, selections twice, inside fragments with a type
 * and without, behind `@include(if: true)` and `@skip(if: false)`. One response name gets one new one everywhere, so
 * what belonged together still does.
 *
 * @returns A valid operation of the same schema; the data of its answer is `restored` to that of the other.
 */
export function rewrite(operation: Operation, schema: GraphQLSchema, seed: string): Operation {
  for (let attempt = 0; attempt < 20; attempt++) {
    const query = write(operation.query, schema, createRandom(`${seed} ${attempt}`));
    if (validate(schema, parse(query)).length === 0) return { ...operation, query };
  }
  throw new Error(`no other words for seed ${seed}`);
}

/** Gives response names back in the data of an answer. */
export function restored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(restored);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [restoredName(name), restored(inner)]));
}

/** The same for the path of an error. */
export const restoredPath = (path: readonly (string | number)[]): readonly (string | number)[] =>
  path.map((step) => (typeof step === 'string' ? restoredName(step) : step));

const restoredName = (name: string): string => (name.startsWith(MARK) ? name.slice(MARK.length) : name);

function write(query: string, schema: GraphQLSchema, random: Random): string {
  const types = new TypeInfo(schema);
  const renamed = new Map<string, boolean>();
  const isRenamed = (name: string): boolean => {
    const known = renamed.get(name) ?? random.chance(0.4);
    renamed.set(name, known);
    return known;
  };
  const document = visit(
    parse(query),
    visitWithTypeInfo(types, {
      Field(node) {
        const name = node.alias?.value ?? node.name.value;
        const field = random.chance(0.2) ? withCondition(node, random) : node;
        return isRenamed(name) ? { ...field, alias: { kind: Kind.NAME, value: `${MARK}${name}` } } : field;
      },
      SelectionSet: {
        leave(node) {
          const type = types.getParentType();
          // Fields of a mutation run one after the other: to shuffle them is to ask for something else.
          const isOrdered = type !== null && type === schema.getMutationType();
          const selections = isOrdered ? [...node.selections] : shuffled(node.selections, random);
          const twice = !isOrdered && random.chance(0.3) ? [random.pick(selections)] : [];
          return { ...node, selections: [...selections.map((one) => wrapped(one, type?.name, random)), ...twice] };
        },
      },
    }),
  );
  return print(document);
}

const directive = (name: string, value: boolean): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: name },
  arguments: [{ kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'if' }, value: { kind: Kind.BOOLEAN, value } }],
});

function withCondition(node: FieldNode, random: Random): FieldNode {
  const added = random.pick([directive('include', true), directive('skip', false)]);
  const isThere = node.directives?.some(({ name }) => name.value === added.name.value);
  return isThere ? node : { ...node, directives: [...(node.directives ?? []), added] };
}

function wrapped(selection: SelectionNode, type: string | undefined, random: Random): SelectionNode {
  if (!random.chance(0.3)) return selection;
  const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [selection] };
  const isTyped = type !== undefined && random.chance(0.5);
  return {
    kind: Kind.INLINE_FRAGMENT,
    ...(isTyped && { typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } } }),
    directives: random.chance(0.3) ? [directive('include', true)] : [],
    selectionSet,
  };
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const left = [...items];
  return items.map(() => left.splice(random.integer(left.length), 1)[0] as Item);
}
