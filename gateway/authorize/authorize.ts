import { createHash } from 'node:crypto';
import { GraphQLObjectType, isInterfaceType, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Caller, TrustLevel } from '../../lib/caller.js';
import { AppError, ERROR_CODES } from '../../lib/errors.js';
import { definitionsOf, type Operation } from '../operation.js';
import type { Decision, Denial } from './decision.js';
import { createJudge, fingerprint, type Judge, type Verdict } from './judge.js';
import type { Policies } from './policies.js';
import type { Rule, Rules } from './rules.js';

type Asked = Pick<Operation, 'schema' | 'document' | 'definition'>;

export interface AuthorizeParts {
  readonly rules: Rules;
  readonly policies: Policies;
  /** What a field without a rule gets. */
  readonly accessDefault: 'deny' | 'public';
}

/** What is worked out from an operation, and from an operation and the rights of a caller, is worked out once. */
export interface Authorize {
  /** Whether everybody may ask the operation, signed in or not; `@skip` and `@include` change nothing. */
  isPublic(operation: Asked): boolean;
  /**
   * Says what of the operation the caller may not see.
   *
   * @throws AppError `UNAUTHENTICATED` for what only somebody signed in may ask.
   */
  decide(operation: Asked, caller: Caller | null): AccessDecision;
}

export interface AccessDecision extends Decision {
  /** Whether the operation has to be refused as a whole, with `FORBIDDEN`. */
  readonly isRefused: boolean;
}

/** An operation as access sees it. */
interface Disclosure {
  /** By coordinate; fields that everybody may see are left out. */
  readonly rules: ReadonlyMap<string, Rule>;
  readonly roots: readonly string[];
  /** By the fingerprint of a caller's rights. */
  readonly decisions: LRUCache<string, AccessDecision>;
}

const NOTHING_DENIED: AccessDecision = { denied: new Map(), variant: '', isRefused: false };
const MOST_DECISIONS = 100;
const MOST_JUDGES = 1000;

export function createAuthorize({ rules, policies, accessDefault }: AuthorizeParts): Authorize {
  const disclosures = new WeakMap<object, Disclosure>();
  const judges = new LRUCache<string, Judge>({ max: MOST_JUDGES });
  const rights = new WeakMap<Caller, string>();
  const rightsOf = (caller: Caller): string => {
    const found = rights.get(caller);
    if (found !== undefined) return found;
    const text = fingerprint(caller);
    rights.set(caller, text);
    return text;
  };
  const isOpen = (rule: Rule): boolean =>
    rule.requirements.length === 0 && (rule.isMarked || accessDefault === 'public');
  const read = (operation: Asked): Disclosure => {
    const found = disclosures.get(operation.definition);
    if (found) return found;
    const disclosure = readDisclosure(operation, rules, isOpen);
    disclosures.set(operation.definition, disclosure);
    return disclosure;
  };
  return {
    isPublic: (operation) => read(operation).rules.size === 0,
    decide: (operation, caller) => {
      const disclosure = read(operation);
      if (disclosure.rules.size === 0) return NOTHING_DENIED;
      if (!caller) throw new AppError('UNAUTHENTICATED');
      const name = rightsOf(caller);
      const known = disclosure.decisions.get(name);
      if (known) return known;
      const judge = judges.get(name) ?? createJudge(caller, policies);
      judges.set(name, judge);
      const isWhole = policies.refused.includes(caller.role);
      const decision = judgeAll(disclosure, isWhole, ({ requirements, isMarked }) =>
        isMarked || accessDefault === 'public' ? judge.judge(requirements) : { kind: 'denied' },
      );
      disclosure.decisions.set(name, decision);
      return decision;
    },
  };
}

function readDisclosure(operation: Asked, rules: Rules, isOpen: (rule: Rule) => boolean): Disclosure {
  const found = new Map<string, Rule>();
  const roots = new Set<string>();
  const root = operation.schema.getRootType(operation.definition.operation);
  const types = new TypeInfo(operation.schema);
  const visitor = visitWithTypeInfo(types, {
    Field({ name }) {
      const parent = types.getParentType();
      if (name.value.startsWith('__') || !(parent instanceof GraphQLObjectType || isInterfaceType(parent))) return;
      if (parent.name.startsWith('__')) return; // the schema itself: INTROSPECTION decides
      const coordinate = `${parent.name}.${name.value}`;
      if (parent === root) roots.add(coordinate);
      const rule = rules.ruleOf(coordinate);
      if (!isOpen(rule)) found.set(coordinate, rule);
    },
  });
  for (const definition of definitionsOf(operation)) visit(definition, visitor);
  return { rules: found, roots: [...roots], decisions: new LRUCache({ max: MOST_DECISIONS }) };
}

/** @param isWhole Whether the caller is refused where nothing that they ask for is granted. */
function judgeAll({ rules, roots }: Disclosure, isWhole: boolean, judge: (rule: Rule) => Verdict): AccessDecision {
  const denied = new Map<string, Denial>();
  let isUnstated = false;
  for (const [coordinate, rule] of rules) {
    const verdict = judge(rule);
    if (verdict.kind === 'granted') continue;
    denied.set(coordinate, toDenial(verdict));
    // § 40 (1) BMG: nothing is read without purpose and file reference, whatever else is asked for.
    isUnstated ||= verdict.kind === 'unstated';
  }
  if (denied.size === 0) return NOTHING_DENIED;
  const isRefused = isUnstated || (isWhole && roots.every((coordinate) => denied.has(coordinate)));
  return { denied, variant: nameOf(denied), isRefused };
}

const FORBIDDEN: Denial = { code: 'FORBIDDEN', message: ERROR_CODES.FORBIDDEN.text };

/** How the citizen account calls the levels. */
const ACR: Readonly<Record<TrustLevel, string>> = {
  normal: 'STORK-QAA-Level-1',
  substanziell: 'STORK-QAA-Level-3',
  hoch: 'STORK-QAA-Level-4',
};

function toDenial(verdict: Verdict): Denial {
  if (verdict.kind !== 'level') return FORBIDDEN;
  return {
    code: 'INSUFFICIENT_TRUST_LEVEL',
    message: ERROR_CODES.INSUFFICIENT_TRUST_LEVEL.text,
    detail: { requiredTrustLevel: verdict.level, requiredAcr: ACR[verdict.level] },
  };
}

function nameOf(denied: ReadonlyMap<string, Denial>): string {
  const lines = [...denied].map(([coordinate, { code, detail }]) => JSON.stringify([coordinate, code, detail]));
  return createHash('sha256').update(lines.sort().join('\n')).digest('base64url');
}
