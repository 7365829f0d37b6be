import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The audit log of a federation on this machine, for the gateway that writes it and the subgraph that reads it. */
export interface AuditFolder {
  readonly dir: string;
  readonly indexKey: string;
}

/** The key stays beside the log, or nothing of it would be found after the next start: a demo's, as its name says. */
export function openAuditFolder(runFolder: string): AuditFolder {
  const dir = resolve(runFolder, 'audit');
  const path = join(dir, 'demo-index.key');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return { dir, indexKey: readFileSync(path, 'utf8').trim() };
}
