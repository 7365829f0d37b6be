import type { Stage } from '../../lib/registry/event.js';
import { currentOf, type RegistryState, versionOf } from '../../lib/registry/state.js';
import { UsageError } from '../usage-error.js';
import { check, readRunning } from './check/check.js';
import { completeSchema } from './check/complete.js';
import { toFindings } from './check/composition.js';
import type { Finding } from './check/finding.js';
import { hasErrors, writeReport } from './check/report.js';
import { composeApart } from './compose/compose-apart.js';
import { dayBefore, readSigner, type Session } from './session.js';
import { type TrialOptions, tryInstance } from './trial.js';

export interface Proposed {
  readonly findings: readonly Finding[];
  /** `null` where errors stood in the way: then nothing was kept. */
  readonly version: number | null;
}

export interface ProposeOptions {
  readonly subgraph: string;
  /** As the instances serve it. */
  readonly sdl: string;
  /** Rules for fields whose language has none; `null`: the schema holds its own. */
  readonly rules: string | null;
  /** URLs of instances that serve it; `null`: all of the provider's. */
  readonly instances: readonly string[] | null;
  /** Of the provider's private key. */
  readonly keyPath: string | undefined;
  /** Against what runs there it is checked. */
  readonly stage: Stage;
  /** Days of operations that count as in use. */
  readonly usageDays: number;
  /** An instance on which the contract is tried. */
  readonly trial?: TrialOptions;
}

/** Offers a version of a subgraph: kept with the report of its check, and run by nobody before it is approved. */
export async function propose({ registry, agreement }: Session, options: ProposeOptions): Promise<Proposed> {
  const signer = readSigner(options.keyPath, 'provider', agreement);
  const provider = signer.actor.replace('provider:', '');
  const state = await registry.refresh();
  const sdl = completeSchema(options.sdl, options.rules);
  const { store } = registry;
  const checked = await check({
    proposals: [{ subgraph: options.subgraph, sdl }],
    ...(await readRunning(store, state, options.stage)),
    agreement,
    usage: await store.readUsage(dayBefore(options.usageDays)),
  });
  const tried = await tryInstance(options.subgraph, options.sdl, options.trial ?? {});
  const findings = [...tried, ...checked.findings];
  if (hasErrors(findings)) return { findings, version: null };
  const version = nextVersion(state, options.subgraph);
  await registry.append(
    {
      type: 'proposed',
      subgraph: options.subgraph,
      version,
      provider,
      sdl: await store.writeText(sdl),
      served: await store.writeText(options.sdl),
      instances: options.instances === null ? null : [...options.instances],
      report: await store.writeText(writeReport(findings, 'json')),
    },
    signer,
  );
  return { findings, version };
}

export interface ApproveOptions {
  readonly subgraph: string;
  readonly version: number;
  readonly stage: Stage;
  readonly legalBasis: string;
  readonly contractReference: string;
  /** Of the coordinator's private key. */
  readonly keyPath: string | undefined;
}

/**
 * Lets a version run in a stage: composed here, once; every gateway of the stage takes it over by itself.
 *
 * @returns Findings where it does not compose with what runs there now; then nothing changes.
 */
export async function approve({ registry, agreement }: Session, options: ApproveOptions): Promise<readonly Finding[]> {
  const { subgraph, version, stage, legalBasis, contractReference, keyPath } = options;
  const signer = readSigner(keyPath, 'coordinator', agreement);
  const state = await registry.refresh();
  const proposal = versionOf(state, subgraph, version);
  if (!proposal) throw new UsageError(`There is no version ${version} of ${subgraph}.`);
  const { running } = await readRunning(registry.store, state, stage);
  const sdl = await registry.store.readText(proposal.sdl);
  if (sdl === null) throw new UsageError(`The registry has lost the schema of ${subgraph}, version ${version}.`);
  const others = running.filter(({ name }) => name !== subgraph);
  const composed = await composeApart([...others, { name: subgraph, sdl }]);
  if ('faults' in composed) return toFindings(composed.faults, subgraph);
  const from = { ...currentOf(state, stage)?.from, [subgraph]: version };
  const supergraph = await registry.store.writeText(composed.supergraph);
  await registry.append(
    { type: 'approved', subgraph, version, legalBasis, contractReference, stage, supergraph, from },
    signer,
  );
  return [];
}

const nextVersion = (state: RegistryState, subgraph: string): number =>
  Math.max(0, ...(state.subgraphs.get(subgraph) ?? []).map(({ version }) => version)) + 1;
