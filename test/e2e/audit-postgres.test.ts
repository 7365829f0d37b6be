import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { openPostgresStore } from '../../gateway/audit/postgres-store.js';
import type { AuditStore } from '../../gateway/audit/store.js';
import type { Access } from '../../lib/audit/accesses.js';
import { readAccessLine } from '../../lib/audit/payload.js';
import type { AccessPlace } from '../../lib/audit/source.js';
import { verifyLog } from '../../lib/audit/verify.js';
import { type DatabaseServer, startEmbedded } from '../../simulators/housing-benefit/embedded.js';
import { type AuditPlace, createAuditPlace, entryOf, INDEX_KEY } from '../support/audit-log.js';
import { runCli } from '../support/cli.js';
import { eventually } from '../support/eventually.js';

let server: DatabaseServer;
let owner: Client;
let place: AuditPlace;
/** Two replicas, of which each has a head of its own. */
let replicas: AuditStore[];

const connection = (user: string, password: string, database: string) =>
  `postgres://${user}:${password}@/${database}?host=${encodeURIComponent(server.host)}&port=${server.port}`;
const headOf = (replica: number) => join(place.folder, `head-${replica}.json`);
const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const openReplica = (replica: number) =>
  openPostgresStore({
    url: connection('gateways', 'secret', 'audit'),
    headPath: headOf(replica),
    keys: place.keys,
    log,
    deadlineMs: 1000,
    probeMs: 20,
  });

beforeAll(async () => {
  place = createAuditPlace();
  server = await startEmbedded();
  const root = new Client({ connectionString: connection('postgres', server.password, 'postgres') });
  await root.connect();
  await root.query('CREATE DATABASE audit');
  await root.query("CREATE ROLE gateways LOGIN PASSWORD 'secret'");
  await root.end();
  owner = new Client({ connectionString: connection('postgres', server.password, 'audit') });
  await owner.connect();
  await owner.query(readFileSync('gateway/audit/postgres-schema.sql', 'utf8'));
  await owner.query(`GRANT SELECT, INSERT ON audit_line, audit_index, audit_register TO gateways;
    GRANT SELECT ON audit_export TO gateways; GRANT EXECUTE ON FUNCTION audit_expire() TO gateways`);
  replicas = [await openReplica(0), await openReplica(1)];
}, 60_000);
afterAll(async () => {
  for (const replica of replicas) await replica.close();
  await owner.end();
  await server.close();
  await place.remove();
}, 30_000);

const exported = async () => {
  const dir = join(place.folder, 'export');
  mkdirSync(dir, { recursive: true });
  const { rows } = await owner.query<{ line: string }>('SELECT line FROM audit_export ORDER BY sequence');
  writeFileSync(join(dir, '0000000000000001.jsonl'), rows.map(({ line }) => `${line}\n`).join(''));
  return dir;
};
const verify = async (head: string | null = null) =>
  verifyLog({
    dir: await exported(),
    publicKeys: place.keys.publicKeys,
    head,
    today: '2026-04-01',
    isLive: false,
  });
const person = { type: 'Resident', key: { ags: '10045117', id: 'me' } };

