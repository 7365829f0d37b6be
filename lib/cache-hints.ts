import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { type CachePolicy, strictest } from './cache-control.js';

/** Arguments of one `@cacheControl`; what it does not say is `undefined`. */
export interface DeclaredHint {
  readonly maxAge?: number | undefined;
  readonly scope?: 'PUBLIC' | 'PRIVATE' | undefined;
  /** Of a field that returns objects: as long as what it stands in. */
  readonly inheritMaxAge?: boolean | undefined;
  readonly staleWhileRevalidate?: number | undefined;
  readonly staleIfError?: number | undefined;
}

/** Reads the arguments of a `@cacheControl`, whoever defined it: what is there and cannot be understood forbids. */
export function readDeclaredHint(args: Readonly<Record<string, unknown>>): DeclaredHint {
  const seconds = (value: unknown) =>
    value === undefined || value === null ? undefined : Number.isSafeInteger(value) ? Math.max(0, value as number) : 0;
  return {
    maxAge: seconds(args.maxAge),
    scope: args.scope === undefined || args.scope === null ? undefined : args.scope === 'PUBLIC' ? 'PUBLIC' : 'PRIVATE',
    inheritMaxAge: args.inheritMaxAge === true,
    staleWhileRevalidate: seconds(args.staleWhileRevalidate),
    staleIfError: seconds(args.staleIfError),
  };
}

/** Where a walk finds what is declared. */
export interface HintSource {
  ofField(type: string, field: string): DeclaredHint | undefined;
  ofType(type: string): DeclaredHint | undefined;
  /** Name of the object, interface or union that a field returns; `null` for scalars and enums, and unknown fields. */
  compositeOf(type: string, field: string): string | null;
  /** Object types that an interface or union stands for; `[]` for an object type. */
  possibleTypes(type: string): readonly string[];
  /** Interfaces of an object type. */
  interfacesOf(type: string): readonly string[];
}

/** What the schema says of all that an operation asks for. */
export interface Hint {
  /** The strictest of what is declared; `null` where nothing is. */
  readonly policy: CachePolicy | null;
  /** Whether everything asked for is covered, so that the schema alone allows keeping it. */
  readonly isComplete: boolean;
}

/**
 * The strictest of all hints an operation touches, those of every type that may stand where an interface or union does
 * included. Objects and fields of the root type are `PRIVATE` unless they or their type say `PUBLIC`. A field that returns
 * objects and a field of the root type need a hint of their own, of their type, or `inheritMaxAge`; scalars are kept as
 * long as what they stand in.
 */
export function hintOfOperation(document: DocumentNode, rootType: string, source: HintSource): Hint {
  const [operation, ...others] = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operation?.operation !== 'query' || others.length > 0) return { policy: null, isComplete: false };
  const fragments = new Map(
    document.definitions
      .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
  const walk: Walk = { rootType, source, fragments, seen: new Set(), policy: null, isComplete: true };
  visitSet(operation.selectionSet, rootType, walk);
  const isBounded = walk.policy !== null && Number.isFinite(walk.policy.maxAgeSeconds);
  return { policy: walk.policy, isComplete: walk.isComplete && isBounded };
}

interface Walk {
  readonly rootType: string;
  readonly source: HintSource;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Fragments walked already, each with the type it stood in. */
  readonly seen: Set<string>;
  policy: CachePolicy | null;
  isComplete: boolean;
}

/** Federation's own field: what it returns is told by the conditions inside. */
const ENTITIES = '_entities';

function visitSet(set: SelectionSetNode, type: string, walk: Walk): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) visitField(selection, type, walk);
    else visitFragment(selection, type, walk);
  }
}

function visitField(field: FieldNode, type: string, walk: Walk): void {
  const name = field.name.value;
  if (name === '__typename') return;
  const { source, rootType } = walk;
  const composite = name === ENTITIES ? ENTITIES : source.compositeOf(type, name);
  const isTop = type === rootType;
  const hint = source.ofField(type, name);
  // Whose field it is in truth may forbid more; a plan may ask the types for what was asked of their interface.
  const others = [...source.possibleTypes(type), ...source.interfacesOf(type)].map((kin) => source.ofField(kin, name));
  if (composite === null) {
    for (const one of [hint, ...others]) if (one) add(one, walk);
    if (!isTop) return;
    if (hint?.maxAge === undefined) walk.isComplete = false;
    else if (hint.scope === undefined) add(UNSAID, walk);
    return;
  }
  for (const one of others) if (one) enter({ type: composite, field: one, isTop }, walk);
  if (composite !== ENTITIES && !enter({ type: composite, field: hint, isTop }, walk)) walk.isComplete = false;
  if (field.selectionSet) visitSet(field.selectionSet, composite, walk);
}

function visitFragment(selection: FragmentSpreadNode | InlineFragmentNode, type: string, walk: Walk): void {
  const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : walk.fragments.get(selection.name.value);
  if (!fragment) return;
  if (selection.kind === Kind.FRAGMENT_SPREAD) {
    const place = `${type} ${selection.name.value}`;
    if (walk.seen.has(place)) return;
    walk.seen.add(place);
  }
  const condition = fragment.typeCondition?.name.value ?? type;
  const isTop = type === ENTITIES;
  if (condition !== ENTITIES && !enter({ type: condition, field: undefined, isTop }, walk) && isTop)
    walk.isComplete = false;
  visitSet(fragment.selectionSet, condition, walk);
}

/** Objects of a type, where an operation gets at them. */
interface Place {
  readonly type: string;
  /** Of the field that returns them. */
  readonly field: DeclaredHint | undefined;
  /** Whether they stand in nothing that they could be kept as long as, or for as many. */
  readonly isTop: boolean;
}

/** @returns Whether somebody says how long objects at the place may be kept. */
function enter({ type, field, isTop }: Place, walk: Walk): boolean {
  const spoken = [field, walk.source.ofType(type)];
  const possible = walk.source.possibleTypes(type).map((name) => walk.source.ofType(name));
  for (const hint of [...spoken, ...possible]) if (hint) add(hint, walk);
  const inherits = (hint: DeclaredHint | undefined) => hint?.inheritMaxAge === true && !isTop;
  const isDated = (hint: DeclaredHint | undefined) => hint?.maxAge !== undefined || inherits(hint);
  const isScoped = (hint: DeclaredHint | undefined) => hint?.scope !== undefined || inherits(hint);
  const isSaid = (test: typeof isDated) => spoken.some(test) || (possible.length > 0 && possible.every(test));
  if (!isSaid(isDated)) return false;
  // Nothing is for everybody unless that is said.
  if (!isSaid(isScoped) || !possible.every((hint) => !hint || isScoped(hint))) add(UNSAID, walk);
  return true;
}

const UNSAID: DeclaredHint = { scope: 'PRIVATE' };

function add(declared: DeclaredHint, walk: Walk): void {
  const policy = toPolicy(declared);
  walk.policy = walk.policy ? strictest(walk.policy, policy) : policy;
}

/** A hint without an age bounds nothing but the scope; windows belong to the age they are declared with. */
function toPolicy({ maxAge, scope, staleWhileRevalidate, staleIfError }: DeclaredHint): CachePolicy {
  const window = maxAge === undefined ? Number.POSITIVE_INFINITY : 0;
  return {
    maxAgeSeconds: maxAge ?? Number.POSITIVE_INFINITY,
    scope: scope ?? 'PUBLIC',
    staleWhileRevalidateSeconds: staleWhileRevalidate ?? window,
    staleIfErrorSeconds: staleIfError ?? window,
  };
}
