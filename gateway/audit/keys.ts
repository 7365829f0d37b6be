import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BlindIndex, createBlindIndex } from '../../lib/audit/blind-index.js';
import { type OfficerKeys, readOfficerKeys } from '../../lib/audit/officer-keys.js';

export interface AuditKeys {
  readonly blindIndex: BlindIndex;
  readonly officers: OfficerKeys;
  readonly signingKey: KeyObject;
  /** Public keys that may have signed what is there already, the present one included. */
  readonly publicKeys: readonly KeyObject[];
}

export interface GivenKeys {
  readonly AUDIT_INDEX_KEY?: string | undefined;
  readonly AUDIT_SIGNING_KEY?: KeyObject | undefined;
  readonly AUDIT_OFFICER_KEYS?: string | undefined;
}

/** Files of generated keys; a folder with one of them in it is a demo's. */
const DEMO = { index: 'demo-index.key', signing: 'demo-signing.pem', officer: 'demo-officer.pem' };

/**
 * Takes the keys of the settings and generates those that are not set into `dir`: good enough to try things out on one
 * machine, for whoever reads the log then finds its keys beside it.
 *
 * @param mayGenerate False beyond loopback.
 * @throws Error where keys are missing or were generated, and must not be; where the officers' file cannot be used.
 */
export function readAuditKeys(dir: string, given: GivenKeys, mayGenerate: boolean): AuditKeys {
  if (!mayGenerate) refuseDemo(dir, given);
  const signingKey = given.AUDIT_SIGNING_KEY ?? keepKey(join(dir, DEMO.signing), 'ed25519');
  return {
    blindIndex: createBlindIndex(given.AUDIT_INDEX_KEY ?? keepSecret(join(dir, DEMO.index))),
    officers: given.AUDIT_OFFICER_KEYS === undefined ? demoOfficer(dir) : readOfficers(given.AUDIT_OFFICER_KEYS),
    signingKey,
    publicKeys: keepPublicKey(dir, createPublicKey(signingKey)),
  };
}

function refuseDemo(dir: string, given: GivenKeys): void {
  const names = ['AUDIT_INDEX_KEY', 'AUDIT_SIGNING_KEY', 'AUDIT_OFFICER_KEYS'] as const;
  const missing = names.filter((name) => given[name] === undefined);
  if (missing.length > 0) throw new Error(`${missing.join(', ')}: needed while HOST is not loopback`);
  if (Object.values(DEMO).some((name) => existsSync(join(dir, name))))
    throw new Error('AUDIT_DIR: holds generated keys, so its log is a demo’s; refused while HOST is not loopback');
}

function readOfficers(path: string): OfficerKeys {
  try {
    return readOfficerKeys(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof TypeError) throw new Error(`AUDIT_OFFICER_KEYS: ${error.message}`);
    throw new Error('AUDIT_OFFICER_KEYS: the file cannot be read', { cause: error });
  }
}

const demoOfficer = (dir: string): OfficerKeys =>
  new Map([['*', createPublicKey(keepKey(join(dir, DEMO.officer), 'x25519'))]]);

function keepKey(path: string, type: 'ed25519' | 'x25519'): KeyObject {
  if (existsSync(path)) return createPrivateKey(readFileSync(path));
  const { privateKey } = type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  writeFileSync(path, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' });
  return privateKey;
}

function keepSecret(path: string): string {
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  return readFileSync(path, 'utf8').trim();
}

/**
 * Public keys lie beside the log so that a changed key still finds the end of what the one before signed. A verifier is
 * given them from elsewhere.
 */
function keepPublicKey(dir: string, key: KeyObject): KeyObject[] {
  const pem = key.export({ format: 'pem', type: 'spki' }).toString();
  const path = join(dir, `public-key-${createHash('sha256').update(pem).digest('hex').slice(0, 16)}.pem`);
  if (!existsSync(path)) writeFileSync(path, pem);
  const names = readdirSync(dir).filter((name) => /^public-key-[0-9a-f]{16}\.pem$/.test(name));
  return names.map((name) => createPublicKey(readFileSync(join(dir, name))));
}
