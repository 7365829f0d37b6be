import { type FieldNode, getArgumentValues, isAbstractType, isObjectType, type SelectionSetNode } from 'graphql';
import type { Anatomy } from './anatomy.js';
import { canonical } from './canonical.js';
import { type Item, isItem, type Representation } from './items.js';
import { fieldOf, type ReadValue } from './values.js';

export interface Truth {
  /** The value with everything the field requires or takes from its context read from the world itself. */
  readonly truth: ReadValue;
  /** What a field set, as in a key or `@requires`, says of an object. */
  select(item: Item, fields: SelectionSetNode): Representation;
}

export function createTruth(anatomy: Anatomy, value: ReadValue): Truth {
  const truth: ReadValue = (item, fieldName, args, cause) => {
    const owners = anatomy.owners(item.type, fieldName);
    const fromAbove = owners.flatMap((owner) => owner.contextArguments);
    const all = fromAbove.map(({ name, context, selection }) => [name, readContext(item, context, selection)] as const);
    // Whether a context that is null is sent as null or left out is open.
    const given = all.filter(([, found]) => found !== null);
    const requires = owners.find((owner) => owner.requires)?.requires;
    const required = requires ? `<${canonical(select(item, requires))}` : '';
    return value(item, fieldName, { ...args, ...Object.fromEntries(given) }, cause + required);
  };

  const readContext = (item: Item, context: string, selection: SelectionSetNode): unknown => {
    const setters = anatomy.contexts.get(context);
    let setter: Item | null = item;
    while (setter && !setters?.has(setter.type)) setter = setter.parent;
    return setter ? innermost(select(setter, selection)) : null;
  };

  const select = (item: Item, fields: SelectionSetNode): Representation => {
    const result: Record<string, unknown> = {};
    for (const selection of fields.selections) {
      if (selection.kind === 'InlineFragment' && applies(anatomy, item.type, selection.typeCondition?.name.value))
        Object.assign(result, select(item, selection.selectionSet));
      if (selection.kind === 'Field' && selection.name.value !== '__typename')
        result[selection.name.value] = selectField(item, selection);
    }
    return result;
  };

  const selectField = (item: Item, node: FieldNode): unknown => {
    const args = getArgumentValues(fieldOf(anatomy, item.type, node.name.value), node);
    const inside = (part: unknown): unknown => {
      if (Array.isArray(part)) return part.map(inside);
      return isItem(part) && node.selectionSet ? select(part, node.selectionSet) : part;
    };
    return inside(truth(item, node.name.value, args, ''));
  };

  return { truth, select };
}

/**
 * What a representation says about a field set.
 *
 * @returns `null` where it lacks a field of it, at any depth; conditions on types are left to what is there.
 */
export function pick(source: Representation, fields: SelectionSetNode): Representation | null {
  const result: Record<string, unknown> = {};
  for (const selection of fields.selections) {
    if (selection.kind === 'InlineFragment') Object.assign(result, pick(source, selection.selectionSet) ?? {});
    if (selection.kind !== 'Field' || selection.name.value === '__typename') continue;
    const name = selection.name.value;
    if (!Object.hasOwn(source, name)) return null;
    result[name] = selection.selectionSet ? pickInside(source[name], selection.selectionSet) : source[name];
  }
  return result;
}

function pickInside(value: unknown, fields: SelectionSetNode): unknown {
  if (Array.isArray(value)) return value.map((item) => pickInside(item, fields));
  return typeof value === 'object' && value !== null ? pick(value as Representation, fields) : value;
}

/** A context selects one leaf, at any depth. */
function innermost(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return innermost(Object.values(value)[0] ?? null);
}

function applies(anatomy: Anatomy, typeName: string, condition: string | undefined): boolean {
  if (condition === undefined || condition === typeName) return true;
  const type = anatomy.whole.getType(typeName);
  const wanted = anatomy.whole.getType(condition);
  return isObjectType(type) && isAbstractType(wanted) && anatomy.whole.isSubType(wanted, type);
}
