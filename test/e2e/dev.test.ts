import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ask } from '../support/ask.js';
import { eventually } from '../support/eventually.js';
import { createGatewayKey } from '../support/gateway-key.js';
import { run, type TestProcess } from '../support/process.js';
import { type StandIn, startStandIn } from '../support/stand-in.js';

jest.setTimeout(180_000);

const schemaWith = (field: string) => `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key"])
type Query { thing: Thing }
type Thing @key(fields: "id") { id: ID!, name: String, municipality: Municipality${field} }
type Municipality @key(fields: "ags", resolvable: false) { ags: ID! }
`;
const OTHER = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key"])
type Query { municipalities: [Municipality] }
type Municipality @key(fields: "ags") { ags: ID!, name: String, inhabitants: Int }
`;
const thing = { id: '1', name: 'mine', size: 3, municipality: { ags: '10045114' } };

let folder: string;
let own: StandIn;
let dev: TestProcess;
let url: string;
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fachverbund-dev-test-'));
  own = await startStandIn({ typeDefs: schemaWith(', size: Int'), resolvers: { Query: { thing: () => thing } } });
  await writeFile(file('own.graphql'), schemaWith(''));
  await writeFile(file('other.graphql'), OTHER);
  const key = createGatewayKey().keyPair.privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(file('gateway.pem'), key);
  dev = run(
    [
      ...['dist/cli/main.js', 'dev', 'things', '--schema', file('own.graphql'), '--url', own.url, '--port', '0'],
      ...['--other', `directory=${file('other.graphql')}`, '--signing-key', file('gateway.pem')],
    ],
    {},
  );
  await dev.waitFor('"ready"');
  ({ url } = (JSON.parse(dev.stdout()) as { ready: { url: string } }).ready);
});
afterAll(async () => {
  dev?.kill('SIGTERM');
  await dev?.ended;
  await own?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('fachverbund dev', () => {
  it('answers from the own subgraph, signed, and invents the others by the keys they are asked for', async () => {
    const { data, errors } = await ask(url, '{ thing { name municipality { ags name inhabitants } } }');
    expect(errors).toEqual([]);
    expect(data).toEqual({
      thing: { name: 'mine', municipality: { ags: '10045114', name: expect.any(String), inhabitants: 42 } },
    });
    expect(own.received.at(-1)?.headers).toHaveProperty('x-fachverbund-token');
  });

  it('follows the schema as it changes, says what is wrong with one that is no good, and stays with the last good one', async () => {
    await writeFile(file('own.graphql'), schemaWith(', size: Nothing'));
    await eventually(() => expect(dev.stderr()).toContain('Nothing'), 60_000);
    expect((await ask(url, '{ thing { name } }')).errors).toEqual([]);
    await writeFile(file('own.graphql'), schemaWith(', size: Int'));
    await eventually(
      async () => expect((await ask(url, '{ thing { size } }')).data).toEqual({ thing: { size: 3 } }),
      60_000,
    );
  });

  it('ends with all that it started', async () => {
    dev.kill('SIGTERM');
    expect(await dev.ended).toBe(0);
    await expect(ask(url, '{ __typename }')).rejects.toThrow();
  });
});
