import { createHash } from 'node:crypto';
import { aessiv } from '@noble/ciphers/aes.js';

/** Deterministic authenticated encryption of short texts (AES-SIV, RFC 5297): equal text, equal result. */
export interface Seal {
  /** @returns base64url text; its length tells the text's length only in steps of 32 bytes. */
  seal(text: string): string;
  /** @returns The text, or `null` for anything this key and context did not seal. */
  open(sealed: string): string | null;
}

const PADDING_BYTES = 32;
/** No text begins so in UTF-8: JSON follows, for what would not come back as it was. */
const AS_JSON = 0xff;

/**
 * @param secret Key material of at least 32 characters, from the settings.
 * @param context What the result is for; a text sealed for one context does not open in another.
 */
export function createSeal(secret: string, context: string): Seal {
  if (secret.length < 32) throw new TypeError('A sealing key needs at least 32 characters.');
  const key = createHash('sha512').update(secret).digest();
  const associated = Buffer.from(context);
  return {
    seal(text) {
      const bytes = toBytes(text);
      const padded = Buffer.alloc(Math.ceil((bytes.length + 1) / PADDING_BYTES) * PADDING_BYTES);
      bytes.copy(padded);
      return Buffer.from(aessiv(key, associated).encrypt(padded)).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      // The decoder passes over what is no base64url: of each sealed text there must be one spelling alone.
      if (bytes.toString('base64url') !== sealed) return null;
      try {
        const padded = Buffer.from(aessiv(key, associated).decrypt(bytes));
        return toText(padded.subarray(0, padded.indexOf(0)));
      } catch {
        return null;
      }
    },
  };
}

/** NUL ends a text, and halves of surrogate pairs have no UTF-8. */
const toBytes = (text: string): Buffer =>
  text.includes('\0') || !text.isWellFormed()
    ? Buffer.concat([Buffer.of(AS_JSON), Buffer.from(JSON.stringify(text))])
    : Buffer.from(text);

const toText = (bytes: Buffer): string =>
  bytes[0] === AS_JSON ? (JSON.parse(bytes.toString('utf8', 1)) as string) : bytes.toString('utf8');
