import { type ConstDirectiveNode, type DocumentNode, type FieldDefinitionNode, Kind, parse, print } from 'graphql';
import { UsageError } from '../../usage-error.js';

/**
 * Writes rules that stand in a file of their own to the types and fields they are about, each behind what is there: the
 * lines of the schema stay where they are.
 *
 * @param rules Extensions with directives alone, `extend type Tree @authenticated { species: String @public }`.
 * @throws UsageError where they speak of something that the schema does not have; GraphQLError where either is no SDL.
 */
export function insertRules(sdl: string, rules: string): string {
  const known = readPlaces(parse(sdl));
  const insertions = typesOf(parse(rules)).flatMap(({ name, directives, fields }) => [
    ...toInsertion(known, name.value, directives),
    ...(fields ?? []).flatMap((field) => toInsertion(known, `${name.value}.${field.name.value}`, field.directives)),
  ]);
  return insertAll(sdl, insertions);
}

/** Some text at a place of another. */
export interface Insertion {
  readonly at: number;
  /** Up to where it takes the place of what is there; absent: it takes nobody's. */
  readonly to?: number;
  readonly text: string;
}

/** From the last to the first, so that those before stay where they are. */
export const insertAll = (text: string, insertions: readonly Insertion[]): string =>
  insertions
    .toSorted((a, b) => b.at - a.at)
    .reduce((changed, { at, to = at, text: added }) => `${changed.slice(0, at)}${added}${changed.slice(to)}`, text);

type Directives = readonly ConstDirectiveNode[] | undefined;

function toInsertion(known: ReadonlyMap<string, number>, coordinate: string, directives: Directives): Insertion[] {
  const at = known.get(coordinate);
  if (at === undefined) throw new UsageError(`The rules speak of ${coordinate}, which the schema does not have.`);
  return directives && directives.length > 0 ? [{ at, text: ` ${directives.map(print).join(' ')}` }] : [];
}

/** Where a directive can be written, by type and field: behind the last one, or what it would follow. */
function readPlaces(document: DocumentNode): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const node of typesOf(document)) {
    const interfaces = 'interfaces' in node ? (node.interfaces ?? []) : [];
    const ends = [node.name, ...interfaces, ...(node.directives ?? [])].map(({ loc }) => loc?.end ?? 0);
    // A definition comes before its extensions.
    if (!places.has(node.name.value)) places.set(node.name.value, Math.max(...ends));
    for (const field of node.fields ?? []) places.set(`${node.name.value}.${field.name.value}`, endOf(field));
  }
  return places;
}

const endOf = ({ type, directives = [] }: FieldDefinitionNode): number =>
  Math.max(...[type, ...directives].map(({ loc }) => loc?.end ?? 0));

function typesOf({ definitions }: DocumentNode) {
  return definitions.flatMap((node) => {
    switch (node.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.OBJECT_TYPE_EXTENSION:
      case Kind.INTERFACE_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_EXTENSION:
        return [node];
      default:
        return [];
    }
  });
}
