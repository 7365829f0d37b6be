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
      const length = Buffer.byteLength(text) + 1;
      const padded = Buffer.alloc(Math.ceil(length / PADDING_BYTES) * PADDING_BYTES);
      padded.write(text);
      return Buffer.from(aessiv(key, associated).encrypt(padded)).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      // The decoder passes over what is no base64url: of each sealed text there must be one spelling alone.
      if (bytes.toString('base64url') !== sealed) return null;
      try {
        const padded = Buffer.from(aessiv(key, associated).decrypt(bytes));
        return padded.subarray(0, padded.indexOf(0)).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
