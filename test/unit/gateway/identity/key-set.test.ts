import { beforeAll, describe, expect, it } from '@jest/globals';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, jwtVerify, SignJWT } from 'jose';
import { createKeySet } from '../../../../gateway/identity/key-set.js';
import type { Log } from '../../../../lib/log.js';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
let keys: Record<string, { privateKey: CryptoKey; jwk: JWK }>;

beforeAll(async () => {
  const pairs = await Promise.all(
    ['old', 'new', 'stranger'].map(async (kid) => {
      const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
      return [kid, { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' } }] as const;
    }),
  );
  keys = Object.fromEntries(pairs);
});

/** An issuer whose keys, health and clock the test holds. */
function createIssuer(...published: string[]) {
  const issuer = { published, isUp: true, now: 1_000_000, asked: 0 };
  const keySet = createKeySet({
    log: silent,
    now: () => issuer.now,
    readKeys: async () => {
      issuer.asked += 1;
      if (!issuer.isUp) throw new Error('down');
      return { keys: issuer.published.map((kid) => keys[kid]?.jwk as JWK) };
    },
  });
  const verify = async (kid: string) => {
    const token = new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid });
    const text = await token.sign(keys[kid]?.privateKey as CryptoKey);
    return jwtVerify(text, (header, jws) => keySet.find(header, jws)).then(
      () => 'good',
      (error: { code?: string }) => error.code,
    );
  };
  return { issuer, verify, keySet };
}

describe('a key set', () => {
  it('asks the issuer once for many tokens', async () => {
    const { issuer, verify } = createIssuer('old');
    expect(await Promise.all(['old', 'old', 'old'].map(verify))).toEqual(['good', 'good', 'good']);
    expect(issuer.asked).toBe(1);
  });

  it('asks again for an unknown key, at most once in 30 seconds', async () => {
    const { issuer, verify } = createIssuer('old');
    await verify('old');
    issuer.published = ['old', 'new'];
    expect(await verify('new')).toBe('ERR_JWKS_NO_MATCHING_KEY');
    issuer.now += 30_000;
    expect(await Promise.all(['new', 'stranger', 'new'].map(verify))).toEqual([
      'good',
      'ERR_JWKS_NO_MATCHING_KEY',
      'good',
    ]);
    for (let count = 0; count < 10; count++) await verify('stranger');
    expect(issuer.asked).toBe(2);
  });

  it('goes on with the keys it has while the issuer is down', async () => {
    const { issuer, verify } = createIssuer('old');
    await verify('old');
    issuer.isUp = false;
    issuer.now += 24 * 3_600_000;
    expect(await verify('old')).toBe('good');
    expect(await verify('new')).toBe('ERR_JWKS_NO_MATCHING_KEY');
  });

  it('lets go of a key that was withdrawn', async () => {
    const { issuer, verify } = createIssuer('old', 'new');
    await verify('old');
    issuer.published = ['new'];
    issuer.now += 300_001;
    await verify('new');
    issuer.now += 1;
    expect(await verify('old')).toBe('ERR_JWKS_NO_MATCHING_KEY');
  });

  it('says which keys hold: others as soon as one is withdrawn, the same as long as none is', async () => {
    const { issuer, verify, keySet } = createIssuer('old', 'new');
    expect(keySet.inForce()).toBeNull();
    await verify('old');
    const first = keySet.inForce();
    /** Asked alone, as where all tokens are known: the keys are read again all the same. */
    const readLater = async () => {
      issuer.now += 300_001;
      const { asked } = issuer;
      keySet.inForce();
      expect(issuer.asked).toBe(asked + 1);
      await new Promise(setImmediate);
      return keySet.inForce();
    };
    expect(await readLater()).toBe(first);
    issuer.isUp = false;
    expect(await readLater()).toBe(first);
    issuer.isUp = true;
    issuer.published = ['new'];
    expect(await readLater()).not.toBe(first);
  });

  it('cannot judge anything before it was ever read, and tries again after a second', async () => {
    const { issuer, verify } = createIssuer('old');
    issuer.isUp = false;
    expect(await Promise.all(['old', 'old'].map(verify))).toEqual(['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_UNAVAILABLE']);
    issuer.isUp = true;
    expect(await verify('old')).toBe('SUBGRAPH_UNAVAILABLE');
    expect(issuer.asked).toBe(1);
    issuer.now += 1_000;
    expect(await verify('old')).toBe('good');
  });
});
