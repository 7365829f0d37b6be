import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CALLER_HEADER, type Caller, encodeCaller } from '../../lib/caller.js';
import { createSigner, INTERNAL_TOKEN_HEADER } from '../../lib/internal-token.js';
import { drawKeyPair } from '../../scripts/federation-plan.js';
import { ask } from '../support/ask.js';
import { citizen } from '../support/callers.js';
import { eventually } from '../support/eventually.js';
import { startFederation, type TestFederation } from '../support/federation.js';
import { startGateway } from '../support/gateway-process.js';

const NAMES = ['directory', 'housing-benefit', 'residents', 'vehicles'];
const BODY = JSON.stringify({ query: '{ __typename }' });
const SDL = JSON.stringify({ query: '{ _service { sdl } }' });

describe('a subgraph asked past the gateway', () => {
  let federation: TestFederation;
  beforeAll(async () => {
    federation = await startFederation({ size: 300, gateway: { LOG_LEVEL: 'debug' } });
  }, 120_000);
  afterAll(() => federation?.stop());

  const instanceOf = (name: string) => {
    const found = federation.parts().find(({ kind, subgraph }) => kind === 'subgraph' && subgraph === name);
    if (!found) throw new RangeError(name);
    return found;
  };
  const logOf = (name: string) =>
    readFileSync(join(dirname(federation.cooperationPath), 'run', 'logs', `${instanceOf(name).name}.log`), 'utf8');

  interface Raw {
    readonly body?: string | null;
    readonly method?: string;
    readonly path?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly token?: string;
  }
  const send = async (
    name: string,
    { body = BODY, method = 'POST', path = '/graphql', headers = {}, token }: Raw,
  ): Promise<[number, string]> => {
    const answer = await fetch(new URL(path, instanceOf(name).url), {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token && { [INTERNAL_TOKEN_HEADER]: token }),
        ...headers,
      },
      ...(body !== null && method !== 'GET' && { body }),
    });
    return [answer.status, await answer.text()];
  };
  const sign = (audience: string, { body = BODY, key = federation.key.keyPair.privateKey, ageSeconds = 0 } = {}) =>
    createSigner(key, () => Date.now() - ageSeconds * 1000)({ audience, body, caller: null });
  const REFUSED = [401, ''];

  describe.each(NAMES)('%s', (name) => {
    it('answers what the gateway has signed', async () => {
      expect(await send(name, { token: await sign(name) })).toEqual([
        200,
        expect.stringContaining('"__typename":"Query"'),
      ]);
    });

    it.each<[string, () => Promise<Raw> | Raw]>([
      ['without a token', () => ({})],
      ['with one that is none', () => ({ token: 'x.y.z' })],
      ['with one signed by another key', async () => ({ token: await sign(name, { key: drawKeyPair().privateKey }) })],
      ['with one that is unsigned', () => ({ token: unsigned(name) })],
      ['with one of a minute ago', async () => ({ token: await sign(name, { ageSeconds: 61 }) })],
      ['with one of the future', async () => ({ token: await sign(name, { ageSeconds: -30 }) })],
      [
        'with one for another subgraph',
        async () => ({ token: await sign(NAMES.find((other) => other !== name) ?? '') }),
      ],
      ['with one for another body', async () => ({ token: await sign(name), body: SDL })],
      ['with one, and without a body', async () => ({ token: await sign(name), body: '' })],
      ['with the token of a client', async () => ({ token: await federation.tokenFor('citizen') })],
      [
        'with the token of a client where clients put it',
        async () => ({ headers: { authorization: `Bearer ${await federation.tokenFor('residents-clerk')}` } }),
      ],
      [
        'that only says who asks',
        () => ({ headers: { [CALLER_HEADER]: encodeCaller(citizen(federation.persona('citizen')) as Caller) } }),
      ],
      ['for its schema', () => ({ body: SDL })],
      ['by GET', () => ({ method: 'GET', path: '/graphql?query={__typename}' })],
      ['at an address that cannot be read', () => ({ method: 'GET', path: '/%E0%A4%A' })],
      ['for what is not there', () => ({ path: '/nothing' })],
      ['in another media type', () => ({ headers: { 'content-type': 'text/plain' } })],
      ['with more than it reads', () => ({ body: 'x'.repeat(5_000_000) })],
    ])('refuses a request %s', async (_, raw) => {
      expect(await send(name, await raw())).toEqual(REFUSED);
    });

    it('refuses a token that was used', async () => {
      const token = await sign(name);
      expect((await send(name, { token }))[0]).toBe(200);
      expect(await send(name, { token })).toEqual(REFUSED);
    });

    it('says to anybody that it lives, and no more', async () => {
      for (const path of ['/livez', '/readyz'])
        expect(await send(name, { method: 'GET', path })).toEqual([200, '{"status":"UP"}']);
      expect(await send(name, { path: '/livez' })).toEqual(REFUSED);
    });

    it('counts what it refused, by reason, without a word of it', async () => {
      const used = await sign(name);
      const tokens = [
        undefined,
        'x.y.z',
        await sign(name, { key: drawKeyPair().privateKey }),
        await sign(name, { ageSeconds: 61 }),
      ];
      for (const token of [...tokens, await sign('another'), used, used]) await send(name, token ? { token } : {});
      await send(name, { token: await sign(name), body: SDL });
      await eventually(() => {
        const text = logOf(name);
        for (const reason of ['missing', 'malformed', 'forged', 'stale', 'foreign', 'replayed', 'another body'])
          expect(text).toMatch(new RegExp(`"refused":\\{[^}]*"${reason}":[1-9]`));
        expect(text).not.toMatch(/eyJ|_service/);
      }, 3000);
    });
  });

  it('believes the gateway, for somebody and for nobody', async () => {
    const me = await federation.query('{ me { familyName } }', { persona: 'citizen' });
    expect([me.errors, me.data]).toEqual([[], { me: { familyName: federation.persona('citizen').familyName } }]);
    const anybody = await federation.query('{ municipality(ags: "10045114") { name } }');
    expect([anybody.errors, anybody.data]).toEqual([[], { municipality: { name: 'Homburg' } }]);
  });

  it('gives a gateway without the key nothing', async () => {
    const other = await startGateway({ COOPERATION_PATH: federation.cooperationPath, AUDIT: 'off' });
    try {
      const answer = await ask(other.url, '{ municipality(ags: "10045114") { name } }');
      expect([answer.data, answer.errors[0]?.extensions.code]).toEqual([{ municipality: null }, 'SUBGRAPH_ERROR']);
    } finally {
      await other.stop();
    }
  }, 30_000);
});

function unsigned(audience: string): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode({ aud: audience, sub: null, iat: now, exp: now + 60 })}.`;
}
