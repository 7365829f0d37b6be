import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';

/** Encrypted for one officer; text members are base64url. */
export interface Sealed {
  /** The officer's public key, its 32 raw bytes: which key opens it. */
  readonly recipient: string;
  /** The sender's public key, its 32 raw bytes. */
  readonly sender: string;
  /** 12 bytes. */
  readonly nonce: string;
  /** Cipher text and then the tag of 16 bytes. */
  readonly data: string;
}

export interface Sealer {
  /** @param context ASCII text that must be equal when it is opened; it is not in the result. */
  seal(text: string, context: string): Sealed;
}

const INFO = 'fachverbund-audit-sealed-1';
const TAG_BYTES = 16;
const NONCE_BYTES = 12;
const CIPHER_OPTIONS = { authTagLength: TAG_BYTES };
/** One sender's key for so many lines or so long; making one for each would cost more than all the rest. */
const SENDER_LINES = 1_000_000;
const SENDER_MS = 600_000;

interface Sender {
  readonly publicKey: string;
  readonly contentKey: Buffer;
  readonly madeAt: number;
  left: number;
}

/**
 * X25519 with a sender's key that is never stored, HKDF-SHA-256, AES-256-GCM. What is sealed cannot be opened by whoever
 * sealed it once the sender's key has been replaced.
 */
export function createSealer(recipient: KeyObject, now: () => number = Date.now): Sealer {
  const recipientText = rawPublic(recipient);
  let sender: Sender | null = null;
  const nonce = Buffer.alloc(NONCE_BYTES);
  return {
    seal(text, context) {
      const isFresh = sender !== null && sender.left > 0 && Math.abs(now() - sender.madeAt) < SENDER_MS;
      sender = isFresh && sender ? sender : createSender(recipient, now());
      sender.left -= 1;
      // Counted and not random: under one key none may come twice.
      nonce.writeUInt32BE(sender.left, 8);
      const cipher = createCipheriv('aes-256-gcm', sender.contentKey, nonce, CIPHER_OPTIONS);
      cipher.setAAD(Buffer.from(context, 'latin1'));
      const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return {
        recipient: recipientText,
        sender: sender.publicKey,
        nonce: nonce.toString('base64url'),
        data: data.toString('base64url'),
      };
    },
  };
}

/** @returns The text, or `null` where this key does not open it or something of it or its context was changed. */
export function openSealed(sealed: Sealed, context: string, privateKey: KeyObject): string | null {
  try {
    const ours = rawPublic(createPublicKey(privateKey));
    const shared = diffieHellman({ privateKey, publicKey: fromRaw(sealed.sender) });
    const data = Buffer.from(sealed.data, 'base64url');
    const nonce = Buffer.from(sealed.nonce, 'base64url');
    const key = deriveKey(shared, sealed.sender, ours);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, CIPHER_OPTIONS);
    decipher.setAAD(Buffer.from(context, 'latin1')).setAuthTag(data.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(data.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

function createSender(recipient: KeyObject, madeAt: number): Sender {
  const pair = generateKeyPairSync('x25519');
  const publicKey = rawPublic(pair.publicKey);
  const shared = diffieHellman({ privateKey: pair.privateKey, publicKey: recipient });
  return { publicKey, contentKey: deriveKey(shared, publicKey, rawPublic(recipient)), madeAt, left: SENDER_LINES };
}

/** Both public keys go in as salt: the shared secret alone does not name who meant whom (RFC 7748, section 6.1). */
function deriveKey(shared: Buffer, sender: string, recipient: string): Buffer {
  const salt = Buffer.concat([Buffer.from(sender, 'base64url'), Buffer.from(recipient, 'base64url')]);
  return Buffer.from(hkdfSync('sha256', shared, salt, INFO, 32));
}

/** The 32 bytes of a public X25519 key, base64url: member `x` of its JWK. */
const rawPublic = (key: KeyObject): string => String(key.export({ format: 'jwk' }).x);

const fromRaw = (x: string): KeyObject => createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
