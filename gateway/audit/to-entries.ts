import {
  type ArgumentNode,
  type DocumentNode,
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
  /** First 12 hexadecimal digits of SHA-256 of the operation's text. */
  readonly hash: string;
  readonly definition: OperationDefinitionNode;
  /** Where its fragments stand. */
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Entries of what left the gateway: one for each register and controller, and one more for each further search. */
export function toEntries(access: Access, { disclosed, searches }: Disclosed, at: Date): AuditEntry[] {
  const groups = new Map<string, Group>();
  const groupOf = (register: string, controller: string | null): Group => {
    const id = `${register} ${controller ?? ''}`;
    const group = groups.get(id) ?? { register, controller, records: [], searches: [] };
    groups.set(id, group);
    return group;
  };
  for (const record of disclosed) groupOf(record.register, record.key['ags'] ?? null).records.push(toRecord(record));
  for (const search of inOrder(searches))
    groupOf(search.register, controllerOf(search)).searches.push(toSearch(search));
  const common = commonOf(access, at);
  // In an order that does not depend on how the operation is written.
  const ordered = groups.size > 1 ? [...groups].sort(([a], [b]) => (a < b ? -1 : 1)) : [...groups];
  return ordered.flatMap(
    ([
      ,
      {
        register,
        controller,
        records,
        searches: [first = null, ...more],
      },
    ]) => [
      { ...common, register, controller, outcome: 'sent', records, deniedFields: [], search: first },
      ...more.map(
        (search): AuditEntry => ({
          ...common,
          register,
          controller,
          outcome: 'sent',
          records: [],
          deniedFields: [],
          search,
        }),
      ),
    ],
  );
}

/**
 * Entries of what was asked for and refused, one for each register.
 *
 * @param denied Coordinates; what is not personal leaves no entry.
 */
export function toDenials(access: Access, denied: Iterable<string>, { registers }: Registers, at: Date): AuditEntry[] {
  const fields = new Map<string, string[]>();
  for (const coordinate of denied) {
    const register = registers.get(coordinate);
    if (register !== undefined) fields.set(register, [...(fields.get(register) ?? []), coordinate]);
  }
  const controller = municipalityIn(access);
  const common = commonOf(access, at);
  const ordered = [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
  return ordered.map(([register, coordinates]) => ({
    ...common,
    register,
    controller,
    outcome: 'denied',
    records: [],
    deniedFields: coordinates.sort(),
    search: null,
  }));
}

interface Group {
  readonly register: string;
  readonly controller: string | null;
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

function commonOf({ requestId, caller, hash, definition }: Access, at: Date): Common {
  const { purpose, fileReference } = caller;
  return {
    requestId,
    at: at.toISOString(),
    caller: toAuditCaller(caller),
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

const toAuditCaller = ({ subject, role, office, municipalities, actingFor }: Caller): AuditCaller => ({
  subject,
  role,
  office,
  municipalities,
  actingFor: actingFor ?? null,
});

/**
 * The one municipality an operation asks, `null` for none or several: what was refused has no record to tell it. However
 * the operation is written: who asks must not choose which officer learns of it.
 */
function municipalityIn({ definition, document, variables }: Access): string | null {
  const given = { ...defaultsOf(definition), ...variables };
  const asked = new Set<string>();
  for (const { name, value } of argumentsIn(definition.selectionSet, document)) {
    const ags = controllerOf({ criteria: { [name.value]: valueFromASTUntyped(value, given) } });
    if (ags !== null) asked.add(ags);
  }
  const [only = null, ...others] = asked;
  return others.length === 0 ? only : null;
}

/** Of the root fields, those in fragments too. */
function argumentsIn(root: SelectionSetNode, document: DocumentNode): ArgumentNode[] {
  const found: ArgumentNode[] = [];
  const seen = new Set<string>();
  const read = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) found.push(...(selection.arguments ?? []));
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
