import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
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

const sign = (change: Change = {}): string =>
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
  it('carries the caller', () => expect(judge(verifier(), sign())).toEqual(caller));

  it('carries that nobody signed in', () => expect(judge(verifier(), sign({ caller: null }))).toBeNull());

  it('names subject, audience and 60 seconds as any JWT does', () => {
    const claims = JSON.parse(Buffer.from(sign().split('.')[1] ?? '', 'base64url').toString()) as object;
    expect(claims).toMatchObject({ aud: 'vehicles', sub: 's', iat: 1000, exp: 1060, role: 'caseworker' });
  });

  const [header = '', payload = '', signature = ''] = sign().split('.');
  it.each([
    ['missing', 'missing', undefined],
    ['empty', 'missing', ''],
    ['for another subgraph', 'foreign', sign({ audience: 'residents' })],
    ['by a foreign key', 'forged', sign({ key: keyPair().privateKey })],
    ['of the past', 'stale', sign({ seconds: 940 })],
    ['of the future', 'stale', sign({ seconds: 1006 })],
    ['with another signature', 'forged', `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`],
    ['with other claims', 'forged', `${header}.${encode({ aud: 'vehicles', sub: null })}.${signature}`],
    ['unsigned', 'malformed', `${encode({ alg: 'none' })}.${payload}.`],
    ['without its signature', 'malformed', `${header}.${payload}.`],
    ['of another kind', 'malformed', `${encode({ alg: 'EdDSA', typ: 'at+jwt' })}.${payload}.${signature}`],
    [
      'naming its own key',
      'malformed',
      `${encode({ alg: 'EdDSA', jku: 'https://a.example' })}.${payload}.${signature}`,
    ],
    ['signed with the public key as a secret', 'malformed', confused(payload)],
    ['with a part too many', 'malformed', `${sign()}.AAAA`],
  ])('is refused when %s: %s', (_, reason, token) =>
    expect(judge(createVerifier([publicKey], 'vehicles', lateAt(1000)), token)).toBe(reason),
  );

  it('is of one body alone', () => expect(judge(verifier(), sign(), '{"query":"{ b }"}')).toBe('another body'));

  it('may come from a gateway whose clock is a little ahead', () =>
    expect(judge(verifier(), sign({ seconds: 1005 }))).toEqual(caller));

  it('is good for sixty seconds', () => {
    const verifyAt = (seconds: number) => judge(createVerifier([publicKey], 'vehicles', lateAt(seconds)), sign());
    expect([verifyAt(1059), verifyAt(1060)]).toEqual([caller, 'stale']);
  });

  it('is refused the second time', () => {
    const verify = verifier();
    const token = sign();
    expect([judge(verify, token), judge(verify, token)]).toEqual([caller, 'replayed']);
  });

  it('of the time before the start is refused: it may have been used then', () =>
    expect(judge(verifier(at(1030)), sign())).toBe('replayed'));

  it('is believed by either key while one takes the place of the other', () => {
    const next = keyPair();
    const verify = verifier(at(1000), [next.publicKey, publicKey]);
    expect([judge(verify, sign()), judge(verify, sign({ key: next.privateKey }))]).toEqual([caller, caller]);
  });

  it('is refused with any character changed', () => {
    const token = sign();
    const verify = verifier();
    const changed = Array.from({ length: 600 }, (_, n) => {
      const index = (n * 7919) % token.length;
      const other = token[index] === 'A' ? 'B' : 'A';
      return `${token.slice(0, index)}${other}${token.slice(index + 1)}`;
    });
    expect(changed.filter((one) => typeof verify(one) !== 'string')).toEqual([]);
  });
});

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
