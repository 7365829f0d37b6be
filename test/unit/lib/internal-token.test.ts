import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../lib/caller.js';
import { createSigner, createVerifier } from '../../../lib/internal-token.js';

const keyPair = () =>
  generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const { privateKey, publicKey } = keyPair();
const caller: Caller = {
  subject: 's',
  role: 'caseworker',
  office: 'vehicles',
  municipalities: ['10045*'],
  trustLevel: null,
  account: null,
  purpose: 'vehicles.registration',
  fileReference: 'AZ 1',
};
const body = '{"query":"{ a }"}';
const at = (seconds: number) => () => seconds * 1000;
const signed = (over: { audience?: string; body?: string; key?: string; now?: () => number } = {}) =>
  createSigner(
    over.key ?? privateKey,
    over.now ?? at(1000),
  )({ audience: over.audience ?? 'vehicles', body: over.body ?? body, caller });
const verifier = (now = at(1000)) => createVerifier(publicKey, 'vehicles', now);

describe('the internal token', () => {
  it('carries the caller', () => expect(verifier()(signed(), body)).toEqual(caller));

  it('carries that nobody signed in', () =>
    expect(
      verifier()(createSigner(privateKey, at(1000))({ audience: 'vehicles', body, caller: null }), body),
    ).toBeNull());

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['for another subgraph', signed({ audience: 'residents' })],
    ['for another body', signed({ body: '{}' })],
    ['by a foreign key', signed({ key: keyPair().privateKey })],
    ['of the past', signed({ now: at(939) })],
    ['of the future', signed({ now: at(1006) })],
    ['with another signature', signed().replace(/.{4}$/, 'AAAA')],
    [
      'with other claims',
      signed().replace(/\.[^.]+\./, `.${Buffer.from('{"aud":"vehicles"}').toString('base64url')}.`),
    ],
    ['unsigned', `${Buffer.from('{"alg":"none"}').toString('base64url')}.${signed().split('.')[1]}.`],
    ['with a part too many', `${signed()}.AAAA`],
  ])('is refused when %s', (_, token) => expect(verifier()(token, body)).toBe('refused'));

  it('is refused the second time', () => {
    const verify = verifier();
    const token = signed();
    expect([verify(token, body), verify(token, body)]).toEqual([caller, 'refused']);
  });

  it('refuses every token with one bit flipped', () => {
    const token = signed();
    const verify = verifier();
    const flipped = Array.from({ length: 300 }, (_, n) => {
      const bytes = Buffer.from(token);
      const index = (n * 7919) % bytes.length;
      bytes[index] = (bytes[index] ?? 0) ^ (1 << (n % 5));
      return bytes.toString('latin1');
    }).filter((mutated) => !isSameToken(mutated, token));
    expect(flipped.filter((mutated) => verify(mutated, body) !== 'refused')).toEqual([]);
  });
});

/** The last base64url character of a part has bits that mean nothing. */
const isSameToken = (one: string, other: string): boolean =>
  one
    .split('.')
    .every((part, index) =>
      Buffer.from(part, 'base64url').equals(Buffer.from(other.split('.')[index] ?? '', 'base64url')),
    ) && one.split('.').length === 3;
