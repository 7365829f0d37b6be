import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAuditFolder } from './audit-folder.js';
import {
  drawKeyPair,
  type KeyPair,
  type PlannedInstance,
  type PlanSettings,
  planGateway,
  planIdentity,
  planInstances,
} from './federation-plan.js';
import { StartError } from './program.js';
import { createRunningParts, type RunningParts, type RunningPartsOptions } from './running-parts.js';

export interface FederationOptions
  extends Omit<PlanSettings, 'temporaryFolder' | 'keyPair' | 'audit' | 'invalidation'> {
  /** Of the gateway, for whoever asks subgraphs in its place; a new one otherwise. */
  readonly keyPair?: KeyPair;
  /** Told what caches must forget beside the gateway's operators' port. */
  readonly invalidationUrls?: readonly string[];
  /** Where `federation.json` and the logs are while it runs. */
  readonly runFolder: string;
  readonly identity: boolean;
  readonly gateway: boolean;
  /** Ends the start before all is ready. */
  readonly signal?: AbortSignal;
  /** A part went without being asked to; the others go on. */
  readonly onGone?: (name: string, reason: string, lastLines: readonly string[]) => void;
}

/** As the gateway's own. */
const DEFAULT_ADMIN_PORT = 4900;

export type Federation = Omit<RunningParts, 'start' | 'publish'>;

/**
 * Starts a whole federation as processes of this machine: simulated legacy systems, subgraph instances, demo identity
 * provider and gateway, side by side as far as they do not need one another.
 *
 * @throws StartError when a part cannot be started; nothing is left running then.
 */
export async function startFederation(options: FederationOptions): Promise<Federation> {
  const temporaryFolder = mkdtempSync(join(tmpdir(), 'fachverbund-'));
  // PostgreSQL refuses to run as root, and whoever it runs as must get to its files.
  chmodSync(temporaryFolder, 0o711);
  const failure = new AbortController();
  const signal = options.signal ? AbortSignal.any([failure.signal, options.signal]) : failure.signal;
  // Every part that is not ready yet listens.
  setMaxListeners(0, signal);
  const failures: unknown[] = [];
  const note = (error: unknown) => {
    failures.push(error);
    failure.abort();
  };
  let onGone: RunningPartsOptions['onGone'] = (...gone) => note(new StartError(...gone));
  const parts = createRunningParts({
    runFolder: options.runFolder,
    temporaryFolder,
    signal,
    onGone: (...gone) => onGone(...gone),
  });
  const audit = openAuditFolder(options.runFolder);
  const invalidation = planInvalidation(options);
  const settings = { ...options, keyPair: options.keyPair ?? drawKeyPair(), audit, invalidation, temporaryFolder };
  const starts = [
    ...planInstances(settings).map((planned) => startInstance(parts, planned)),
    startFront(parts, settings),
  ];
  await Promise.all(starts.map((start) => start.catch(note)));
  if (failures.length > 0) {
    await parts.stopAll();
    throw failures[0];
  }
  onGone = options.onGone ?? (() => undefined);
  parts.publish();
  return parts;
}

/** Of the gateway that is started here; the demo keeps no secret on the disk. */
function planInvalidation({ gateway, gatewayEnv, invalidationUrls = [] }: FederationOptions) {
  const own = `http://127.0.0.1:${gatewayEnv.ADMIN_PORT || DEFAULT_ADMIN_PORT}`;
  return {
    urls: [...(gateway ? [own] : []), ...invalidationUrls],
    token: gatewayEnv.ADMIN_TOKEN || randomBytes(32).toString('base64url'),
  };
}

async function startInstance(parts: RunningParts, planned: PlannedInstance): Promise<void> {
  const { subgraph, provider, municipalities, simulator } = planned;
  const facts = { subgraph, provider, municipalities };
  const ready = simulator ? await parts.start(simulator, { kind: 'simulator', ...facts }) : {};
  await parts.start(planned.program(ready), { kind: 'subgraph', ...facts });
}

/** The gateway needs the issuer's address, and none of the others to be ready. */
async function startFront(
  parts: RunningParts,
  settings: PlanSettings & Pick<FederationOptions, 'identity' | 'gateway'>,
): Promise<void> {
  const issuer = settings.identity ? await parts.start(planIdentity(settings), { kind: 'identity' }) : null;
  if (settings.gateway) await parts.start(planGateway(settings, issuer && String(issuer.url)), { kind: 'gateway' });
}
