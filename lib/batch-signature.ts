import { type KeyObject, sign, verify } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { climb, growTree, leafOf } from './hash-tree.js';

/**
 * @returns The text, a point, and what proves it: base64url of signature (64 bytes), size and index (1 each), and path (32
 *   each).
 */
export type SignText = (text: string) => Promise<string>;

/** @returns `null` where the proof holds. @param seconds The time, as in tokens. */
export type VerifyText = (text: string, proof: string, seconds: number) => 'malformed' | 'forged' | null;

const SIGNATURE_BYTES = 64;
const PATH_AT = SIGNATURE_BYTES + 2;
/** Texts under one signature; a path has 6 hashes at most then, a proof 344 characters. */
const MOST_TOGETHER = 64;
/** The texts of a signature arrive at nearly the same time: more need not be remembered. */
const REMEMBERED_SIGNATURES = 1000;

/**
 * Signs all texts of one turn of the event loop at once, with Ed25519 over the root of their tree: a signature costs as
 * much as some thirty hashes.
 */
export function createBatchSigner(key: KeyObject): SignText {
  let waiting: Waiting[] = [];
  const signWaiting = () => {
    const batch = waiting;
    waiting = [];
    if (batch.length > 0) signBatch(batch, key);
  };
  return (text) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(signWaiting);
      waiting.push({ text, resolve, reject });
      if (waiting.length === MOST_TOGETHER) signWaiting();
    });
}

/**
 * No, unless form, place and signature are exactly those of `createBatchSigner`. A signature that held is remembered, so
 * that the other texts under it cost hashes alone.
 *
 * @param keys Several while one takes the place of another.
 * @param rememberedSeconds How long a text can follow the first one of its signature.
 */
export function createBatchVerifier(keys: readonly KeyObject[], rememberedSeconds: number): VerifyText {
  const held = new LRUCache<string, number>({ max: REMEMBERED_SIGNATURES });
  return (text, proof, seconds) => {
    const bytes = Buffer.from(proof, 'base64url');
    // Only one spelling of a proof is right: base64 has several for the same bytes.
    if (bytes.length < PATH_AT || bytes.toString('base64url') !== proof) return 'malformed';
    const [size = 0, index = 0] = bytes.subarray(SIGNATURE_BYTES, PATH_AT);
    if (size > MOST_TOGETHER || index >= size) return 'malformed';
    const root = climb(leafOf(text), { index, size }, bytes.subarray(PATH_AT));
    if (!root) return 'malformed';
    const signature = bytes.subarray(0, SIGNATURE_BYTES);
    const signed = toSigned(size, root);
    const name = `${signed}\n${signature.toString('latin1')}`;
    if (seconds < (held.get(name) ?? Number.NEGATIVE_INFINITY)) return null;
    const bytesSigned = Buffer.from(signed);
    if (!keys.some((key) => verify(null, bytesSigned, key, signature))) return 'forged';
    // One that signs a single text is of no use again.
    if (size > 1) held.set(name, seconds + rememberedSeconds);
    return null;
  };
}

interface Waiting {
  readonly text: string;
  readonly resolve: (proven: string) => void;
  readonly reject: (error: unknown) => void;
}

function signBatch(batch: readonly Waiting[], key: KeyObject): void {
  try {
    const size = batch.length;
    const { root, paths } = growTree(batch.map(({ text }) => leafOf(text)));
    const signature = sign(null, Buffer.from(toSigned(size, root)), key);
    for (const [index, { text, resolve }] of batch.entries()) {
      const proof = Buffer.concat([signature, Buffer.of(size, index), paths[index] as Buffer]);
      resolve(`${text}.${proof.toString('base64url')}`);
    }
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

/** The size is signed too: it says how long paths are. The first line is of no other signature of these keys. */
const toSigned = (size: number, root: Buffer): string =>
  `fachverbund-internal-tokens-1\n${size}\n${root.toString('base64url')}`;
