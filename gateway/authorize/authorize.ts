import { GraphQLObjectType, isInterfaceType, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { Caller } from '../../lib/caller.js';
import { AppError } from '../../lib/errors.js';
import { definitionsOf, type Operation } from '../operation.js';
import type { Supergraph } from '../supergraph.js';
import { type Rules, readRules } from './rules.js';

/** What an operation asks for, as access sees it; `@skip` and `@include` change nothing. */
export interface Disclosure {
  /** Whether everybody may ask it, signed in or not. */
  readonly isPublic: boolean;
  /** Whether it asks for a field whose rule nobody fulfils. */
  readonly isForbidden: boolean;
}

/** @returns The same for the same operation of the same schema, computed once. */
export type ReadDisclosure = (operation: Pick<Operation, 'schema' | 'document' | 'definition'>) => Disclosure;

/** @param accessDefault What a field without a rule gets. */
export function createReadDisclosure(supergraph: Supergraph, accessDefault: 'deny' | 'public'): ReadDisclosure {
  const rules = readRules(supergraph);
  const known = new WeakMap<object, Disclosure>();
  return (operation) => {
    const found = known.get(operation.definition) ?? judge(operation, rules, accessDefault);
    known.set(operation.definition, found);
    return found;
  };
}

/**
 * Decides whether the caller may ask the operation at all.
 *
 * @throws AppError `UNAUTHENTICATED` for what only somebody signed in may ask, `FORBIDDEN` for what nobody may.
 */
export function authorize({ isPublic, isForbidden }: Disclosure, caller: Caller | null): void {
  if (!caller && (!isPublic || isForbidden)) throw new AppError('UNAUTHENTICATED');
  if (isForbidden) throw new AppError('FORBIDDEN');
}

function judge(operation: Parameters<ReadDisclosure>[0], rules: Rules, accessDefault: 'deny' | 'public'): Disclosure {
  let isPublic = true;
  let isForbidden = false;
  const types = new TypeInfo(operation.schema);
  const visitor = visitWithTypeInfo(types, {
    Field({ name }) {
      const parent = types.getParentType();
      if (name.value.startsWith('__') || !(parent instanceof GraphQLObjectType || isInterfaceType(parent))) return;
      if (parent.name.startsWith('__')) return; // the schema itself: INTROSPECTION decides
      const rule = rules.ruleOf(`${parent.name}.${name.value}`);
      isForbidden ||= rule === 'granted';
      isPublic &&= rule === 'public' || (rule === null && accessDefault === 'public');
    },
  });
  for (const definition of definitionsOf(operation)) visit(definition, visitor);
  return { isPublic, isForbidden };
}
