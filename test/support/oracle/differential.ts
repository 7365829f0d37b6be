import type { ExecutionResult } from 'graphql';
import type { Arena } from './arena.js';
import { compareResults, type Difference, errorsOf, haveSamePaths } from './compare.js';
import type { Engine, Operation } from './engine.js';
import { createFaults, createRun, type FaultKind, NO_FAULTS } from './faults.js';
import { hasRecovered } from './recovered.js';
import { shrink } from './shrink.js';

/** What to run against an engine. */
export interface Plan {
  /** Seeds `from` to `from + operations - 1`. */
  readonly from: number;
  readonly operations: number;
  readonly withFaults: boolean;
  /** Also asks the stock gateway where the monolith is the judge: slower, and tells where the stock gateway is wrong. */
  readonly withStock: boolean;
  /** Differences that are made small; every one is counted. */
  readonly maxShown: number;
}

export interface Report {
  readonly supergraph: string;
  readonly engine: string;
  readonly operations: number;
  /** Operations that the stock gateway answers otherwise than the monolith. */
  readonly stockWrong: number;
  /** Operations under faults that nobody can judge, because the stock gateway is wrong without them. */
  readonly unjudged: number;
  /** Subgraph requests, of the engine and of the stock gateway, over the operations without faults. */
  readonly requests: { readonly engine: number; readonly stock: number };
  /** Answers under faults that lost less than the stock gateway's. */
  readonly better: number;
  /** Answers without a difference whose errors stand at other paths within the same nulls. */
  readonly otherPaths: number;
  readonly different: number;
  /** Wrong plans of a kind known of this supergraph that the answer tells as an error; not among `different`. */
  readonly knownFaults: number;
  readonly differences: readonly FoundDifference[];
}

/** One difference, as small as it could be made. */
export interface FoundDifference extends Difference {
  readonly seed: number;
  readonly fault: FaultKind;
  readonly judge: string;
  /** Whether the stock gateway answers as the engine does. */
  readonly isLikeStock: boolean;
  readonly operation: Operation;
  readonly errors: readonly string[];
}

interface Case {
  readonly arena: Arena;
  readonly engine: Engine;
  readonly seed: number;
  readonly fault: FaultKind;
  readonly withStock: boolean;
}

interface Verdict {
  readonly judge: string;
  readonly difference: Difference | null;
  readonly isLikeStock: boolean;
  readonly isStockWrong: boolean;
  readonly isJudged: boolean;
  readonly isBetter: boolean;
  readonly isKnownFault: boolean;
  readonly hasOtherPaths: boolean;
  readonly requests: { readonly engine: number; readonly stock: number };
  readonly errors: readonly string[];
}

/**
 * Runs random operations through an engine and holds each answer against the monolith, or, where a part of the
 * backend fails in a way that the monolith cannot know, against the stock gateway.
 */
export async function runDifferential(arena: Arena, engine: Engine, plan: Plan): Promise<Report> {
  const differences: FoundDifference[] = [];
  const counts: Counts = {
    operations: 0,
    stockWrong: 0,
    unjudged: 0,
    better: 0,
    knownFaults: 0,
    otherPaths: 0,
    different: 0,
    requests: { engine: 0, stock: 0 },
  };
  for (let seed = plan.from; seed < plan.from + plan.operations; seed++) {
    const { withStock } = plan;
    const item: Case = { arena, engine, seed, withStock, fault: plan.withFaults ? faultFor(seed) : 'none' };
    for (const operation of variantsOf(arena.generate(String(seed), !isKnownToMonolith(item.fault)), seed)) {
      const verdict = await judge(item, operation);
      counts.operations++;
      add(counts, verdict);
      if (verdict.difference && !verdict.isKnownFault && differences.length < plan.maxShown)
        differences.push(await describe(item, operation, verdict.difference));
    }
  }
  return { supergraph: arena.name, engine: engine.name, ...counts, differences };
}

type Counts = { -readonly [Name in Exclude<keyof Report, 'supergraph' | 'engine' | 'differences'>]: Report[Name] };

function add(counts: Counts, verdict: Verdict): void {
  counts.stockWrong += Number(verdict.isStockWrong);
  counts.unjudged += Number(!verdict.isJudged);
  counts.better += Number(verdict.isBetter);
  counts.otherPaths += Number(verdict.hasOtherPaths && !verdict.difference);
  counts.different += Number(verdict.difference !== null && !verdict.isKnownFault);
  counts.knownFaults += Number(verdict.isKnownFault);
  const { engine, stock } = verdict.requests;
  counts.requests = { engine: counts.requests.engine + engine, stock: counts.requests.stock + stock };
}

