import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';

/** An identity provider of a test: discovery, keys, and tokens signed as the test wants them. */
export interface Issuer {
  readonly url: string;
  /** Paths asked for so far. */
  readonly asked: string[];
  /** Whether it answers; while it does not, connections are cut. */
  setUp(isUp: boolean): void;
  /** A new signing key beside the old ones. */
  rotate(): Promise<void>;
  /** A token of exactly these texts, with a good signature. */
  signTexts(header: string, payload: string): Promise<string>;
  /** A good token of a citizen with `claims` instead of its own; `undefined` leaves a claim out. */
  token(claims?: JWTPayload, header?: Partial<JWTHeaderParameters>): Promise<string>;
  close(): Promise<void>;
}

export const AUDIENCE = 'offices';

export async function startIssuer(): Promise<Issuer> {
  const asked: string[] = [];
  const publicKeys: object[] = [];
  let isUp = true;
  let url = '';
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (!isUp) return void request.socket.destroy();
    const isDiscovery = request.url === '/.well-known/openid-configuration';
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(isDiscovery ? { issuer: url, jwks_uri: `${url}/keys` } : { keys: publicKeys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let key = await createKey(publicKeys);
  return {
    url,
    asked,
    setUp(next) {
      isUp = next;
    },
    async rotate() {
      key = await createKey(publicKeys);
    },
    async signTexts(header, payload) {
      const text = [header, payload].map((part) => Buffer.from(part).toString('base64url')).join('.');
      const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
      const signature = await crypto.subtle.sign(algorithm, key.privateKey, Buffer.from(text));
      return `${text}.${Buffer.from(signature).toString('base64url')}`;
    },
    token: (claims = {}, header = {}) =>
      new SignJWT({ ...citizenClaims(url), ...claims })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid, ...header })
        .sign(key.privateKey),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Claims of a good token that lives for a minute. */
export const citizenClaims = (issuer: string): JWTPayload => ({
  iss: issuer,
  aud: AUDIENCE,
  sub: 'citizen-1',
  iat: now(),
  exp: now() + 60,
  acr: 'STORK-QAA-Level-4',
  role: 'citizen',
  ags: ['10045114'],
});

export const now = (): number => Math.floor(Date.now() / 1000);

async function createKey(publicKeys: object[]) {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const kid = `key-${publicKeys.length + 1}`;
  publicKeys.push({ ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' });
  return { privateKey, kid };
}
