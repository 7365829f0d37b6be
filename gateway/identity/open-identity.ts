import type { Log } from '../../lib/log.js';
import { createIdentify, type Identify } from './identify.js';
import { createKeySet } from './key-set.js';
import { DEFAULT_MAPPING, readMappingFile } from './mapping.js';
import { readKeys } from './read-keys.js';
import { createVerifyToken } from './verify-token.js';

export interface IdentitySettings {
  /** Without an issuer every caller is anonymous. */
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
  readonly mappingPath: string | undefined;
  readonly log: Log;
}

/** @throws Error where the mapping file cannot be used. */
export function openIdentity({ issuer, audience, mappingPath, log }: IdentitySettings): Identify {
  const mapping = mappingPath === undefined ? DEFAULT_MAPPING : readMappingFile(mappingPath);
  if (issuer === undefined || audience === undefined) return createIdentify(null, mapping);
  const keys = createKeySet({ readKeys: () => readKeys(issuer), log });
  return createIdentify(createVerifyToken({ issuer, audience, keys }), mapping);
}
