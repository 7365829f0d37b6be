import type { Cooperation } from '../../lib/cooperation/model.js';
import { readCooperationFile } from '../../lib/cooperation/read.js';
import type { Actor } from '../../lib/registry/event.js';
import { actorsOf } from '../../lib/registry/keys.js';
import { createRegistry, openStore, type Registry, type Signer } from '../../lib/registry/registry.js';
import { UsageError } from '../usage-error.js';
import { readPrivateKeyFile } from './private-key.js';

/** What the verbs that touch a registry are given. */
export interface RegistryOptions {
  /** A folder, or `postgres://…`. */
  readonly registry: string;
  /** Path of the cooperation file. */
  readonly cooperation: string;
}

export interface Session {
  readonly registry: Registry;
  readonly agreement: Cooperation;
}

/** Opens the registry for one command and closes it afterwards. */
export async function withSession<Result>(
  { registry: where, cooperation }: RegistryOptions,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  if (/^\w+:\/\//.test(where) && !/^postgres(ql)?:\/\//.test(where))
    throw new UsageError('--registry must be a folder or a postgres:// URL.');
  const agreement = readCooperationFile(cooperation);
  const registry = createRegistry(await openStore(where), () => agreement);
  try {
    return await work({ registry, agreement });
  } finally {
    await registry.close();
  }
}

/**
 * @param path Of a private key, PKCS #8 PEM.
 * @param role Whether to sign as a provider or as the coordinator; a key may be both only where it is named so twice.
 * @throws UsageError where the key cannot be read, or belongs to nobody of that role.
 */
export function readSigner(path: string | undefined, role: 'provider' | 'coordinator', agreement: Cooperation): Signer {
  if (path === undefined) throw new UsageError('A private key is needed: --key FILE, or FACHVERBUND_KEY.');
  const key = readPrivateKeyFile(path);
  const isOfRole = (actor: Actor) => (actor === 'coordinator') === (role === 'coordinator');
  const actor = actorsOf(key, agreement).find(isOfRole);
  if (actor) return { actor, key };
  throw new UsageError(
    role === 'coordinator'
      ? 'This key is not the coordinatorKey of the cooperation file.'
      : 'This key belongs to no provider of the cooperation file.',
  );
}

/** @returns The day so many days ago, YYYY-MM-DD. */
export const dayBefore = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
