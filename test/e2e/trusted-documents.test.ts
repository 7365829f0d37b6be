import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { createTestFiles, type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { type Offices, startOffices } from '../support/offices.js';

jest.setTimeout(60_000);

const MOTTO = 'query Motto { motto }';
const PERSON = 'query Person($id: ID!) { person(ags: "10041100", id: $id) { name } }';
const FOREIGN = '{ person(ags: "10041100", id: "2") { id } }';
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

const CODEGEN = JSON.stringify({ [hashOf(MOTTO)]: MOTTO });
const APOLLO = JSON.stringify({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [{ id: 'portal/person', name: 'Person', type: 'query', body: PERSON }],
});

const files = createTestFiles();
let offices: Offices;
let only: GatewayProcess;
let prefer: GatewayProcess;
let paths: string[];

const start = (mode: string, path: string) =>
  startGateway({
    SUPERGRAPH_PATH: files.write('supergraph.graphql', offices.supergraph),
    COOPERATION_PATH: files.write('cooperation.yaml', offices.cooperation),
    ACCESS_DEFAULT: 'public',
    AUDIT: 'off',
    INTROSPECTION: 'on',
    TRUSTED_DOCUMENTS: mode,
    TRUSTED_DOCUMENTS_PATH: path,
  });

beforeAll(async () => {
  offices = await startOffices();
  paths = [files.write('persisted-documents.json', CODEGEN), files.write('manifest.json', APOLLO)];
  [only, prefer] = await Promise.all([start('only', paths.join(',')), start('prefer', paths.join(','))]);
});

afterAll(async () => {
  await Promise.all([only?.stop(), prefer?.stop()]);
  await offices?.close();
  files.remove();
});

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

async function read(response: Response) {
  const text = await response.text();
  const { data, errors } = JSON.parse(text) as Body;
  return { status: response.status, data, code: errors?.[0]?.extensions.code, text, headers: response.headers };
}

/** @param type One with a quoted charset is unusual enough for the host. */
const post = async (gateway: GatewayProcess, body: object, type = 'application/json') =>
  read(await fetch(gateway.url, { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) }));
const get = async (gateway: GatewayProcess, search: Record<string, string>) =>
  read(await fetch(`${gateway.url}?${new URLSearchParams(search)}`, { headers: { 'apollo-require-preflight': '1' } }));

const persisted = (text: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(text) } } });

const WAYS: readonly (readonly [string, object])[] = [
  ['the hash of codegen', { documentId: hashOf(MOTTO) }],
  ['the hash as the specification writes it', { documentId: `sha256:${hashOf(MOTTO)}` }],
  ["the hash of Apollo's clients", persisted(MOTTO)],
  ['the id of a manifest', { documentId: 'portal/person', variables: { id: '1' } }],
  ['the hash of a document with another id', { ...persisted(PERSON), variables: { id: '1' } }],
  ['a name beside the id', { documentId: 'portal/person', operationName: 'Person', variables: { id: '1' } }],
  ['its text', { query: MOTTO }],
  ['its text and hash', { query: MOTTO, ...persisted(MOTTO) }],
];

describe('a registered document', () => {
  it.each(WAYS)('is answered by %s, on both paths with the same bytes', async (_, body) => {
    for (const gateway of [only, prefer]) {
      const host = await post(gateway, body, 'application/json; charset="utf-8"');
      const direct = await post(gateway, body);
      expect([host.status, host.code]).toEqual([200, undefined]);
      if (!host.text.includes('motto')) expect(host.data).toEqual({ person: { name: 'west 10041100 1' } });
      expect(direct.text.replace(/west|east/g, '')).toBe(host.text.replace(/west|east/g, ''));
    }
  });

  it('is answered without the host once it is compiled', async () => {
    const requestId = 'trusted-direct-1';
    for (const id of ['trusted-direct-0', requestId])
      await fetch(only.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-request-id': id },
        body: JSON.stringify({ documentId: hashOf(MOTTO) }),
      });
    await eventually(() => expect(only.output()).toMatch(new RegExp(`${requestId}.*"isDirect":true`)));
  });

  it('is answered by GET where it is public', async () => {
    expect(await get(only, { documentId: hashOf(MOTTO) })).toMatchObject({ status: 200 });
    const extensions = JSON.stringify(persisted(MOTTO).extensions);
    expect(await get(only, { extensions })).toMatchObject({ status: 200 });
    const mutation = 'mutation { rename(ags: "10041100", id: "1", name: "n") { id } }';
    expect(await get(prefer, { query: mutation })).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
  });

  it('has arguments that are checked like all others', async () => {
    const body = { documentId: 'portal/person', variables: {} };
    expect(await post(only, body)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
  });
});

