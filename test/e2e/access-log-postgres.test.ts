import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { openPostgresStore } from '../../gateway/audit/postgres-store.js';
import type { AuditStore } from '../../gateway/audit/store.js';
import { createOwnRecords } from '../../lib/own-record.js';
import { type DatabaseServer, startEmbedded } from '../../simulators/housing-benefit/embedded.js';
import { ask } from '../support/ask.js';
import { type AuditPlace, createAuditPlace, entryOf, INDEX_KEY } from '../support/audit-log.js';
import { createGatewayKey } from '../support/gateway-key.js';
import { run, type TestProcess } from '../support/process.js';
import { someCaller } from '../support/some-caller.js';

/** The log of several replicas, read by a process that may do nothing but read it. */
const OWN_RECORD_KEY = 'a key of the tests for own records that is long enough';
const RECORD = { ags: '10045117', id: 'me' };
const CITIZEN = someCaller({ subject: 'citizen-1', role: 'citizen', trustLevel: 'hoch' });
const LOG = `query ($of: [_Any!]!, $first: Int, $after: String) { _entities(representations: $of) { ... on Resident {
  accessLog(first: $first, after: $after) { edges { node { office purpose fields } } pageInfo { hasNextPage endCursor } }
} } }`;

interface Log {
  readonly edges: readonly { readonly node: Record<string, unknown> }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

jest.setTimeout(120_000);

const gatewayKey = createGatewayKey();
let server: DatabaseServer;
let owner: Client;
let place: AuditPlace;
let store: AuditStore;
let subgraph: TestProcess;
let url: string;

const connection = (user: string, password: string, database: string) =>
  `postgres://${user}:${password}@${encodeURIComponent(server.host)}:${server.port}/${database}`;
const start = (env: Readonly<Record<string, string>>) =>
  run(['dist/subgraphs/main.js', 'access-log'], {
    ...gatewayKey.env,
    PROVIDER: 'ego',
    AUDIT_INDEX_KEY: INDEX_KEY,
    OWN_RECORD_KEY,
    ...env,
  });

beforeAll(async () => {
  place = createAuditPlace();
  server = await startEmbedded();
  const root = new Client({ connectionString: connection('postgres', server.password, 'postgres') });
  await root.connect();
  await root.query('CREATE DATABASE audit');
  for (const role of ['gateways', 'access_log']) await root.query(`CREATE ROLE ${role} LOGIN PASSWORD 'secret'`);
  await root.end();
  owner = new Client({ connectionString: connection('postgres', server.password, 'audit') });
  await owner.connect();
  await owner.query(readFileSync('gateway/audit/postgres-schema.sql', 'utf8'));
  await owner.query(`GRANT SELECT, INSERT ON audit_line, audit_index, audit_register TO gateways;
    GRANT EXECUTE ON FUNCTION audit_expire() TO gateways; GRANT SELECT ON audit_export TO gateways;
    GRANT SELECT ON audit_export, audit_index, audit_register TO access_log`);
  const quiet = () => undefined;
  store = await openPostgresStore({
    url: connection('gateways', 'secret', 'audit'),
    headPath: place.headPath,
    keys: place.keys,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  subgraph = start({ AUDIT_DATABASE_URL: connection('access_log', 'secret', 'audit'), LEGACY_DEADLINE_MS: '20000' });
  await subgraph.waitFor('{"ready":');
  const line = subgraph
    .stdout()
    .split('\n')
    .find((text) => text.startsWith('{"ready":'));
  url = (JSON.parse(line ?? '') as { ready: string }).ready;
});
afterAll(async () => {
  subgraph?.kill('SIGTERM');
  await subgraph?.ended;
  await store?.close();
  await owner?.end();
  await server?.close();
  await place?.remove();
});

const read = async (page: object = {}, id = RECORD.id) => {
  const key = { ...RECORD, id };
  const ownRecord = createOwnRecords(OWN_RECORD_KEY).prove({
    subject: CITIZEN.subject,
    type: 'Resident',
    key: Object.values(key),
  });
  const answer = await ask<{ _entities: { accessLog: Log | null }[] }>(url, LOG, {
    signed: gatewayKey.signAs('access-log', CITIZEN),
    variables: { of: [{ __typename: 'Resident', ...key, ownRecord }], ...page },
  });
  return { log: answer.data?._entities[0]?.accessLog ?? null, errors: answer.errors };
};

describe('the access log over PostgreSQL', () => {
  it('shows the person what any replica has written, newest first, in pages, without one’s own accesses', async () => {
    const own = { ...entryOf('').caller, role: 'citizen' as const, office: null };
    for (let at = 0; at < 130; at++)
      await store.append([
        entryOf('me', { purpose: `p${at}` }),
        entryOf('somebody-else'),
        entryOf('me', { caller: own, purpose: 'own' }),
      ]);
    const seen: unknown[] = [];
    for (let after: string | null = null; ; ) {
      const { log, errors }: Awaited<ReturnType<typeof read>> = await read({ first: 60, after });
      expect(errors).toEqual([]);
      seen.push(...(log?.edges.map(({ node }) => node['purpose']) ?? []));
      after = log?.pageInfo.endCursor ?? null;
      if (!log?.pageInfo.hasNextPage) break;
    }
    expect(seen).toEqual(Array.from({ length: 130 }, (_, at) => `p${129 - at}`));
    const { log } = await read({ first: 1 });
    expect(log?.edges[0]?.node).toEqual({
      office: 'residents',
      purpose: 'p129',
      fields: ['Resident.familyName', 'Resident.id'],
    });
    expect((await read({}, 'nobody')).log?.edges).toEqual([]);
  });

  it('needs a role that reads and nothing else', async () => {
    const reader = new Client({ connectionString: connection('access_log', 'secret', 'audit') });
    await reader.connect();
    for (const statement of [
      'INSERT INTO audit_index SELECT person, sequence + 1 FROM audit_index LIMIT 1',
      'SELECT audit_expire()',
      'DELETE FROM audit_line',
    ])
      await expect(reader.query(statement)).rejects.toThrow(/permission denied/);
    await reader.end();
  });

  it('is an error without a word of the database while that is away, and back by itself', async () => {
    await owner.query('ALTER ROLE access_log NOLOGIN');
    await owner.query("SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE usename = 'access_log'");
    const { log, errors } = await read();
    expect(log).toBeNull();
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['LEGACY_UNAVAILABLE']);
    expect(JSON.stringify(errors)).not.toMatch(/access_log|role|postgres/i);
    await owner.query('ALTER ROLE access_log LOGIN');
    expect((await read()).log?.edges.length).toBe(20);
  });

  it.each([
    ['neither a folder nor a database', {}],
    ['both', { AUDIT_DIR: '.', AUDIT_DATABASE_URL: 'postgres://a:planted-secret@127.0.0.1/b' }],
    ['what is no database', { AUDIT_DATABASE_URL: 'http://127.0.0.1/planted-secret' }],
  ])('does not start with %s', async (_, env) => {
    const refused = start(env);
    expect(await refused.ended).toBe(1);
    expect(refused.stderr()).toContain('AUDIT_DATABASE_URL');
    expect(refused.stderr()).not.toContain('planted-secret');
  });
});
