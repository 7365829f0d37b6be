import type { Caller } from '../../lib/caller.js';
import { createSigner, INTERNAL_TOKEN_HEADER } from '../../lib/internal-token.js';
import { drawKeyPair, type KeyPair, publicKeyEnv } from '../../scripts/federation-plan.js';

/** Stands in for the gateway where a test asks a subgraph itself. */
export interface GatewayKey {
  readonly keyPair: KeyPair;
  /** What the subgraph must know: `GATEWAY_PUBLIC_KEY`. */
  readonly env: Readonly<Record<string, string>>;
  /** @returns The header that proves a request to the subgraph of this name. */
  signAs(subgraph: string, caller?: Caller | null): (body: string) => Promise<Readonly<Record<string, string>>>;
}

export function createGatewayKey(keyPair: KeyPair = drawKeyPair()): GatewayKey {
  const sign = createSigner(keyPair.privateKey);
  return {
    keyPair,
    env: publicKeyEnv(keyPair),
    signAs:
      (audience, caller = null) =>
      async (body) => ({ [INTERNAL_TOKEN_HEADER]: await sign({ audience, body, caller }) }),
  };
}
