import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ask } from '../support/ask.js';
import { type BadToken, makeBadTokens } from '../support/bad-tokens.js';
import { createTestFiles, type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { AUDIENCE, type Issuer, startIssuer } from '../support/issuer.js';
import { type Offices, startOffices } from '../support/offices.js';

jest.setTimeout(120_000);

const SEED = 20_261_122;
const files = createTestFiles();
let issuer: Issuer;
let offices: Offices;
let gateway: GatewayProcess;
let tokens: BadToken[];

beforeAll(async () => {
  [issuer, offices] = await Promise.all([startIssuer(), startOffices()]);
  gateway = await startGateway({
    SUPERGRAPH_PATH: files.write('supergraph.graphql', offices.supergraph),
    COOPERATION_PATH: files.write('cooperation.yaml', offices.cooperation),
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: AUDIENCE,
    ACCESS_DEFAULT: 'public',
    AUDIT: 'off',
  });
  tokens = await makeBadTokens(500, SEED, issuer);
});

afterAll(async () => {
  await gateway?.stop();
  await Promise.all([issuer?.close(), offices?.close()]);
  files.remove();
});

const QUERY = '{ motto }';
const statusOf = async (token: string) => (await ask(gateway.url, QUERY, { token })).status;

describe('500 tokens that nobody may accept', () => {
  it('would be accepted if they were good', async () => {
    expect(await statusOf(await issuer.token())).toBe(200);
    const text = JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: 'key-1' });
    const { iss, aud, sub, exp, role } = JSON.parse(
      Buffer.from((await issuer.token()).split('.')[1] ?? '', 'base64url').toString(),
    );
    expect(await statusOf(await issuer.signTexts(text, JSON.stringify({ iss, aud, sub, exp, role })))).toBe(200);
  });

  it('are refused, all alike, and nobody is asked anything', async () => {
    const received = () => offices.all().reduce((sum, standIn) => sum + standIn.received.length, 0);
    const before = { received: received(), asked: issuer.asked.length };
    const accepted: string[] = [];
    const bodies = new Set<string>();
    for (let from = 0; from < tokens.length; from += 50)
      await Promise.all(
        tokens.slice(from, from + 50).map(async ({ why, token }) => {
          const answer = await ask(gateway.url, QUERY, { token });
          if (answer.status !== 401) accepted.push(`${answer.status} ${why}: ${token}`);
          bodies.add(answer.text);
          expect(answer.headers.get('www-authenticate')).toBe('Bearer');
        }),
      );
    expect(accepted).toEqual([]);
    expect(bodies.size).toBe(1);
    expect(received()).toBe(before.received);
    // Whatever addresses and key ids they name: discovery and keys once more, at most.
    expect(
      issuer.asked.slice(before.asked).filter((path) => !/^\/(keys|\.well-known\/openid-configuration)$/.test(path)),
    ).toEqual([]);
    expect(issuer.asked.length - before.asked).toBeLessThanOrEqual(2);
  });

  it('leave nothing in the log', () => {
    const parts = tokens.flatMap(({ token }) => token.split('.')).filter((part) => part.length > 60);
    const output = gateway.output();
    expect(parts.length).toBeGreaterThan(800);
    expect(parts.filter((part) => output.includes(part))).toEqual([]);
  });
});

it('a good token goes on while the issuer is down and strangers knock', async () => {
  issuer.setUp(false);
  try {
    const strangers = Array.from({ length: 100 }, (_, index) => issuer.token({}, { kid: `stranger-${index}` }));
    const statuses = await Promise.all((await Promise.all(strangers)).map(statusOf));
    expect(new Set(statuses)).toEqual(new Set([401]));
    expect(await statusOf(await issuer.token({ sub: 'while-down' }))).toBe(200);
  } finally {
    issuer.setUp(true);
  }
});