/** Now and then the same text comes again with every condition turned round: what was kept of it must still fit. */
function variantsOf(operation: Operation, seed: number): Operation[] {
  const conditions = Object.entries(operation.variables).filter(([name]) => /^if\d+$/.test(name));
  if (seed % 4 !== 0 || conditions.length === 0) return [operation];
  const turned = Object.fromEntries(conditions.map(([name, value]) => [name, value !== true]));
  return [operation, { ...operation, variables: { ...operation.variables, ...turned } }];
}

const isKnownToMonolith = (fault: FaultKind): boolean => fault === 'none' || fault === 'field';

const faultFor = (seed: number): FaultKind => (['field', 'machinery', 'down', 'missing'] as const)[seed % 8] ?? 'none';

async function judge({ arena, engine, seed, fault, withStock }: Case, operation: Operation): Promise<Verdict> {
  const faults = createFaults(fault, `fault ${seed}`, fault === 'down' ? 0.3 : 0.08);
  const isKnown = isKnownToMonolith(fault);
  const [engineRun, stockRun] = [createRun(faults), createRun(faults)];
  const answer = await attempt(engine, operation, engineRun);
  const truth = await attempt(arena.monolith, operation, createRun(fault === 'field' ? faults : NO_FAULTS));
  const stock = arena.stock && (withStock || !isKnown) ? await attempt(arena.stock, operation, stockRun) : null;
  const isComparable = fault === 'none' && stock !== null;
  const known = {
    isLikeStock: stock !== null && compareResults(stock, answer) === null,
    isStockWrong: isComparable && compareResults(truth, stock) !== null,
    errors: (answer.errors ?? []).map(({ message }) => message),
    requests: isComparable ? { engine: engineRun.calls.length, stock: stockRun.calls.length } : NONE,
  };
  const isJudged = isKnown || (stock !== null && (await isStockRight({ arena, operation, truth, stock })));
  const expected = isKnown ? truth : stock;
  if (!isJudged || expected === null)
    return {
      ...known,
      judge: 'nobody',
      isBetter: false,
      isKnownFault: false,
      isJudged: false,
      hasOtherPaths: false,
      difference: null,
    };
  const hasOtherPaths = !haveSamePaths(expected, answer);
  const found = compareResults(expected, answer);
  // What failed may have cost nothing: then the answer is the one without faults, whatever the stock gateway reports.
  const hasLostNothing = !isKnown && found !== null && compareResults(truth, answer) === null;
  const isBetter =
    hasLostNothing || (!isKnown && found?.kind === 'data' && hasRecovered(truth.data, expected.data, answer.data));
  const difference = isBetter ? null : found;
  const isKnownFault = difference !== null && arena.plannerFault !== undefined && (answer.errors ?? []).length > 0;
  return {
    ...known,
    isBetter,
    isKnownFault,
    judge: isKnown ? 'monolith' : 'stock',
    isJudged: true,
    hasOtherPaths,
    difference,
  };
}

const NONE = { engine: 0, stock: 0 };

interface StockCheck {
  readonly arena: Arena;
  readonly operation: Operation;
  readonly truth: ExecutionResult;
  readonly stock: ExecutionResult;
}

async function isStockRight({ arena, operation, truth, stock }: StockCheck): Promise<boolean> {
  if (!arena.stock || isBroken(stock)) return false;
  return compareResults(truth, await attempt(arena.stock, operation, createRun(NO_FAULTS))) === null;
}

/** It has mistaken a field of its own for one of the client's. */
const isBroken = (stock: ExecutionResult): boolean =>
  errorsOf(stock).some(({ message }) => /^Invalid (value|non-)/.test(message));

/** What an engine throws is an answer without data. */
async function attempt(
  engine: Engine,
  operation: Operation,
  run: ReturnType<typeof createRun>,
): Promise<ExecutionResult> {
  try {
    return JSON.parse(JSON.stringify(await engine.run(operation, run))) as ExecutionResult;
  } catch (error) {
    return { data: null, errors: [error as NonNullable<ExecutionResult['errors']>[number]] };
  }
}

async function describe(item: Case, operation: Operation, first: Difference): Promise<FoundDifference> {
  const isStillBad = async (smaller: Operation) => (await judge(item, smaller)).difference?.kind === first.kind;
  const smallest = await shrink(item.arena.anatomy.api, operation, isStillBad);
  const verdict = await judge(item, smallest);
  const { seed, fault } = item;
  const { judge: by, isLikeStock, errors } = verdict;
  return { ...(verdict.difference ?? first), seed, fault, judge: by, isLikeStock, operation: smallest, errors };
}
