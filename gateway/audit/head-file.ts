import type { KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../../lib/audit/expire.js';
import { type Head, isHeadSignedBy, readHead, signHead } from '../../lib/audit/signing.js';
import type { End } from './segment-writer.js';

/** @returns The head an earlier process left; `null` where there is none, or it is not signed by one of the keys. */
export function readHeadFile(path: string, publicKeys: readonly KeyObject[]): Head | null {
  const head = existsSync(path) ? readHead(readFileSync(path, 'utf8')) : null;
  return head && isHeadSignedBy(publicKeys, head) ? head : null;
}

/**
 * Writes the head, whole or not at all. An empty log has none.
 *
 * @throws The error of the file system.
 */
export async function writeHeadFile(
  path: string,
  {
    end: { sequence, hash },
    signingKey,
    at,
  }: { readonly end: End; readonly signingKey: KeyObject; readonly at: string },
): Promise<void> {
  if (hash === null) return;
  const dir = dirname(path);
  await mkdir(dir, { recursive: true });
  const file = await open(`${path}.new`, 'w', 0o644);
  try {
    await file.writeFile(`${JSON.stringify(signHead(signingKey, { sequence, hash, at }))}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  await syncFolder(dir);
}
