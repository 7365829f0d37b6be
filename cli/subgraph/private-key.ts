import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { UsageError } from '../usage-error.js';

/** @throws UsageError where the file is not an Ed25519 private key (PKCS #8, PEM). */
export function readPrivateKeyFile(path: string): KeyObject {
  try {
    const key = createPrivateKey(readFileSync(path, 'utf8'));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below, without what stands in the file.
  }
  throw new UsageError(`${path} is not a readable Ed25519 private key (PKCS #8, PEM).`);
}
