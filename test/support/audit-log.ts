import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FileStoreOptions, openFileStore } from '../../gateway/audit/file-store.js';
import type { AuditKeys } from '../../gateway/audit/keys.js';
import type { AuditStore } from '../../gateway/audit/store.js';
import { createBlindIndex } from '../../lib/audit/blind-index.js';
import type { AuditEntry, AuditSink } from '../../lib/audit/entry.js';
import { type Verification, verifyLog } from '../../lib/audit/verify.js';
import type { Log } from '../../lib/log.js';

export const INDEX_KEY = 'an index key of the tests, long enough';

/** A folder for a log, keys for it, and what the store says to its operator. */
export interface AuditPlace {
  readonly folder: string;
  readonly dir: string;
  readonly headPath: string;
  readonly keys: AuditKeys;
  readonly officerKey: KeyObject;
  /** Texts of what was logged. */
  readonly said: string[];
  open(options?: Partial<FileStoreOptions>): Promise<AuditStore>;
  /** Names of the segments, in order. */
  segments(): string[];
  /** All lines of the log. */
  text(): string;
  /** @param today German date; unless given one at which nothing is due. */
  verify(today?: string): Promise<Verification>;
  /** Closes what is still open and takes the folder away. */
  remove(): Promise<void>;
}

export function createAuditPlace(): AuditPlace {
  const folder = mkdtempSync(join(tmpdir(), 'fachverbund-audit-'));
  const signing = generateKeyPairSync('ed25519');
  const officer = generateKeyPairSync('x25519');
  const said: string[] = [];
  const say = (_: object, text: string) => void said.push(text);
  const log: Log = { debug: say, info: say, warn: say, error: say };
  const place = {
    folder,
    dir: join(folder, 'log'),
    headPath: join(folder, 'elsewhere', 'head.json'),
    keys: {
      blindIndex: createBlindIndex(INDEX_KEY),
      officers: new Map([['*', createPublicKey(officer.privateKey)]]),
      signingKey: signing.privateKey,
      publicKeys: [signing.publicKey],
    },
  };
  const stores = new Set<AuditStore>();
  const segments = () =>
    readdirSync(place.dir)
      .filter((name) => name.endsWith('.jsonl'))
      .sort();
  return {
    ...place,
    officerKey: officer.privateKey,
    said,
    async open(options) {
      const store = await openFileStore({ ...place, log, probeMs: 10, ...options });
      const tracked = { ...store, close: () => (stores.delete(tracked) ? store.close() : Promise.resolve()) };
      stores.add(tracked);
      return tracked;
    },
    segments,
    text: () =>
      segments()
        .map((name) => readFileSync(join(place.dir, name), 'latin1'))
        .join(''),
    verify: (today = '2026-04-01') =>
      verifyLog({
        dir: place.dir,
        publicKeys: place.keys.publicKeys,
        head: existsSync(place.headPath) ? readFileSync(place.headPath, 'utf8') : null,
        today,
        isLive: false,
      }),
    async remove() {
      for (const store of [...stores]) await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A caseworker reads two fields of one resident; `change` says what is different. */
export function entryOf(id: string, change: Partial<AuditEntry> = {}): AuditEntry {
  return {
    requestId: `request-${id}`,
    at: '2026-03-15T10:00:00.000Z',
    register: 'residents',
    controller: '10045117',
    caller: {
      subject: 'clerk-4711',
      role: 'caseworker',
      office: 'residents',
      municipalities: ['10045117'],
      actingFor: null,
    },
    purpose: 'registration',
    fileReference: 'AZ 12/2026',
    occasion: null,
    operation: { kind: 'query', hash: '0123456789ab', name: 'Person' },
    outcome: 'sent',
    records: [{ type: 'Resident', key: { ags: '10045117', id }, fields: ['Resident.familyName', 'Resident.id'] }],
    deniedFields: [],
    search: null,
    isWithheld: false,
    ...change,
  };
}

/** A sink that keeps entries, for tests of what fills it. */
export function createMemorySink(): AuditSink & { readonly entries: AuditEntry[]; refuse(error: Error | null): void } {
  const entries: AuditEntry[] = [];
  let refusal: Error | null = null;
  return {
    entries,
    refuse(error) {
      refusal = error;
    },
    async append(more) {
      if (refusal) throw refusal;
      entries.push(...more);
    },
    isWritable: () => refusal === null,
    close: async () => undefined,
  };
}
