import { createPublicKey, type KeyObject } from 'node:crypto';
import { parse } from 'yaml';
import { z } from 'zod';
import { covers } from '../caller.js';

/** Public keys of protection officers by the municipalities they answer for. */
export type OfficerKeys = ReadonlyMap<string, KeyObject>;

const FILE = z.record(z.string().regex(/^(\d{8}|\d{0,7}\*)$/), z.string());

/**
 * Reads the file of AUDIT_OFFICER_KEYS: YAML or JSON, from an AGS, a prefix ending in `*`, or `*`, to a public X25519
 * key (SPKI, as PEM or its base64).
 *
 * @throws TypeError naming the pattern at fault, never a key.
 */
export function readOfficerKeys(text: string): OfficerKeys {
  const file = FILE.safeParse(parse(text));
  if (!file.success) throw new TypeError('The officers’ keys must be a mapping from AGS or prefix to public key.');
  return new Map(Object.entries(file.data).map(([pattern, key]) => [pattern, readKey(pattern, key)]));
}

/**
 * The key of whoever answers for a municipality: the longest pattern that covers it. A register of no municipality is
 * covered by `*` alone.
 *
 * @returns `null` where nobody does: then nothing about it may be recorded, and so nothing sent.
 */
export function findOfficerKey(keys: OfficerKeys, controller: string | null): KeyObject | null {
  const patterns = [...keys.keys()].filter((pattern) => pattern === '*' || covers(pattern, controller ?? ''));
  const [best] = patterns.sort((a, b) => b.length - a.length);
  return best === undefined ? null : (keys.get(best) ?? null);
}

function readKey(pattern: string, text: string): KeyObject {
  try {
    const der = Buffer.from(text.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64');
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    if (key.asymmetricKeyType === 'x25519') return key;
  } catch {
    // Said below, without the text of the key.
  }
  throw new TypeError(`${pattern}: must be a public X25519 key: SPKI as PEM or base64`);
}
