import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

/** A setting with the gateway's private key: PKCS#8, as PEM text or as its base64 alone. */
export const signingKey = () => keySetting('must be an Ed25519 private key: PKCS#8 as PEM or base64', readPrivate);

/** A setting with one or more of the gateway's public keys: SPKI, as PEM texts or as their base64, by commas. */
export const publicKeys = () =>
  keySetting('must be Ed25519 public keys: SPKI as PEM or base64, separated by commas', (text) => {
    const parts = text.split(/-----END PUBLIC KEY-----|,/).filter((part) => toDer(part).length > 0);
    if (parts.length === 0) throw new TypeError('no key');
    return parts.map(readPublic);
  });

const readPrivate = (text: string): KeyObject =>
  requireEd25519(createPrivateKey({ key: toDer(text), format: 'der', type: 'pkcs8' }));

const readPublic = (text: string): KeyObject =>
  requireEd25519(createPublicKey({ key: toDer(text), format: 'der', type: 'spki' }));

/** One line or many, with real line ends or with `\n` written out, as environment files have them. */
const toDer = (text: string): Buffer =>
  Buffer.from(text.replaceAll('\\n', '').replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64');

function requireEd25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('another kind of key');
  return key;
}

/** The message never holds a part of the key. */
function keySetting<Key>(message: string, read: (text: string) => Key) {
  return z.string().transform((text, context): Key => {
    try {
      return read(text);
    } catch {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
  });
}
