import { type Change, CriticalityLevel, DiffRule, diff } from '@graphql-inspector/core';
import {
  buildSchema,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Usage } from '../../../lib/registry/store.js';
import { findDeprecated, type Noted } from './deprecation.js';
import type { Finding, Proposal } from './finding.js';
import { locate } from './locate.js';

/** What clients see before and after, and what they ask. */
export interface Compared {
  readonly before: string;
  readonly after: string;
  readonly usage: Usage;
  /** YYYY-MM-DD */
  readonly today: string;
}

/**
 * What a change means to clients. One that breaks nobody who asked in the time looked at is a warning.
 *
 * @param proposals Whose change it is; findings name the line there, of what is gone that of its type.
 */
export async function findBreaking(
  proposals: readonly Proposal[],
  { before, after, usage, today }: Compared,
): Promise<Finding[]> {
  const [old, next] = [before, after].map((sdl) => buildSchema(sdl, { assumeValidSDL: true }));
  if (!old || !next) return [];
  const users = findUsers(old, usage);
  const changes = await diff(old, next, [DiffRule.considerUsage], {
    checkUsage: async (asked) =>
      asked.map(({ type, field, argument }) => {
        const coordinate = [type, field, argument].filter((part) => part !== undefined).join('.');
        return !users.has(coordinate);
      }),
  });
  const noted = [
    ...changes.flatMap((change) => toNote(change, users) ?? []),
    ...findDeprecated({ before: old, after: next, users, today }),
  ].map(({ coordinate, ...finding }): Finding => ({ ...finding, ...locate(proposals, coordinate) }));
  return [...noted, ...findRefused(proposals[0]?.subgraph ?? '', next, usage)];
}

function toNote({ criticality, message, path = '' }: Change, users: Users): Noted | null {
  const isBreaking = criticality.level === CriticalityLevel.Breaking;
  if (!isBreaking && !criticality.isSafeBasedOnUsage) return null;
  const clients = [...(users.get(path) ?? [])].sort().join(', ');
  return {
    code: isBreaking ? 'BREAKING_CHANGE' : 'UNUSED_CHANGE',
    severity: isBreaking ? 'error' : 'warning',
    coordinate: path,
    what: message,
    why: isBreaking
      ? `In use${clients === '' ? '' : ` by ${clients}`}.`
      : 'Nobody has asked for it in the time looked at.',
    how: isBreaking
      ? 'Add the new beside the old, mark the old @deprecated with a last day, and remove it when nobody asks for it.'
      : 'Nothing needs to be done; tell those who ask less often than that.',
  };
}

/** Operations in use that the new schema would refuse: whatever the reason, that is what their clients would see. */
function findRefused(subgraph: string, next: GraphQLSchema, usage: Usage): Finding[] {
  return Object.values(usage).flatMap(({ text, operationName, clients }): Finding[] => {
    const [error] = validate(next, parse(text));
    if (!error) return [];
    return [
      {
        code: 'OPERATION_BROKEN',
        severity: 'error',
        subgraph,
        place: null,
        what: `The operation ${operationName ?? 'without a name'} would be refused: ${error.message}`,
        why: `It was sent by ${Object.keys(clients).sort().join(', ')}.`,
        how: 'Keep what it asks for until its clients have changed.',
      },
    ];
  });
}

/** Clients by coordinate (`Type`, `Type.field`, `Type.field.argument`) of what they asked for. */
type Users = ReadonlyMap<string, ReadonlySet<string>>;

function findUsers(schema: GraphQLSchema, usage: Usage): Users {
  const users = new Map<string, Set<string>>();
  for (const { text, clients } of Object.values(usage)) {
    const names = Object.keys(clients);
    for (const coordinate of coordinatesOf(schema, text)) {
      const known = users.get(coordinate) ?? new Set();
      for (const name of names) known.add(name);
      users.set(coordinate, known);
    }
  }
  return users;
}

function coordinatesOf(schema: GraphQLSchema, text: string): ReadonlySet<string> {
  const found = new Set<string>();
  const types = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(types, {
    Field({ name }) {
      const parent = types.getParentType();
      if (!parent) return;
      found.add(parent.name).add(`${parent.name}.${name.value}`);
      addValues(getNamedType(types.getType()), found);
    },
    Argument({ name }) {
      const parent = types.getParentType();
      const field = types.getFieldDef();
      if (parent && field) found.add(`${parent.name}.${field.name}.${name.value}`);
      addValues(getNamedType(types.getInputType()), found);
    },
    VariableDefinition: () => addValues(getNamedType(types.getInputType()), found),
  });
  visit(parse(text), visitor);
  return found;
}

/** Which values and input fields travel in variables and answers nobody has written down: all may be in use. */
function addValues(type: GraphQLNamedType | undefined, found: Set<string>): void {
  if (!type || found.has(type.name)) return;
  found.add(type.name);
  if ('getValues' in type) for (const { name } of type.getValues()) found.add(`${type.name}.${name}`);
  if (!isInputObjectType(type)) return;
  for (const field of Object.values(type.getFields())) {
    found.add(`${type.name}.${field.name}`);
    addValues(getNamedType(field.type), found);
  }
}
