import type { Stage } from '../../lib/registry/event.js';
import { currentOf, servedBy, versionOf } from '../../lib/registry/state.js';
import type { Composed, Source } from '../../schema/try-compose.js';
import { UsageError } from '../usage-error.js';
import { readRunning } from './check/check.js';
import { toFindings } from './check/composition.js';
import type { Finding } from './check/finding.js';
import { composeApart } from './compose/compose-apart.js';
import { readSigner, type Session } from './session.js';

/** What every decision names. */
export interface Decision {
  readonly stage: Stage;
  /** For the record. */
  readonly reason: string;
  /** Of a private key. */
  readonly keyPath: string | undefined;
}

export interface Adoption extends Decision {
  readonly sources: readonly Source[];
  readonly compose?: (sources: readonly Source[]) => Promise<Composed>;
}

/** Takes schemas of a repository as they are: the beginning of a registry, or the source of what lives there. */
export async function adopt(
  { registry, agreement }: Session,
  { sources, stage, reason, keyPath, compose = composeApart }: Adoption,
): Promise<readonly Finding[]> {
  const signer = readSigner(keyPath, 'coordinator', agreement);
  const state = await registry.refresh();
  const { running } = await readRunning(registry.store, state, stage);
  const others = running.filter(({ name }) => !sources.some((source) => source.name === name));
  const composed = await compose([...others, ...sources]);
  if ('faults' in composed) return toFindings(composed.faults, sources[0]?.name ?? '');
  const from: Record<string, number> = { ...currentOf(state, stage)?.from };
  const schemas: Record<string, string> = {};
  for (const { name, sdl } of sources) {
    schemas[name] = await registry.store.writeText(sdl);
    const known = state.subgraphs.get(name) ?? [];
    // A schema that is known already keeps its number.
    const same = known.findLast((version) => version.sdl === schemas[name]);
    from[name] = same?.version ?? Math.max(0, ...known.map(({ version }) => version)) + 1;
  }
  const supergraph = await registry.store.writeText(composed.supergraph);
  await registry.append({ type: 'adopted', schemas, legalBasis: reason, stage, supergraph, from }, signer);
  return [];
}

/**
 * Lets a stage run an earlier supergraph again; without a number the one before.
 *
 * @returns The number of the supergraph that now runs.
 */
export async function rollBack(
  { registry, agreement }: Session,
  { stage, reason, keyPath, to }: Decision & { readonly to: number | null },
): Promise<number> {
  const signer = readSigner(keyPath, 'coordinator', agreement);
  const { stages } = await registry.refresh();
  const past = stages[stage];
  const target = to === null ? past.at(-2) : past.find(({ version }) => version === to);
  if (!target)
    throw new UsageError(`The stage ${stage} has no ${to === null ? 'earlier supergraph' : `supergraph ${to}`}.`);
  const { supergraph, from } = target;
  const next = await registry.append({ type: 'rolled-back', reason, stage, supergraph, from: { ...from } }, signer);
  return currentOf(next, stage)?.version ?? 0;
}

/** Takes a subgraph out of a stage, where the rest composes without it. */
export async function removeSubgraph(
  { registry, agreement }: Session,
  { stage, reason, keyPath, subgraph }: Decision & { readonly subgraph: string },
): Promise<readonly Finding[]> {
  const signer = readSigner(keyPath, 'coordinator', agreement);
  const state = await registry.refresh();
  const { running } = await readRunning(registry.store, state, stage);
  const rest = running.filter(({ name }) => name !== subgraph);
  if (rest.length === running.length) throw new UsageError(`${subgraph} does not run in ${stage}.`);
  const composed = await composeApart(rest);
  if ('faults' in composed) return toFindings(composed.faults, subgraph);
  const { [subgraph]: _, ...from } = { ...currentOf(state, stage)?.from };
  const supergraph = await registry.store.writeText(composed.supergraph);
  await registry.append({ type: 'deleted', subgraph, reason, stage, supergraph, from }, signer);
  return [];
}

/** Nothing is sent to an instance any more, or again: the coordinator's right, and its own provider's. */
export async function setDisabled(
  { registry, agreement }: Session,
  options: { readonly instance: string; readonly isDisabled: boolean } & Omit<Decision, 'stage'>,
): Promise<void> {
  const { instance, isDisabled, reason, keyPath } = options;
  const known = [...agreement.subgraphs.values()].flat().some(({ url }) => url === instance);
  if (!known) throw new UsageError(`${instance} is no instance of the cooperation file.`);
  const signer = signerOfEither(keyPath, agreement);
  await registry.append({ type: isDisabled ? 'disabled' : 'enabled', instance, reason }, signer);
}

function signerOfEither(keyPath: string | undefined, agreement: Session['agreement']) {
  try {
    return readSigner(keyPath, 'coordinator', agreement);
  } catch {
    return readSigner(keyPath, 'provider', agreement);
  }
}

/** One line of `subgraph list`. */
export interface Listed {
  readonly subgraph: string;
  /** That runs in the stage; `null`: none. */
  readonly running: number | null;
  readonly newest: number;
  readonly proposedBy: string | null;
  readonly proposedAt: string;
  readonly instances: readonly {
    readonly url: string;
    readonly provider: string;
    readonly serves: number | null;
    readonly isDisabled: boolean;
  }[];
}

export async function list({ registry, agreement }: Session, stage: Stage): Promise<Listed[]> {
  const state = await registry.refresh();
  return [...state.subgraphs].map(([subgraph, versions]) => {
    const newest = versions.at(-1);
    return {
      subgraph,
      running: currentOf(state, stage)?.from[subgraph] ?? null,
      newest: newest?.version ?? 0,
      proposedBy: newest?.provider ?? null,
      proposedAt: newest?.proposedAt ?? '',
      instances: (agreement.subgraphs.get(subgraph) ?? []).map(({ url, provider }) => ({
        url,
        provider,
        serves: servedBy(state, { stage, subgraph, url })?.version ?? null,
        isDisabled: state.disabled.has(url),
      })),
    };
  });
}

/** @returns The schema of a version as composed; the newest where no number is given. */
export async function fetchSchema({ registry }: Session, subgraph: string, version: number | null): Promise<string> {
  const state = await registry.refresh();
  const found = version === null ? state.subgraphs.get(subgraph)?.at(-1) : versionOf(state, subgraph, version);
  const sdl = found ? await registry.store.readText(found.sdl) : null;
  if (sdl === null) throw new UsageError(`There is no ${version === null ? '' : `version ${version} of `}${subgraph}.`);
  return sdl;
}
