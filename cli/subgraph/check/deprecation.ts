import { type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import type { Finding } from './finding.js';

/** A finding, and what it is about. */
export interface Noted extends Omit<Finding, 'subgraph' | 'place'> {
  readonly coordinate: string;
}

interface Deprecated {
  /** `Type.field` */
  readonly coordinate: string;
  /** Last day of the window, YYYY-MM-DD; `null` where the reason names none. */
  readonly lastDay: string | null;
}

interface Looked {
  readonly before: GraphQLSchema;
  readonly after: GraphQLSchema;
  /** Clients by coordinate. */
  readonly users: ReadonlyMap<string, ReadonlySet<string>>;
  /** YYYY-MM-DD */
  readonly today: string;
}

/**
 * What is deprecated has a window, named in its reason: until its last day it stays, in use or not; while it stays, who
 * still asks for it is told.
 */
export function findDeprecated({ before, after, users, today }: Looked): Noted[] {
  const gone = deprecatedIn(before).filter(({ coordinate }) => !has(after, coordinate));
  return [
    ...gone.flatMap(({ coordinate, lastDay }) =>
      lastDay !== null && today <= lastDay ? [tooEarly(coordinate, lastDay)] : [],
    ),
    ...deprecatedIn(after).flatMap(({ coordinate, lastDay }) => {
      const clients = users.get(coordinate);
      return clients === undefined ? [] : [stillUsed(coordinate, lastDay, clients)];
    }),
  ];
}

const tooEarly = (coordinate: string, lastDay: string): Noted => ({
  coordinate,
  code: 'DEPRECATION_WINDOW',
  severity: 'error',
  what: `${coordinate} goes before its last day, ${lastDay}.`,
  why: 'Who uses it was told that there is time until then; who asks once a year is not among those counted.',
  how: `Keep it until ${lastDay}.`,
});

const stillUsed = (coordinate: string, lastDay: string | null, clients: ReadonlySet<string>): Noted => ({
  coordinate,
  code: 'DEPRECATED_IN_USE',
  severity: 'warning',
  what: `${coordinate} is deprecated${lastDay === null ? '' : `, until ${lastDay},`} and in use.`,
  why: `In use by ${[...clients].sort().join(', ')}.`,
  how: 'Tell them; it can go after its last day when nobody asks for it.',
});

function deprecatedIn(schema: GraphQLSchema): Deprecated[] {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) || isInterfaceType(type));
  return types.flatMap((type) =>
    Object.values(type.getFields()).flatMap(({ name, deprecationReason: reason }) =>
      reason == null
        ? []
        : [{ coordinate: `${type.name}.${name}`, lastDay: /\d{4}-\d{2}-\d{2}/.exec(reason)?.[0] ?? null }],
    ),
  );
}

function has(schema: GraphQLSchema, coordinate: string): boolean {
  const [name = '', field = ''] = coordinate.split('.');
  const type = schema.getType(name);
  return (isObjectType(type) || isInterfaceType(type)) && Object.hasOwn(type.getFields(), field);
}
