import type { Cooperation } from '../../../lib/cooperation/model.js';
import type { Stage } from '../../../lib/registry/event.js';
import { currentOf, type RegistryState, versionOf } from '../../../lib/registry/state.js';
import type { RegistryStore, Usage } from '../../../lib/registry/store.js';
import type { Source } from '../../../schema/try-compose.js';
import { composeApart } from '../compose/compose-apart.js';
import { apiSchemaOf } from './api-schema.js';
import { findBreaking } from './breaking.js';
import { toFindings } from './composition.js';
import { findUnconventional } from './conventions.js';
import type { Finding, Proposal } from './finding.js';
import { findForeignTypes } from './ownership.js';

/** What is to be checked, and against what. */
export interface CheckParts {
  /** Checked together, as if all were approved at once. */
  readonly proposals: readonly Proposal[];
  /** What runs beside them. */
  readonly running: readonly Source[];
  /** The supergraph that runs; `null` where nothing does. */
  readonly supergraph: string | null;
  readonly agreement: Cooperation;
  /** Operations that were really sent. */
  readonly usage: Usage;
}

export interface CheckReport {
  readonly findings: readonly Finding[];
  /** The new supergraph; `null` where it does not compose. */
  readonly supergraph: string | null;
}

/** Everything that can be said of schemas without an instance; errors first, then in the order of the text. */
export async function check({ proposals, running, supergraph, agreement, usage }: CheckParts): Promise<CheckReport> {
  const names = new Set(proposals.map(({ subgraph }) => subgraph));
  const others = running.filter(({ name }) => !names.has(name));
  const [first] = proposals;
  if (!first) return { findings: [], supergraph: null };
  const own = proposals.map(({ subgraph: name, sdl }) => ({ name, sdl }));
  const composed = await composeApart([...others, ...own]);
  if ('faults' in composed) {
    const isReadable = composed.faults.every(({ code }) => code !== 'INVALID_GRAPHQL');
    const findings = toFindings(composed.faults, first.subgraph);
    return {
      findings: isReadable ? sorted([...findings, ...findStatic(proposals, others, agreement)]) : findings,
      supergraph: null,
    };
  }
  const changes =
    supergraph === null
      ? []
      : await findBreaking(proposals, {
          before: apiSchemaOf(supergraph),
          after: apiSchemaOf(composed.supergraph),
          usage,
          today: new Date().toISOString().slice(0, 10),
        });
  return {
    findings: sorted([...changes, ...findStatic(proposals, others, agreement)]),
    supergraph: composed.supergraph,
  };
}

const findStatic = (proposals: readonly Proposal[], others: readonly Source[], agreement: Cooperation): Finding[] => {
  const rest = others.map(({ name: subgraph, sdl }) => ({ subgraph, sdl }));
  return proposals.flatMap((proposal) => [
    ...findForeignTypes(proposal, rest, agreement),
    ...findUnconventional(proposal),
  ]);
};

const sorted = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted(
    (a, b) =>
      Number(a.severity === 'warning') - Number(b.severity === 'warning') ||
      a.subgraph.localeCompare(b.subgraph) ||
      (a.place?.line ?? 0) - (b.place?.line ?? 0),
  );

/** What runs in a stage: its subgraphs' schemas and its supergraph. */
export async function readRunning(
  store: RegistryStore,
  state: RegistryState,
  stage: Stage,
): Promise<Pick<CheckParts, 'running' | 'supergraph'>> {
  const current = currentOf(state, stage);
  if (!current) return { running: [], supergraph: null };
  const running = await Promise.all(
    Object.entries(current.from).map(async ([name, version]) => {
      const sdl = await store.readText(versionOf(state, name, version)?.sdl ?? '');
      if (sdl === null) throw new Error(`The registry has lost the schema of ${name}, version ${version}.`);
      return { name, sdl };
    }),
  );
  return { running, supergraph: await store.readText(current.supergraph) };
}
