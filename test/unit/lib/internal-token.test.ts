import { createHmac, generateKeyPairSync, type KeyObject, sign as signBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../lib/caller.js';
import { createSigner, createVerifier, type VerifyRequest } from '../../../lib/internal-token.js';

const keyPair = () => generateKeyPairSync('ed25519');
const { privateKey, publicKey } = keyPair();
const caller: Caller = {
  subject: 's',
  role: 'caseworker',
  office: 'vehicles',
  municipalities: ['10045*'],
  trustLevel: null,
  account: null,
  purpose: 'vehicles.registration',
  fileReference: 'AZ 1 Größe',
  scopes: [],
};
const body = '{"query":"{ a }"}';
const at = (seconds: number) => () => seconds * 1000;

interface Change {
  readonly audience?: string;
  readonly body?: string;
  readonly key?: KeyObject;
  readonly seconds?: number;
  readonly caller?: Caller | null;
}

const sign = (change: Change = {}): Promise<string> =>
  createSigner(
    change.key ?? privateKey,
    at(change.seconds ?? 1000),
  )({
    audience: change.audience ?? 'vehicles',
    body: change.body ?? body,
    caller: change.caller === undefined ? caller : change.caller,
  });
const verifier = (now = at(1000), keys = [publicKey]) => createVerifier(keys, 'vehicles', now);

/** The caller where all is proven, otherwise why not. */
const judge = (verify: VerifyRequest, token: string | undefined, of = body) => {
  const proof = verify(token);
  if (typeof proof === 'string') return proof;
  return proof.isOf(Buffer.from(of)) ? proof.caller : 'another body';
};

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('the internal token', () => {
  it('carries the caller', async () => expect(judge(verifier(), await sign())).toEqual(caller));

  it('carries that nobody signed in', async () => expect(judge(verifier(), await sign({ caller: null }))).toBeNull());

  it('names subject, audience and 60 seconds as any JWT does', async () => {
    const claims = JSON.parse(Buffer.from((await sign()).split('.')[1] ?? '', 'base64url').toString()) as object;
    expect(claims).toMatchObject({ aud: 'vehicles', sub: 's', iat: 1000, exp: 1060, role: 'caseworker' });
  });

  /** A good token, taken apart and put together again. */
  const rewrite = async (write: (header: string, payload: string, proof: string) => string) => {
    const [header = '', payload = '', proof = ''] = (await sign()).split('.');
    return write(header, payload, proof);
  };
  it.each<[string, string, () => Promise<string> | string | undefined]>([
    ['missing', 'missing', () => undefined],
    ['empty', 'missing', () => ''],
    ['for another subgraph', 'foreign', () => sign({ audience: 'residents' })],
    ['by a foreign key', 'forged', () => sign({ key: keyPair().privateKey })],
    ['of the past', 'stale', () => sign({ seconds: 940 })],
    ['of the future', 'stale', () => sign({ seconds: 1006 })],
    ['with another signature', 'forged', () => rewrite((header, payload) => `${header}.${payload}.${UNSIGNED}`)],
    [
      'with other claims',
      'forged',
      () => rewrite((header, _, proof) => `${header}.${encode({ aud: 'vehicles', sub: null })}.${proof}`),
    ],
    ['unsigned', 'malformed', () => rewrite((_, payload) => `${encode({ alg: 'none' })}.${payload}.`)],
    ['without its proof', 'malformed', () => rewrite((header, payload) => `${header}.${payload}.`)],
    ['signed alone', 'malformed', () => rewrite(signedAlone)],
    [
      'of another kind',
      'malformed',
      () => rewrite((_, payload, proof) => `${encode({ alg: 'EdDSA', typ: 'at+jwt' })}.${payload}.${proof}`),
    ],
    [
      'naming its own key',
      'malformed',
      () => rewrite((_, payload, proof) => `${encode({ alg: 'EdDSA', jku: 'https://a.example' })}.${payload}.${proof}`),
    ],
    ['signed with the public key as a secret', 'malformed', () => rewrite((_, payload) => confused(payload))],
    ['with a part too many', 'malformed', async () => `${await sign()}.AAAA`],
  ])('is refused when %s: %s', async (_, reason, token) =>
    expect(judge(createVerifier([publicKey], 'vehicles', lateAt(1000)), await token())).toBe(reason),
  );

  it('is of one body alone', async () =>
    expect(judge(verifier(), await sign(), '{"query":"{ b }"}')).toBe('another body'));

  it('may come from a gateway whose clock is a little ahead', async () =>
    expect(judge(verifier(), await sign({ seconds: 1005 }))).toEqual(caller));

  it('is good for sixty seconds', async () => {
    const verifyAt = async (seconds: number) =>
      judge(createVerifier([publicKey], 'vehicles', lateAt(seconds)), await sign());
    expect([await verifyAt(1059), await verifyAt(1060)]).toEqual([caller, 'stale']);
  });

  it('is refused the second time', async () => {
    const verify = verifier();
    const token = await sign();
    expect([judge(verify, token), judge(verify, token)]).toEqual([caller, 'replayed']);
  });

  it('of the time before the start is refused: it may have been used then', async () =>
    expect(judge(verifier(at(1030)), await sign())).toBe('replayed'));

  it('is believed by either key while one takes the place of the other', async () => {
    const next = keyPair();
    const verify = verifier(at(1000), [next.publicKey, publicKey]);
    const tokens = [await sign(), await sign({ key: next.privateKey })];
    expect(tokens.map((token) => judge(verify, token))).toEqual([caller, caller]);
  });

  describe.each([1, 2, 3, 64])('signed with others, %i in all,', (size) => {
    const signMany = () => {
      const signOne = createSigner(privateKey, at(1000));
      return Promise.all(
        Array.from({ length: size }, (_, index) => signOne({ audience: 'vehicles', body: `${index}`, caller })),
      );
    };

    it('is of its own body, once, and whoever comes first', async () => {
      const verify = verifier();
      const tokens = await signMany();
      for (const [index, token] of [...tokens.entries()].reverse())
        expect([judge(verify, token, `${index}`), judge(verify, token, `${index}`)]).toEqual([caller, 'replayed']);
    });

    it('is not good under the proof of another', async () => {
      const verify = verifier();
      const tokens = await signMany();
      expect(tokens.map((token) => typeof verify(token))).toEqual(tokens.map(() => 'object'));
      const fresh = await signMany();
      const swapped = fresh.map((token, index) => {
        const proof = (size === 1 ? tokens[0] : fresh[(index + 1) % size])?.split('.')[2];
        return `${token.slice(0, token.lastIndexOf('.'))}.${proof}`;
      });
      // Neither before nor after the signature is known, for it was never one over these.
      expect(new Set(swapped.map((token) => verify(token)))).not.toContainEqual(expect.any(Object));
      expect(fresh.map((token) => typeof verify(token))).toEqual(fresh.map(() => 'object'));
      expect(swapped.filter((token) => typeof verify(token) !== 'string')).toEqual([]);
    });
  });

  it.each([1, 5])('is refused with any character changed, also where %i were signed at once', async (size) => {
    const tokens = await Promise.all(createMany(size));
    const verify = verifier();
    // The signature is known when the changed ones come, which must not help them.
    for (const other of tokens.slice(1)) expect(typeof verify(other)).toBe('object');
    const token = tokens[0] as string;
    const changed = Array.from({ length: 600 }, (_, n) => {
      const index = (n * 7919) % token.length;
      const other = token[index] === 'A' ? 'B' : 'A';
      return `${token.slice(0, index)}${other}${token.slice(index + 1)}`;
    });
    expect(changed.filter((one) => typeof verify(one) !== 'string')).toEqual([]);
    expect(typeof verify(token)).toBe('object');
  });
});

/** Signature of nothing, of one, the first of them. */
const UNSIGNED = Buffer.concat([Buffer.alloc(64), Buffer.of(1, 0)]).toString('base64url');

function createMany(size: number): Promise<string>[] {
  const signOne = createSigner(privateKey, at(1000));
  return Array.from({ length: size }, () => signOne({ audience: 'vehicles', body, caller }));
}

/** As a token was that is signed for itself. */
const signedAlone = (header: string, payload: string): string =>
  `${header}.${payload}.${signBytes(null, Buffer.from(`${header}.${payload}`), privateKey).toString('base64url')}`;

/** A clock that stands at 940 while the verifier is made: it has run for long enough to know all tokens. */
function lateAt(seconds: number): () => number {
  let isFirst = true;
  return () => {
    const now = isFirst ? 900 : seconds;
    isFirst = false;
    return now * 1000;
  };
}

function confused(payload: string): string {
  const signed = `${encode({ alg: 'HS256', typ: 'fachverbund-internal+jwt' })}.${payload}`;
  const secret = publicKey.export({ type: 'spki', format: 'pem' });
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