describe('the log of two replicas', () => {
  it('is one chain, whoever writes, and what is exported verifies', async () => {
    const [first, second] = replicas;
    const entries = Array.from({ length: 40 }, (_, at) => entryOf(at % 2 ? 'me' : 'other', { requestId: `q${at}` }));
    await Promise.all(
      entries.map((entry, at) => (at % 3 ? first : second)?.append([entry, { ...entry, register: 'permits' }])),
    );
    const { lines, ...result } = await verify();
    expect(result).toMatchObject({ isSound: true, findings: [] });
    const { rows } = await owner.query<{ payload: string }>(
      "SELECT payload FROM audit_line WHERE payload ~ 'accesses'",
    );
    const accesses = rows.flatMap(({ payload }) => readAccessLine(payload)?.accesses ?? []);
    expect(accesses).toHaveLength(80);
    // Two notes, and whatever came together stands together.
    expect([lines - 2 === rows.length, rows.length < 80]).toEqual([true, true]);
  });

  it('shows a person what either of them sent, newest first, in pages', async () => {
    const [store] = replicas;
    const all: AccessPlace[] = [];
    for (let after: AccessPlace | null = null; ; ) {
      const page: Access[] = (await store?.readAccesses({ subjects: [person], first: 15, after })) ?? [];
      all.push(...page.map(({ sequence, item }) => ({ sequence, item })));
      after = page.at(-1) ?? null;
      if (page.length < 15) break;
    }
    expect(all).toHaveLength(40);
    expect(all).toEqual(all.toSorted((a, b) => b.sequence - a.sequence || b.item - a.item));
    expect(new Set(all.map(({ sequence, item }) => `${sequence}.${item}`)).size).toBe(40);
  });

  it('cannot be changed, not by its owner either', async () => {
    const { lastSequence } = await verify();
    for (const statement of [
      "UPDATE audit_line SET payload = NULL WHERE sequence = 5 AND delete_from > '2026-12-01'",
      "UPDATE audit_line SET header = '' WHERE sequence = 5",
      `DELETE FROM audit_line WHERE sequence = ${lastSequence}`,
      'TRUNCATE audit_line CASCADE',
      'DELETE FROM audit_index',
      'UPDATE audit_index SET sequence = 1',
      `INSERT INTO audit_line SELECT sequence + 5, header, hash, payload, signature, delete_from FROM audit_line WHERE sequence = ${lastSequence}`,
    ])
      await expect(owner.query(statement)).rejects.toThrow(/append-only|no gaps/);
    const writer = new Client({ connectionString: connection('gateways', 'secret', 'audit') });
    await writer.connect();
    await expect(writer.query('UPDATE audit_line SET payload = NULL')).rejects.toThrow(/permission denied/);
    await expect(writer.query('DELETE FROM audit_index')).rejects.toThrow(/permission denied/);
    await writer.end();
    expect(await verify()).toMatchObject({ isSound: true });
  });

  it('loses what is due, by the function alone, and verifies', async () => {
    const old = entryOf('me', { register: 'vehicles', at: '2020-01-15T10:00:00.000Z', requestId: 'old' });
    await replicas[0]?.append([old]);
    const { rows } = await owner.query<{ audit_expire: string }>('SELECT audit_expire()');
    expect(rows).toEqual([{ audit_expire: '1' }]);
    expect(await verify()).toMatchObject({ isSound: true, deleted: 1 });
    const found = await replicas[1]?.readAccesses({ subjects: [person], first: 100, after: null });
    expect(found?.some(({ register }) => register === 'vehicles')).toBe(false);
  });

  it('is unavailable while the database is, and goes on by itself', async () => {
    const [store] = replicas;
    await owner.query('ALTER ROLE gateways NOLOGIN');
    await owner.query("SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE usename = 'gateways'");
    await expect(store?.append([entryOf('x')])).rejects.toMatchObject({ extensions: { code: 'AUDIT_UNAVAILABLE' } });
    expect(store?.isWritable()).toBe(false);
    await owner.query('ALTER ROLE gateways LOGIN');
    await eventually(() => expect(store?.isWritable()).toBe(true));
    await store?.append([entryOf('y', { requestId: 'after' })]);
    const { rows } = await owner.query<{ line: string }>(
      'SELECT line FROM audit_export ORDER BY sequence DESC LIMIT 2',
    );
    expect(rows[0]?.line).toContain('"requestId":"after"');
    expect(rows[1]?.line).toContain('"note":"interrupted"');
  }, 30_000);

  it('refuses what takes too long, and takes it back', async () => {
    const [, store] = replicas;
    await owner.query('BEGIN; LOCK TABLE audit_line IN ACCESS EXCLUSIVE MODE');
    await expect(store?.append([entryOf('z', { requestId: 'too-late' })])).rejects.toMatchObject({
      extensions: { code: 'AUDIT_UNAVAILABLE' },
    });
    await owner.query('ROLLBACK');
    await eventually(() => expect(store?.isWritable()).toBe(true), 15_000);
    const { rows } = await owner.query("SELECT FROM audit_line WHERE payload LIKE '%too-late%'");
    expect(rows).toEqual([]);
    expect(await verify()).toMatchObject({ isSound: true });
  }, 30_000);

  it('is read by the command like any other once it is exported', async () => {
    const dir = await exported();
    const [publicKey, officerKey] = ['public.pem', 'officer.pem'].map((name) => join(place.folder, name)) as [
      string,
      string,
    ];
    writeFileSync(publicKey, place.keys.publicKeys[0]?.export({ format: 'pem', type: 'spki' }) ?? '');
    writeFileSync(officerKey, place.officerKey.export({ format: 'pem', type: 'pkcs8' }));
    const cli = async (verb: string, ...args: string[]) =>
      runCli(['audit', verb, '--dir', dir, ...args], { AUDIT_INDEX_KEY: INDEX_KEY });
    const verified = await cli('verify', '--head', headOf(0), '--public-key', publicKey, '--format', 'json');
    expect([verified.code, JSON.parse(verified.stdout)]).toEqual([
      0,
      expect.objectContaining({ isSound: true, deleted: 1 }),
    ]);
    const linesOf = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    const search = ['--type', 'Resident', '--key', 'ags=10045117', '--key', 'id=me', '--officer-key', officerKey];
    const found = linesOf((await cli('search', ...search)).stdout);
    expect(found).toHaveLength(40);
    expect(found[0]).toMatchObject({ subject: 'clerk-4711', records: [{ key: { id: 'me' } }] });
    const told = await cli('export', '--controller', '10045117', '--officer-key', officerKey, '--register', 'permits');
    expect([told.code, linesOf(told.stdout).length]).toEqual([0, 40]);
    // What was due was deleted in the database; the command has nothing left to do.
    expect(JSON.parse((await cli('expire', '--format', 'json')).stdout)).toEqual({ payloads: 0, files: [] });
  }, 60_000);

  it('has heads that verify, of either replica', async () => {
    for (const replica of replicas) await replica.close();
    for (const at of [0, 1]) expect(await verify(readFileSync(headOf(at), 'utf8'))).toMatchObject({ isSound: true });
    replicas = [];
  });
});
