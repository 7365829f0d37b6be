import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** Makes what others can look into unreadable, and tells what was made here from everything else. */
export interface Vault {
  /** The names of a key in a shared store, that of the first secret first; nobody learns the key from them. */
  namesOf(key: string): readonly string[];
  /** Seals bytes for exactly one name, with the first secret. */
  seal(name: string, plain: Buffer): Buffer;
  /** @returns `null` for anything that was not sealed here for this name. */
  open(name: string, sealed: Buffer): Buffer | null;
}

const FORMAT = 1;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + SALT_BYTES + NONCE_BYTES;

/** One secret of the settings: what names are made with, and what sealing keys are derived from. */
interface Secret {
  readonly naming: Buffer;
  readonly sealing: Buffer;
}

/**
 * AES-256-GCM, bound to the name. Each process seals with a key of its own, derived from the secret and a random salt,
 * so that nonces can be counted: random ones of 96 bits may repeat before a secret is changed.
 *
 * @param secrets One or more of 32 bytes; the first seals, all open.
 */
export function createVault(secrets: readonly Buffer[]): Vault {
  const ring = secrets.map(toSecret);
  const [first] = ring;
  if (!first) throw new TypeError('A vault needs a secret.');
  const own = { salt: randomBytes(SALT_BYTES), count: 0n };
  const keys = new LRUCache<string, Buffer>({ max: 256 });
  const keyFor = (secret: Secret, index: number, salt: Buffer): Buffer => {
    const id = `${index}${salt.toString('base64')}`;
    const key = keys.get(id) ?? derive(secret.sealing, salt, 'fachverbund cache entry');
    keys.set(id, key);
    return key;
  };
  const nameWith = ({ naming }: Secret, key: string) => createHmac('sha256', naming).update(key).digest('base64url');
  return {
    namesOf: (key) => ring.map((secret) => nameWith(secret, key)),
    seal(name, plain) {
      const nonce = Buffer.alloc(NONCE_BYTES);
      nonce.writeBigUInt64BE(own.count++, NONCE_BYTES - 8);
      const cipher = createCipheriv('aes-256-gcm', keyFor(first, 0, own.salt), nonce);
      cipher.setAAD(Buffer.from(name));
      const text = cipher.update(plain);
      cipher.final();
      return Buffer.concat([Buffer.of(FORMAT), own.salt, nonce, cipher.getAuthTag(), text]);
    },
    open(name, sealed) {
      if (sealed.length < HEAD_BYTES + TAG_BYTES || sealed[0] !== FORMAT) return null;
      for (const [index, secret] of ring.entries()) {
        const plain = openWith(keyFor(secret, index, sealed.subarray(1, 1 + SALT_BYTES)), name, sealed);
        if (plain) return plain;
      }
      return null;
    },
  };
}

function openWith(key: Buffer, name: string, sealed: Buffer): Buffer | null {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1 + SALT_BYTES, HEAD_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(name));
  decipher.setAuthTag(sealed.subarray(HEAD_BYTES, HEAD_BYTES + TAG_BYTES));
  try {
    const plain = decipher.update(sealed.subarray(HEAD_BYTES + TAG_BYTES));
    decipher.final();
    return plain;
  } catch {
    return null;
  }
}

const toSecret = (secret: Buffer): Secret => ({
  naming: derive(secret, Buffer.alloc(0), 'fachverbund cache names'),
  sealing: derive(secret, Buffer.alloc(0), 'fachverbund cache seals'),
});

const derive = (secret: Buffer, salt: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, purpose, 32));
