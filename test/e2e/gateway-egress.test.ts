import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { ROOT } from '../../scripts/root.js';
import { ask } from '../support/ask.js';
import { createTestFiles, startGateway } from '../support/gateway-process.js';
import { AUDIENCE, type Issuer, startIssuer } from '../support/issuer.js';
import { type Offices, startOffices } from '../support/offices.js';
import { run } from '../support/process.js';

jest.setTimeout(60_000);

const GUARD = ['--import', join(ROOT, 'test/support/egress-guard.mjs')];
/** What the packages we build on would take as leave to call their maker. */
const TEMPTATIONS = {
  APOLLO_KEY: 'service:offices:planted',
  APOLLO_GRAPH_REF: 'offices@current',
  APOLLO_SCHEMA_REPORTING: 'true',
  APOLLO_TELEMETRY_DISABLED: 'false',
  NODE_ENV: 'development',
};

const files = createTestFiles();
let offices: Offices;
let issuer: Issuer;

beforeAll(async () => {
  [offices, issuer] = await Promise.all([startOffices('@authenticated'), startIssuer()]);
});

afterAll(async () => {
  await Promise.all([offices?.close(), issuer?.close()]);
  files.remove();
});

it('connects to nothing but its subgraphs and its issuer, whatever the environment says', async () => {
  const log = files.write('egress.log', '');
  const gateway = await startGateway(
    {
      ...TEMPTATIONS,
      EGRESS_LOG: log,
      SUPERGRAPH_PATH: files.write('supergraph.graphql', offices.supergraph),
      COOPERATION_PATH: files.write('cooperation.yaml', offices.cooperation),
      OIDC_ISSUER: issuer.url,
      OIDC_AUDIENCE: AUDIENCE,
      INTROSPECTION: 'on',
    },
    GUARD,
  );
  const token = await issuer.token();
  await ask(gateway.url, '{ me { name dogs { tag } } }', { token });
  await ask(gateway.url, '{ nothing }', { token });
  await ask(gateway.url, '{ __schema { queryType { name } } }', { token });
  await fetch(gateway.origin, { headers: { accept: 'text/html' } });
  expect(await gateway.stop()).toBe(0);
  const targets = readFileSync(log, 'utf8').trim().split('\n');
  expect(targets).toContain('connect 127.0.0.1');
  expect(targets.filter((target) => !/^(connect|lookup) 127\.0\.0\.1$/.test(target))).toEqual([]);
});

it('is watched by a guard that sees what leaves', async () => {
  const log = files.write('caught.log', '');
  const code = "fetch('http://somewhere.invalid/').catch(() => undefined)";
  await run([...GUARD, '-e', code], { EGRESS_LOG: log }).ended;
  expect(readFileSync(log, 'utf8')).toContain('somewhere.invalid');
});
