import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { createTestFiles, type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { type Offices, startOffices } from '../support/offices.js';

/**
 * An operation that is compiled is answered without the host. Whoever asks cannot tell: the same corpus goes through
 * both, and every byte of status, headers and body is the same.
 */
const CORPUS: readonly (readonly [string, object])[] = [
  ['a public field', { query: '{ __typename tax(input: { ags: "10041100", dogs: 2 }) }' }],
  ['one record', { query: '{ person(ags: "10041100", id: "1") { name } }' }],
  ['an entity hop', { query: '{ person(ags: "10041100", id: "1") { name licence dogs { tag } } }' }],
  [
    'variables',
    { query: 'query q($ags: AGS!) { people(ags: $ags, first: 2) { id name } }', variables: { ags: '10045114' } },
  ],
  ['a variable left out', { query: 'query q($n: Int) { people(ags: "10041100", first: $n) { id } }', variables: {} }],
  ['a chosen operation', { query: 'query a { me { id } } query b { me { name } }', operationName: 'b' }],
  [
    'aliases and fragments',
    { query: '{ x: person(ags: "10041100", id: "1") { ...f } } fragment f on Person { y: name }' },
  ],
  ['prototype names', { query: '{ me { __proto__: name constructor: id toString: ags } }' }],
  ['a condition', { query: 'query q($v: Boolean!) { me { name ags @skip(if: $v) } }', variables: { v: true } }],
  ['nobody serves it', { query: '{ person(ags: "99999999", id: "1") { name } }' }],
  ['a mutation', { query: 'mutation { rename(ags: "10041100", id: "1", name: "n") { id name } }' }],
  ['a null operation name', { query: '{ me { id } }', operationName: null, variables: null }],
  ['a malformed argument', { query: 'query q($ags: AGS!) { people(ags: $ags) { id } }', variables: { ags: '1' } }],
  ['a number out of range', { query: '{ people(ags: "10041100", first: 0) { id } }' }],
  [
    'a variable of the wrong type',
    { query: 'query q($n: Int) { people(ags: "10041100", first: $n) { id } }', variables: { n: 'x' } },
  ],
  ['an unknown operation name', { query: '{ motto }', operationName: 'nobody' }],
  ['an unknown field', { query: '{ motto nothing }' }],
  ['no GraphQL', { query: '{ motto' }],
  ['no query', { variables: {} }],
  ['too deep', { query: `{ ${'me { dogs { keeper { '.repeat(5)} name ${'} } }'.repeat(5)} }` }],
  ['variables of the wrong form', { query: '{ motto }', variables: [] }],
];
const ACCEPT = [undefined, 'application/json', 'application/graphql-response+json', '*/*'];

jest.setTimeout(60_000);

const files = createTestFiles();
let offices: Offices;
let gateway: GatewayProcess;

beforeAll(async () => {
  offices = await startOffices();
  gateway = await startGateway({
    SUPERGRAPH_PATH: files.write('supergraph.graphql', offices.supergraph),
    COOPERATION_PATH: files.write('cooperation.yaml', offices.cooperation),
    ACCESS_DEFAULT: 'public',
  });
});

afterAll(async () => {
  await gateway?.stop();
  await offices?.close();
  files.remove();
});

const ask = async (body: object, headers: Record<string, string>) => {
  const requestId = `two-paths-${Math.random().toString(36).slice(2)}`;
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { ...headers, 'x-request-id': requestId },
    body: JSON.stringify(body),
  });
  const { 'x-request-id': _, date: __, ...others } = Object.fromEntries(response.headers);
  return { requestId, answer: { status: response.status, headers: others, body: await response.text() } };
};

/** What the log says of a request; lines come after the answer. */
async function isDirect(requestId: string): Promise<boolean> {
  for (;;) {
    const line = gateway
      .output()
      .split('\n')
      .find((text) => text.includes(requestId) && text.includes('"msg":"request"'));
    if (line) return (JSON.parse(line) as { isDirect: boolean }).isDirect;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it.each(CORPUS)('answers %s with the same bytes on both paths', async (_, body) => {
  for (const accept of ACCEPT) {
    const headers = { ...(accept !== undefined && { accept }) };
    // The quoted charset is unusual enough for the host.
    const host = await ask(body, { ...headers, 'content-type': 'application/json; charset="utf-8"' });
    const direct = await ask(body, { ...headers, 'content-type': 'application/json' });
    expect(direct.answer).toEqual(host.answer);
    const hasData = host.answer.body.includes('"data":{');
    expect([await isDirect(host.requestId), await isDirect(direct.requestId)]).toEqual([false, hasData]);
  }
});

it('answers the same with a part of the federation down', async () => {
  const body = {
    query:
      '{ person(ags: "10041100", id: "1") { name licence } other: person(ags: "10045114", id: "2") { name licence } }',
  };
  await offices.dogs.west.close();
  const host = await ask(body, { 'content-type': 'application/json; charset="utf-8"' });
  const direct = await ask(body, { 'content-type': 'application/json' });
  expect(direct.answer).toEqual(host.answer);
  expect(JSON.parse(direct.answer.body)).toMatchObject({
    errors: [{ path: ['person', 'licence'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    data: { person: { licence: null }, other: { licence: 'licence of 10045114' } },
  });
  expect(await isDirect(direct.requestId)).toBe(true);
});
