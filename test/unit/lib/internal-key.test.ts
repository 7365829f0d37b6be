import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { publicKeys, signingKey } from '../../../lib/internal-key.js';
import { readSettings } from '../../../lib/settings.js';

const [one, other] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
const pem = (key: KeyObject) => String(key.export({ type: key.type === 'public' ? 'spki' : 'pkcs8', format: 'pem' }));
const base64 = (key: KeyObject) =>
  key.export({ type: key.type === 'public' ? 'spki' : 'pkcs8', format: 'der' }).toString('base64');

const readPrivate = (text: string) => readSettings({ KEY: signingKey() }, { KEY: text }).KEY;
const readPublic = (text: string) => readSettings({ KEYS: publicKeys() }, { KEYS: text }).KEYS;

describe('the gateway’s private key', () => {
  it.each([
    ['PEM', pem(one.privateKey)],
    ['PEM on one line', pem(one.privateKey).replaceAll('\n', '\\n')],
    ['base64', base64(one.privateKey)],
  ])('may be given as %s', (_, text) => expect(readPrivate(text).equals(one.privateKey)).toBe(true));

  it.each([
    ['a word', 'secret'],
    ['a public key', pem(one.publicKey)],
    ['a key of another kind', pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)],
    ['a path', '/etc/keys/gateway.pem'],
  ])('is not %s, and what was given stands in no message', (_, text) => {
    expect(() => readPrivate(text)).toThrow('KEY: must be an Ed25519 private key: PKCS#8 as PEM or base64');
    expect(() => readPrivate(text)).not.toThrow(text);
  });
});

describe('the gateway’s public keys', () => {
  it.each([
    ['one as PEM', pem(one.publicKey), 1],
    ['one as base64', base64(one.publicKey), 1],
    ['two as PEM, one behind the other', pem(one.publicKey) + pem(other.publicKey), 2],
    ['two as base64', `${base64(one.publicKey)},${base64(other.publicKey)}`, 2],
    ['two, one of each', `${base64(one.publicKey)}, ${pem(other.publicKey)}`, 2],
  ])('may be %s', (_, text, count) => {
    const keys = readPublic(text);
    expect(keys).toHaveLength(count);
    expect(keys[0]?.equals(one.publicKey)).toBe(true);
    if (count === 2) expect(keys[1]?.equals(other.publicKey)).toBe(true);
  });

  it.each([
    ['a private key', pem(one.privateKey)],
    ['nothing but a comma', ','],
    ['a good one and a bad one', `${base64(one.publicKey)},AAAA`],
  ])('are not %s', (_, text) => expect(() => readPublic(text)).toThrow('KEYS: must be Ed25519 public keys'));
});
