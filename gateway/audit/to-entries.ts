import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import type { AuditCaller, AuditEntry, AuditRecord, AuditSearch } from '../../lib/audit/entry.js';
import type { Caller } from '../../lib/caller.js';
import type { Disclosed, DisclosedRecord, DisclosedSearch } from '../disclosed.js';
import type { Registers } from '../registers.js';
import { occasionOf, WITHHELD_PURPOSES } from './purposes.js';

/** A request as its log entries tell of it. */
export interface Access {
  readonly requestId: string;
  readonly caller: Caller;
  /** The caller as entries name them. */
  readonly who: AuditCaller;
  /** First 12 hexadecimal digits of SHA-256 of the operation's text. */
  readonly hash: string;
  readonly definition: OperationDefinitionNode;
  /** Where its fragments stand. */
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What an answer discloses of one register and controller. */
export interface Group {
  readonly register: string;
  readonly controller: string | null;
  readonly records: readonly AuditRecord[];
  readonly searches: readonly AuditSearch[];
}

/**
 * Groups what an answer discloses, in an order that does not depend on how the operation is written. Of what is frozen,
 * since it is kept and will be sent again, the records are frozen too.
 */
export function groupDisclosed(what: Disclosed): readonly Group[] {
  const groups = new Map<string, { register: string; controller: string | null } & Gathered>();
  const groupOf = (register: string, controller: string | null): Gathered => {
    const id = `${register} ${controller ?? ''}`;
    const known = groups.get(id);
    if (known) return known;
    const group = { register, controller, records: [], searches: [] };
    groups.set(id, group);
    return group;
  };
  for (const record of what.disclosed)
    groupOf(record.register, record.key['ags'] ?? null).records.push(toRecord(record));
  for (const search of inOrder(what.searches))
    groupOf(search.register, controllerOf(search)).searches.push(toSearch(search));
  if (Object.isFrozen(what)) for (const { records } of groups.values()) Object.freeze(records);
  if (groups.size < 2) return [...groups.values()];
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** Entries of what left the gateway: one for each register and controller, and one more for each further search. */
export function toEntries(access: Access, groups: readonly Group[], at: Date): AuditEntry[] {
  const common = commonOf(access, at);
  const entries: AuditEntry[] = [];
  for (const { register, controller, records, searches } of groups) {
    const [first = null, ...more] = searches;
    entries.push(toSent(common, { register, controller, records, search: first }));
    for (const search of more) entries.push(toSent(common, { register, controller, records: [], search }));
  }
  return entries;
}

/**
 * Entries of what was asked for and refused, one for each register and municipality.
 *
 * @param denied Coordinates; what is not personal leaves no entry.
 */
export function toDenials(access: Access, denied: Iterable<string>, { registers }: Registers, at: Date): AuditEntry[] {
  const fields = new Map<string, string[]>();
  for (const coordinate of denied) {
    const register = registers.get(coordinate);
    if (register !== undefined) fields.set(register, [...(fields.get(register) ?? []), coordinate]);
  }
  const controllers = municipalitiesIn(access, registers);
  const common = commonOf(access, at);
  const ordered = [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
  return ordered.flatMap(([register, coordinates]) =>
    controllers.map(
      (controller): AuditEntry => ({
        ...common,
        register,
        controller,
        outcome: 'denied',
        records: [],
        deniedFields: coordinates.sort(),
        search: null,
      }),
    ),
  );
}

/** As entries name callers. Frozen callers come with many requests, and what is written of them is found again by this. */
export function createAuditCallers(): (caller: Caller) => AuditCaller {
  const kept = new WeakMap<Caller, AuditCaller>();
  return (caller) => {
    const known = kept.get(caller);
    if (known) return known;
    const { subject, role, office, municipalities, actingFor = null } = caller;
    const made = Object.freeze({ subject, role, office, municipalities, actingFor });
    if (Object.isFrozen(caller)) kept.set(caller, made);
    return made;
  };
}

interface Gathered {
  readonly records: AuditRecord[];
  readonly searches: AuditSearch[];
}

/** That of their texts, for the first one stands beside the records. */
const inOrder = (searches: readonly DisclosedSearch[]): readonly DisclosedSearch[] =>
  searches.length < 2
    ? searches
    : searches
        .map((search) => [JSON.stringify(search), search] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, search]) => search);

const toRecord = ({ type, key, fields }: DisclosedRecord): AuditRecord => ({ type, key, fields });
const toSearch = ({ field, criteria, hits }: DisclosedSearch): AuditSearch => ({ field, criteria, hits });

const controllerOf = ({ criteria }: Pick<DisclosedSearch, 'criteria'>): string | null => {
  const input = criteria['input'] as { readonly ags?: unknown } | null | undefined;
  const ags = criteria['ags'] ?? input?.ags;
  return typeof ags === 'string' ? ags : null;
};

type Common = Omit<AuditEntry, 'register' | 'controller' | 'outcome' | 'records' | 'deniedFields' | 'search'>;

/** Member by member: to spread so many costs several times as much, for each entry of each request. */
const toSent = (
  { requestId, at, caller, purpose, fileReference, occasion, operation, isWithheld }: Common,
  { register, controller, records, search }: Pick<AuditEntry, 'register' | 'controller' | 'records' | 'search'>,
): AuditEntry => ({
  requestId,
  at,
  register,
  controller,
  caller,
  purpose,
  fileReference,
  occasion,
  operation,
  outcome: 'sent',
  records,
  deniedFields: [],
  search,
  isWithheld,
});

function commonOf({ requestId, caller, who, hash, definition }: Access, at: Date): Common {
  const { purpose, fileReference } = caller;
  return {
    requestId,
    at: at.toISOString(),
    caller: who,
    purpose,
    fileReference,
    occasion: occasionOf(purpose),
    operation: {
      kind: definition.operation === 'mutation' ? 'mutation' : 'query',
      hash,
      name: definition.name?.value ?? null,
    },
    isWithheld: purpose !== null && WITHHELD_PURPOSES.has(purpose),
  };
}

/**
 * The municipalities an operation asks for personal data, `[null]` where it names none: what was refused has no record to
 * tell it. However the operation is written, and whatever it asks beside: who asks must not choose which officer learns
 * of it, nor that none does. What names none asks about the citizen themself, whose municipality stands in the token.
 */
function municipalitiesIn(access: Access, registers: Registers['registers']): readonly (string | null)[] {
  const { definition, document, variables, caller } = access;
  const given = { ...defaultsOf(definition), ...variables };
  const root = definition.operation === 'mutation' ? 'Mutation' : 'Query';
  const all = fieldsIn(definition.selectionSet, document);
  const personal = all.filter(({ name }) => registers.has(`${root}.${name.value}`));
  const own = caller.role === 'citizen' ? (caller.municipalities[0] ?? null) : null;
  const asked = new Set<string>();
  for (const field of personal.length > 0 ? personal : all) {
    const ags = municipalityOf(field, given) ?? own;
    if (ags !== null) asked.add(ags);
  }
  return asked.size > 0 ? [...asked].sort() : [null];
}

function municipalityOf({ arguments: args = [] }: FieldNode, given: Readonly<Record<string, unknown>>): string | null {
  const criteria = Object.fromEntries(args.map(({ name, value }) => [name.value, valueFromASTUntyped(value, given)]));
  return controllerOf({ criteria });
}

/** The root fields, those in fragments too. */
function fieldsIn(root: SelectionSetNode, document: DocumentNode): FieldNode[] {
  const found: FieldNode[] = [];
  const seen = new Set<string>();
  const read = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) found.push(selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) read(selection.selectionSet);
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        const fragment = document.definitions.find(
          (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
        );
        if (fragment?.kind === Kind.FRAGMENT_DEFINITION) read(fragment.selectionSet);
      }
    }
  };
  read(root);
  return found;
}

const defaultsOf = ({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)]],
    ),
  );
