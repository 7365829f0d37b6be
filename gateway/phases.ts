import { AppError } from '../lib/errors.js';
import type { Audit } from './audit/audit.js';
import { type Authorize, createAuthorize } from './authorize/authorize.js';
import type { Policies } from './authorize/policies.js';
import { readRules } from './authorize/rules.js';
import type { BySchema } from './by-schema.js';
import type { FetchSubgraph } from './fetch/subgraph-request.js';
import type { Phase } from './host.js';
import { type CheckArguments, createCheckArguments } from './limits/check-arguments.js';
import { type CheckCost, createCheckCost } from './limits/check-cost.js';
import { readConstraints } from './limits/constraints.js';
import type { CheckGuesses } from './limits/guesses.js';
import { createReadPersonSearches, type ReadPersonSearches } from './limits/person-searches.js';
import type { Limits } from './limits/profile.js';
import { checkVariables } from './limits/variables.js';
import { type Registers, readRegisters } from './registers.js';
import { readSupergraph, type Supergraph } from './supergraph.js';

/** What the phases know of a supergraph; whoever is judged by one schema is answered by it to the end. */
export interface SchemaParts {
  readonly supergraph: Supergraph;
  readonly checkArguments: CheckArguments;
  readonly checkCost: CheckCost;
  readonly readPersonSearches: ReadPersonSearches;
  readonly authorize: Authorize;
  /** What not everybody may read. */
  readonly registers: Registers;
  readonly fetchSubgraph: FetchSubgraph;
}

export interface PartsSettings {
  readonly limits: Limits;
  readonly policies: Policies;
  readonly accessDefault: 'deny' | 'public';
  /** @param isPersonal Whether not everybody may read a field (`Type.field`). */
  readonly fetchFor: (supergraph: Supergraph, isPersonal: (coordinate: string) => boolean) => FetchSubgraph;
}

/** @throws Error where the text is no supergraph, or says something that cannot be kept. */
export function readSchemaParts(
  sdl: string,
  { limits, policies, accessDefault, fetchFor }: PartsSettings,
): SchemaParts {
  const supergraph = readSupergraph(sdl);
  const rules = readRules(supergraph);
  const registers = readRegisters(supergraph, (coordinate) => {
    const { requirements, isMarked } = rules.ruleOf(coordinate);
    return requirements.length === 0 && (isMarked || accessDefault === 'public');
  });
  return {
    supergraph,
    checkArguments: createCheckArguments(supergraph),
    checkCost: createCheckCost(supergraph, limits),
    readPersonSearches: createReadPersonSearches(readConstraints(supergraph.document)),
    authorize: createAuthorize({ rules, policies, accessDefault }),
    registers,
    fetchSubgraph: fetchFor(supergraph, (coordinate) => registers.registers.has(coordinate)),
  };
}

/** Whether the phases can be made of a supergraph. */
export function isReadable(sdl: string): boolean {
  try {
    const supergraph = readSupergraph(sdl);
    readRules(supergraph);
    readConstraints(supergraph.document);
    return true;
  } catch {
    return false;
  }
}

export interface PhaseParts {
  readonly parts: BySchema<SchemaParts>;
  readonly limits: Limits;
  readonly checkGuesses: CheckGuesses;
  readonly audit: Audit | null;
  /** Notes what is asked and by which client; `null`: nobody wants to know. */
  readonly count: Phase | null;
}

/** What an operation goes through before it runs, in order. */
export function listPhases({ parts, limits, checkGuesses, audit, count }: PhaseParts): Phase[] {
  return [
    ({ schema, definition, variables }, { context }) => {
      context.schema = schema;
      context.isMutation = definition.operation === 'mutation';
      checkVariables(variables, limits);
    },
    (operation) => void parts.of(operation.schema).checkArguments(operation),
    (operation, request) => parts.of(operation.schema).checkCost(operation, request),
    (operation, { method }) => {
      // An address stands in logs and histories: by GET only what everybody may know.
      if (method === 'GET' && !parts.of(operation.schema).authorize.isPublic(operation))
        throw new AppError('METHOD_NOT_ALLOWED');
    },
    (operation, { context }) => {
      const decision = parts.of(operation.schema).authorize.decide(operation, context.caller);
      context.decision = decision;
      if (decision.isRefused) throw new AppError('FORBIDDEN');
    },
    (operation, { context }) => checkGuesses(operation, context),
    (operation) => audit?.check(operation),
    ...(count ? [count] : []),
  ];
}
