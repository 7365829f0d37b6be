import type { JSONWebKeySet } from 'jose';
import { fetch } from 'undici';

const DEADLINE_MS = 5_000;

/**
 * Reads the keys of an issuer from the address that its discovery document names, never from one that a token names.
 *
 * @throws Error where it does not answer in 5 seconds, redirects, or answers with something else.
 */
export async function readKeys(issuer: string): Promise<JSONWebKeySet> {
  const discovery = await readJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (discovery.issuer !== issuer) throw new Error('the discovery document is that of another issuer');
  const address = discovery.jwks_uri;
  if (typeof address !== 'string' || !/^https?:/.test(address)) throw new Error('no jwks_uri');
  const found = await readJson(address);
  if (!Array.isArray(found.keys)) throw new Error('no keys');
  return found as unknown as JSONWebKeySet;
}

async function readJson(address: string): Promise<Record<string, unknown>> {
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(DEADLINE_MS) });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return (await response.json()) as Record<string, unknown>;
}
