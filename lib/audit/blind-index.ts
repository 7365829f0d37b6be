import { createHmac, createSecretKey } from 'node:crypto';
import { isPlain } from './line.js';

/** A person or thing as a log entry names it. */
export interface Subject {
  /** Entity type, `Resident`. */
  readonly type: string;
  /** Key fields and values; their order does not matter. */
  readonly key: Readonly<Record<string, string>>;
}

/** Where a subject stands in the log without its key standing there: 22 characters, base64url. */
export type BlindIndex = (register: string, subject: Subject) => string;

export const INDEX_LENGTH = 22;

/** Whoever works on a case reads the same people again and again: so many are remembered, some 3 MB. */
const MOST_KNOWN = 10_000;

/**
 * HMAC-SHA-256 over register, type and key, its first 132 bits. The register is part of it, so that nobody without the
 * key can tell that two registers were asked about one person.
 *
 * @param secret AUDIT_INDEX_KEY, at least 32 characters.
 */
export function createBlindIndex(secret: string): BlindIndex {
  if (secret.length < 32) throw new TypeError('The index key needs at least 32 characters.');
  const key = createSecretKey(Buffer.from(secret, 'utf8'));
  const known = new Map<string, string>();
  return (register, subject) => {
    const text = toText(register, subject);
    const found = known.get(text);
    if (found !== undefined) return found;
    const index = createHmac('sha256', key).update(text).digest('base64url').slice(0, INDEX_LENGTH);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(text, index);
    return index;
  };
}

function toText(register: string, { type, key }: Subject): string {
  const names = Object.keys(key);
  if (names.length > 1) names.sort();
  let pairs = '';
  for (const name of names) pairs += `${pairs === '' ? '' : ','}[${quote(name)},${quote(key[name] ?? '')}]`;
  return `["fachverbund-audit-index-1",${quote(register)},${quote(type)},[${pairs}]]`;
}

/** As `JSON.stringify` does. */
const quote = (text: string): string => (isPlain(text) ? `"${text}"` : JSON.stringify(text));
