import { mkdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Log } from '../../lib/log.js';
import type { GatewaySettings } from '../settings.js';
import { isLoopback } from '../settings.js';
import { openFileStore } from './file-store.js';
import { readAuditKeys } from './keys.js';
import { openPostgresStore } from './postgres-store.js';
import { type AuditStore, NO_AUDIT } from './store.js';

export type AuditSettings = Pick<
  GatewaySettings,
  | 'HOST'
  | 'AUDIT'
  | 'AUDIT_DIR'
  | 'AUDIT_HEAD_PATH'
  | 'AUDIT_DATABASE_URL'
  | 'AUDIT_INDEX_KEY'
  | 'AUDIT_SIGNING_KEY'
  | 'AUDIT_OFFICER_KEYS'
>;

/**
 * Opens the audit log as the settings say: in PostgreSQL where AUDIT_DATABASE_URL is set, otherwise in AUDIT_DIR.
 *
 * @throws Error where it cannot be opened, or its keys are a demo's beyond loopback: then the gateway must not start.
 */
export async function createAuditStore(settings: AuditSettings, log: Log): Promise<AuditStore> {
  if (settings.AUDIT === 'off') return NO_AUDIT;
  const dir = resolve(settings.AUDIT_DIR);
  const headPath = resolve(settings.AUDIT_HEAD_PATH ?? join(dirname(dir), 'audit-head.json'));
  const isDemo = isLoopback(settings.HOST);
  if (!isDemo && isInside(dir, headPath)) throw new Error('AUDIT_HEAD_PATH: must lie elsewhere than AUDIT_DIR');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const keys = readAuditKeys(dir, settings, isDemo);
  const { AUDIT_DATABASE_URL: url } = settings;
  return url === undefined
    ? openFileStore({ dir, headPath, keys, log })
    : openPostgresStore({ url, headPath, keys, log });
}

const isInside = (dir: string, path: string): boolean => !relative(dir, path).startsWith('..');
