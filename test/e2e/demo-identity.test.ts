import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { startFederation, type TestFederation } from '../support/federation.js';

describe('the demo identity provider', () => {
  let federation: TestFederation;
  let issuer = '';
  let origin = '';

  const verify = (token: string) =>
    jwtVerify(token, createRemoteJWKSet(new URL(`${issuer}/jwks`)), { issuer, audience: 'fachverbund' });
  const metadata = async () =>
    (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as Record<string, string>;

  beforeAll(async () => {
    federation = await startFederation({ subgraphs: [], gateway: false });
    issuer = federation.part('identity').url;
    origin = new URL(federation.gatewayUrl).origin;
  }, 60_000);

  afterAll(() => federation.stop(), 30_000);

  it('signs access tokens for one hour with a published key', async () => {
    const { payload, protectedHeader } = await verify(await federation.tokenFor('citizen'));
    expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
    expect(await metadata()).toMatchObject({ issuer, jwks_uri: `${issuer}/jwks` });
  });

  it('tells of a citizen what a citizen account delivers, and no tax id', async () => {
    const { payload } = await verify(await federation.tokenFor('citizen-moved'));
    const { familyName, givenNames, dateOfBirth, residences } = federation.persona('citizen-moved');
    expect(payload).toMatchObject({
      sub: 'citizen-moved',
      role: 'citizen',
      acr: 'STORK-QAA-Level-4',
      ags: ['10045114'],
      family_name: familyName,
      given_name: givenNames.join(' '),
      birthdate: dateOfBirth,
      address: {
        street_address: `${residences[0]?.street} ${residences[0]?.houseNumber}`,
        postal_code: residences[0]?.postalCode,
        locality: 'Homburg',
      },
    });
    expect(Object.keys(payload).filter((name) => /tax|idnr|steuer/i.test(name))).toEqual([]);
  });

  it('tells of a partner its fixed purpose and of a clerk the office', async () => {
    expect((await verify(await federation.tokenFor('partner'))).payload).toMatchObject({
      role: 'partner',
      purpose: 'residents.inquiry',
    });
    expect((await verify(await federation.tokenFor('benefit-clerk'))).payload).toMatchObject({
      role: 'caseworker',
      office: 'housing-benefit',
      ags: ['10045*'],
    });
  });

  it('gives no token without the right secret', async () => {
    const response = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('citizen:guess').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    expect([response.status, await response.json()]).toMatchObject([401, { error: 'invalid_client' }]);
  });

  describe('with the playground in a browser', () => {
    const verifier = randomBytes(32).toString('base64url');

    it('signs in who is chosen on its page', async () => {
      const browser = createBrowser();
      const page = await browser.go(await authorizeUrl({}));
      expect(page.text).toContain('all people here are fictitious');
      expect(page.text).not.toMatch(/<script|https?:\/\//);
      const back = await browser.go(page.url, new URLSearchParams({ persona: 'residents-clerk' }));
      const { payload } = await verify(await redeem(new URL(back.url)));
      expect(payload).toMatchObject({ sub: 'residents-clerk', office: 'residents', client_id: 'playground' });
    });

    it('signs in whom the login hint names without asking', async () => {
      const back = await createBrowser().go(await authorizeUrl({ login_hint: 'citizen', state: 'abc' }));
      const url = new URL(back.url);
      expect([url.origin, url.searchParams.get('state')]).toEqual([origin, 'abc']);
      const token = await redeem(url);
      expect((await verify(token)).payload).toMatchObject({ sub: 'citizen', acr: 'STORK-QAA-Level-4' });
      expect(decodeProtectedHeader(token).alg).toBe('ES256');
    });

    it('refuses a code without its proof, and another place to go back to', async () => {
      const back = await createBrowser().go(await authorizeUrl({ login_hint: 'citizen' }));
      await expect(redeem(new URL(back.url), 'x'.repeat(43))).rejects.toThrow('invalid_grant');
      const strange = await createBrowser().go(await authorizeUrl({ redirect_uri: 'http://127.0.0.1:1/' }));
      expect([strange.status, strange.text.includes('redirect_uri')]).toEqual([400, true]);
    });

    it('lets only the page of the gateway read the token', async () => {
      const back = await createBrowser().go(await authorizeUrl({ login_hint: 'citizen' }));
      const response = await exchange(new URL(back.url), verifier, 'http://evil.example');
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    });

    async function authorizeUrl(further: Readonly<Record<string, string>>): Promise<string> {
      const url = new URL((await metadata()).authorization_endpoint ?? '');
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: 'playground',
        redirect_uri: `${origin}/`,
        scope: 'openid',
        prompt: 'login',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...further,
      }).toString();
      return url.href;
    }

    const exchange = async (back: URL, proof: string, from: string) =>
      fetch((await metadata()).token_endpoint ?? '', {
        method: 'POST',
        headers: { origin: from },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: 'playground',
          redirect_uri: `${origin}/`,
          code: back.searchParams.get('code') ?? '',
          code_verifier: proof,
        }),
      });

    async function redeem(back: URL, proof = verifier): Promise<string> {
      const response = await exchange(back, proof, origin);
      const { access_token: token, error } = (await response.json()) as { access_token?: string; error?: string };
      if (token === undefined) throw new Error(error);
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      return token;
    }
  });

  interface Page {
    readonly status: number;
    readonly url: string;
    readonly text: string;
  }

  /** Keeps cookies and follows redirections until a page comes or the playground is reached. */
  function createBrowser(): { go(url: string, form?: URLSearchParams): Promise<Page> } {
    const cookies = new Map<string, string>();
    const go = async (url: string, form?: URLSearchParams): Promise<Page> => {
      if (url.startsWith(origin)) return { status: 200, url, text: '' };
      const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
      const init = { redirect: 'manual' as const, headers: { cookie } };
      const response = await fetch(url, form ? { ...init, method: 'POST', body: form } : init);
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      const location = response.headers.get('location');
      if (location) return go(new URL(location, url).href);
      return { status: response.status, url, text: await response.text() };
    };
    return { go };
  }
});