describe('what nobody registered', () => {
  const refusals: readonly (readonly [string, object, number, string])[] = [
    ['a text', { query: FOREIGN }, 403, 'TRUSTED_DOCUMENT_REQUIRED'],
    ['a text with one more space', { query: `${MOTTO} ` }, 403, 'TRUSTED_DOCUMENT_REQUIRED'],
    ['the schema', { query: '{ __schema { types { name } } }' }, 403, 'TRUSTED_DOCUMENT_REQUIRED'],
    ['an id', { documentId: 'portal/nobody' }, 400, 'OPERATION_NOT_FOUND'],
    ['a hash', persisted(FOREIGN), 400, 'OPERATION_NOT_FOUND'],
    ['the hash of one with the text of another', { query: FOREIGN, ...persisted(MOTTO) }, 400, 'BAD_REQUEST'],
    ['a name of a member of all objects', { documentId: '__proto__' }, 400, 'OPERATION_NOT_FOUND'],
    ['nothing at all', { variables: {} }, 400, 'BAD_REQUEST'],
  ];

  it.each(refusals)('is refused: %s', async (_, body, status, code) => {
    const before = offices.all().reduce((sum, { received }) => sum + received.length, 0);
    expect(await post(only, body)).toMatchObject({ status, code });
    expect(offices.all().reduce((sum, { received }) => sum + received.length, 0)).toBe(before);
  });

  it('is refused by GET too', async () => {
    expect(await get(only, { query: '{ motto }' })).toMatchObject({ status: 403, code: 'TRUSTED_DOCUMENT_REQUIRED' });
    expect(await get(only, { documentId: 'portal/nobody' })).toMatchObject({
      status: 400,
      code: 'OPERATION_NOT_FOUND',
    });
  });

  it('is answered where texts are taken as well', async () => {
    expect(await post(prefer, { query: FOREIGN })).toMatchObject({ status: 200, data: { person: { id: '2' } } });
    expect(await post(prefer, { documentId: 'portal/nobody' })).toMatchObject({ code: 'OPERATION_NOT_FOUND' });
  });
});

describe('the files', () => {
  it('are followed when they change, and one that cannot be used changes nothing', async () => {
    const path = files.write('changing.json', CODEGEN);
    const gateway = await start('only', path);
    try {
      expect(await post(gateway, { query: FOREIGN })).toMatchObject({ status: 403 });
      writeFileSync(path, JSON.stringify({ next: FOREIGN }));
      await eventually(async () => expect(await post(gateway, { documentId: 'next' })).toMatchObject({ status: 200 }));
      expect(await post(gateway, { query: MOTTO })).toMatchObject({ status: 403 });
      writeFileSync(path, '{ broken');
      await eventually(() => expect(gateway.output()).toContain('the old ones stay'));
      expect(await post(gateway, { documentId: 'next' })).toMatchObject({ status: 200 });
    } finally {
      await gateway.stop();
    }
  });

  it.each([
    ['one that is not there', 'does-not-exist.json', /does-not-exist/],
    ['one that is no manifest', 'package.json', /Trusted documents/],
    ['none', '', /TRUSTED_DOCUMENTS_PATH/],
  ])('must be good at the start: %s', async (_, path, reason) => {
    await expect(start('only', path)).rejects.toThrow(reason);
  });
});
