import type { Command } from 'commander';
import { progress } from '../progress.js';
import type { Finding } from './check/finding.js';
import { checkInstance } from './check/instance.js';

/** Options of the verbs that try a running instance. */
export interface TrialOptions {
  readonly url?: string;
  readonly samples?: string;
  readonly signingKey?: string;
  readonly callsUrl?: string;
}

/** @returns The verb with the options of a trial. */
export const withTrial = (verb: Command): Command =>
  verb
    .option('--url <url>', 'an instance that runs, on which the contract is tried')
    .option('--samples <file>', 'keys of records that it has, as JSON: [{ "type", "known": [key, …], "unknown": key }]')
    .option('--signing-key <file>', 'private key with which the gateway signs what it asks (SUBGRAPH_SIGNING_KEY)')
    .option('--calls-url <url>', 'where its legacy system counts calls, as JSON');

/**
 * @param served The schema as its instances serve it.
 * @returns Nothing where no instance is named.
 */
export async function tryInstance(
  subgraph: string,
  served: string,
  { url, samples, signingKey, callsUrl }: TrialOptions,
): Promise<readonly Finding[]> {
  if (url === undefined) return [];
  progress(`Trying the contract on ${url}`);
  return checkInstance({ subgraph, url, sdl: served, samplesPath: samples, signingKeyPath: signingKey, callsUrl });
}
