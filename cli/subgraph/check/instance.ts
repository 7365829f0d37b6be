import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AUDITS } from '../../../lib/contract/audits.js';
import type { Sample, Target } from '../../../lib/contract/target.js';
import { createSigner, INTERNAL_TOKEN_HEADER } from '../../../lib/internal-token.js';
import { UsageError } from '../../usage-error.js';
import { readPrivateKeyFile } from '../private-key.js';
import { readSharedWords } from './complete.js';
import type { Finding } from './finding.js';

/** How a running instance is tried. */
export interface InstanceOptions {
  readonly subgraph: string;
  readonly url: string;
  readonly sdl: string;
  /** JSON file: `[{ "type", "known": [key, key], "unknown": key }]`; `undefined`: nothing about entities is tried. */
  readonly samplesPath: string | undefined;
  /** Of the gateway's private key, with which requests are signed; `undefined`: they are not. */
  readonly signingKeyPath: string | undefined;
  /** Where a simulator counts calls (`GET /calls`). */
  readonly callsUrl: string | undefined;
}

const DEADLINE_MS = 3000;

/** Runs the contract on an instance; what it cannot be asked is left out, and said. */
export async function checkInstance(options: InstanceOptions): Promise<Finding[]> {
  const { subgraph } = options;
  const target = toTarget(options);
  const findings: Finding[] = [];
  for (const { id, must, how, run } of AUDITS) {
    const fault = await run(target).catch((error: Error) => `it could not be asked: ${error.message}`);
    if (fault === null) continue;
    findings.push({
      code: id,
      severity: 'error',
      subgraph,
      place: null,
      what: `The instance must ${must}; ${fault}.`,
      why: 'The gateway and every other subgraph build on it.',
      how,
    });
  }
  return findings;
}

function toTarget({ subgraph, url, sdl, samplesPath, signingKeyPath, callsUrl }: InstanceOptions): Target {
  const sign = signingKeyPath === undefined ? null : createSigner(readPrivateKeyFile(signingKeyPath));
  return {
    url,
    sdl,
    shared: readSharedWords(),
    deadlineMs: DEADLINE_MS,
    samples: samplesPath === undefined ? [] : readSamples(samplesPath),
    headers: async (body) =>
      sign ? { [INTERNAL_TOKEN_HEADER]: await sign({ audience: subgraph, body, caller: null }) } : {},
    countCalls: callsUrl === undefined ? null : () => countCalls(callsUrl),
  };
}

const key = z.record(z.string(), z.unknown());
const samples = z.array(z.object({ type: z.string(), known: z.array(key).min(1), unknown: key }));

function readSamples(path: string): readonly Sample[] {
  try {
    return samples.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new UsageError(`${path} must hold [{ "type", "known": [key, …], "unknown": key }] as JSON.`);
  }
}

/** A simulator counts by operation; what counts here is their sum. */
async function countCalls(url: string): Promise<number> {
  const counts: unknown = await (await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MS) })).json();
  const sum = (value: unknown): number => {
    if (typeof value === 'number') return value;
    return typeof value === 'object' && value !== null
      ? Object.values(value).reduce((total, each) => total + sum(each), 0)
      : 0;
  };
  return sum(counts);
}
