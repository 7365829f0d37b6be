import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import type { Cooperation } from '../cooperation/model.js';
import { type Actor, type RegistryEvent, signedText } from './event.js';

/** DER header of an Ed25519 public key (RFC 8410), before its 32 bytes. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** @returns A new pair: the private key as PKCS #8 PEM, the public one as the cooperation file wants it. */
export function drawKeyPair(): { readonly privatePem: string; readonly publicKey: string } {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    privatePem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    publicKey: publicKeyOf(privateKey),
  };
}

/** @throws Error where the text is not an Ed25519 private key. */
export function readPrivateKey(pem: string): KeyObject {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('This is not an Ed25519 key.');
  return key;
}

/** The 32 bytes in base64. */
export const publicKeyOf = (key: KeyObject): string =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(SPKI_PREFIX.length).toString('base64');

/** Who a private key belongs to under the agreement; a key may be a provider's and the coordinator's only apart. */
export function actorsOf(key: KeyObject, { providers, coordinatorKey }: Cooperation): readonly Actor[] {
  const text = publicKeyOf(key);
  const providing = providers.filter((provider) => provider.key === text).map(({ id }) => `provider:${id}` as const);
  return coordinatorKey === text ? [...providing, 'coordinator'] : providing;
}

export const signEvent = (unsigned: Omit<RegistryEvent, 'signature'>, key: KeyObject): RegistryEvent => ({
  ...unsigned,
  signature: sign(null, Buffer.from(signedText(unsigned)), key).toString('base64'),
});

/** Whether the event was signed by whoever it names, with the key the agreement knows them by. */
export function isSigned(event: RegistryEvent, { providers, coordinatorKey }: Cooperation): boolean {
  const { actor } = event;
  const known = providers.find(({ id }) => actor === `provider:${id}`)?.key ?? null;
  const key = actor === 'coordinator' ? coordinatorKey : known;
  if (key === null) return false;
  const publicKey = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, Buffer.from(key, 'base64')]),
    format: 'der',
    type: 'spki',
  });
  return verify(null, Buffer.from(signedText(event)), publicKey, Buffer.from(event.signature, 'base64'));
}
