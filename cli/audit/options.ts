import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../usage-error.js';

/** @throws UsageError where there is no such folder. */
export function requireFolder(dir: string): string {
  if (!existsSync(dir)) throw new UsageError(`There is no folder ${dir}.`);
  return dir;
}

/** @throws UsageError where the file cannot be read. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`${path} cannot be read.`);
  }
}

/** @throws UsageError where the file holds no private X25519 key. */
export function readOfficerKey(path: string): KeyObject {
  return readKey(path, 'a private X25519 key (PKCS#8, PEM)', 'x25519', createPrivateKey);
}

/** Keys given by path, or those that lie beside the log. */
export function readPublicKeys(dir: string, paths: readonly string[]): KeyObject[] {
  const beside = readdirSync(dir).filter((name) => /^public-key-.*\.pem$/.test(name));
  const chosen = paths.length > 0 ? paths : beside.map((name) => join(dir, name));
  if (chosen.length === 0) throw new UsageError('A public key is needed: --public-key FILE.');
  return chosen.map((path) => readKey(path, 'a public Ed25519 key (SPKI, PEM)', 'ed25519', createPublicKey));
}

function readKey(path: string, what: string, type: string, create: (text: string) => KeyObject): KeyObject {
  const text = readText(path);
  try {
    const key = create(text);
    if (key.asymmetricKeyType === type) return key;
  } catch {
    // Said below, without anything of the file.
  }
  throw new UsageError(`${path} holds no ${what.replace(/^an? /, '')}.`);
}

/** `ags=10045117` */
export function readKeyField(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`--key ${text}: must be NAME=VALUE`);
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

export const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

/**
 * A spreadsheet runs text that begins like a formula, wherever it came from: an apostrophe makes text of it again
 * (OWASP: CSV injection).
 */
export function withoutFormulas(value: unknown): unknown {
  if (typeof value === 'string') return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  if (Array.isArray(value)) return value.map(withoutFormulas);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutFormulas(inner)]));
}
