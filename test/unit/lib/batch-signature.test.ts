import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createBatchSigner, createBatchVerifier } from '../../../lib/batch-signature.js';

const keyPair = () => generateKeyPairSync('ed25519');
const { privateKey, publicKey } = keyPair();
const NOW = 1000;
const SIGNATURE_BYTES = 64;

/** Signed in one turn; the text and its proof. */
const signAll = async (texts: readonly string[], key = privateKey) => {
  const sign = createBatchSigner(key);
  const all = await Promise.all(texts.map(sign));
  return all.map((each): [string, string] => [each.slice(0, each.indexOf('.')), each.slice(each.indexOf('.') + 1)]);
};
const verifier = () => createBatchVerifier([publicKey], 60);
const named = (size: number) => Array.from({ length: size }, (_, index) => `text ${index}`);
const open = (proof: string) => Buffer.from(proof, 'base64url');
const signatureOf = (proof: string) => open(proof).subarray(0, SIGNATURE_BYTES).toString('hex');
/** The proof with something done to its bytes. */
const change = (proof: string, edit: (bytes: Buffer) => Buffer) => edit(Buffer.from(open(proof))).toString('base64url');
const put = (at: number, value: number) => (bytes: Buffer) => {
  bytes[at] = value;
  return bytes;
};

describe('signatures over all texts of a turn', () => {
  it.each([1, 2, 3, 16, 64])('prove each of %i with one signature', async (size) => {
    const verify = verifier();
    const all = await signAll(named(size));
    expect(all.map(([text, proof]) => [text, verify(text, proof, NOW)])).toEqual(
      named(size).map((text) => [text, null]),
    );
    expect(new Set(all.map(([, proof]) => signatureOf(proof))).size).toBe(1);
    // What is there is exactly what is needed: 64 are 6 levels.
    expect(open(all[0]?.[1] as string)).toHaveLength(66 + 32 * Math.ceil(Math.log2(size)));
  });

  it('are of 64 texts at most, and of one turn each', async () => {
    const sign = createBatchSigner(privateKey);
    const many = await Promise.all(named(130).map(sign));
    const sizes = many.map((each) => open(each.slice(each.indexOf('.') + 1))[SIGNATURE_BYTES]);
    expect([64, 2].map((size) => sizes.filter((each) => each === size).length)).toEqual([128, 2]);
    const later = await sign('later');
    expect(open(later.slice(later.indexOf('.') + 1))[SIGNATURE_BYTES]).toBe(1);
  });

  it('say where there is no key to sign with', async () => {
    const sign = createBatchSigner(publicKey);
    expect((await Promise.allSettled([sign('a'), sign('b')])).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
  });

  describe.each([
    ['at once', false],
    ['when the signature is known already', true],
  ])('refuse %s', (_, isKnown) => {
    const judge = async (edit: (proof: string, others: readonly string[]) => string, text = 'text 2') => {
      const verify = verifier();
      const all = await signAll(named(5));
      if (isKnown) expect(verify(...(all[0] as [string, string]), NOW)).toBeNull();
      const proof = edit(
        all[2]?.[1] as string,
        all.map(([, each]) => each),
      );
      return verify(text, proof, NOW);
    };
    it.each<[string, (proof: string, others: readonly string[]) => string, string]>([
      ['the place of another', (proof) => change(proof, put(65, 3)), 'forged'],
      ['a place outside', (proof) => change(proof, put(65, 5)), 'malformed'],
      ['a place far outside', (proof) => change(proof, put(65, 255)), 'malformed'],
      ['the place with a shorter path', (proof) => change(proof, put(65, 4)), 'malformed'],
      ['another size with paths as long', (proof) => change(proof, put(64, 6)), 'forged'],
      ['a size with longer paths', (proof) => change(proof, put(64, 9)), 'malformed'],
      ['no size', (proof) => change(proof, put(64, 0)), 'malformed'],
      ['a size that nobody signs', (proof) => change(proof, put(64, 65)), 'malformed'],
      ['another signature', (proof) => change(proof, put(0, (open(proof)[0] as number) ^ 1)), 'forged'],
      ['another path', (proof) => change(proof, put(70, (open(proof)[70] as number) ^ 1)), 'forged'],
      ['a path cut short', (proof) => change(proof, (bytes) => bytes.subarray(0, -1)), 'malformed'],
      ['a path without its end', (proof) => change(proof, (bytes) => bytes.subarray(0, -32)), 'malformed'],
      [
        'a path that goes on',
        (proof) => change(proof, (bytes) => Buffer.concat([bytes, bytes.subarray(-32)])),
        'malformed',
      ],
      ['no path', (proof) => change(proof, (bytes) => bytes.subarray(0, 66)), 'malformed'],
      ['a signature alone', (proof) => change(proof, (bytes) => bytes.subarray(0, 64)), 'malformed'],
      ['the proof of another text', (_proof, others) => others[1] as string, 'forged'],
      ['another spelling', (proof) => `${proof}=`, 'malformed'],
      ['nothing', () => '', 'malformed'],
    ])('%s', async (_name, edit, reason) => expect(await judge(edit)).toBe(reason));

    it('another text', async () => expect(await judge((proof) => proof, 'text 9')).toBe('forged'));
    it('the proof of another text for all places', async () => {
      for (let index = 0; index < 5; index++)
        expect(await judge((_, others) => change(others[1] as string, put(65, index)))).not.toBeNull();
    });
  });

  it('refuse the path of another batch, and the signature of one', async () => {
    const verify = verifier();
    const [first, second] = [await signAll(named(4)), await signAll(['a', 'b', 'c', 'd'])];
    const [[text, proof], [, other]] = [first[0], second[0]] as [[string, string], [string, string]];
    const [own, foreign] = [open(proof), open(other)];
    const mixed = [
      Buffer.concat([own.subarray(0, 66), foreign.subarray(66)]),
      Buffer.concat([foreign.subarray(0, 66), own.subarray(66)]),
    ];
    for (let round = 0; round < 2; round++) {
      expect(mixed.map((bytes) => verify(text, bytes.toString('base64url'), NOW))).toEqual(['forged', 'forged']);
      expect([verify(text, proof, NOW), verify('a', other, NOW)]).toEqual([null, null]);
    }
  });

  it('are believed by either of two keys, and of no third', async () => {
    const [next, stranger] = [keyPair(), keyPair()];
    const verify = createBatchVerifier([next.publicKey, publicKey], 60);
    for (const [key, expected] of [
      [privateKey, null],
      [next.privateKey, null],
      [stranger.privateKey, 'forged'],
    ] as const)
      expect((await signAll(named(2), key)).map(([text, proof]) => verify(text, proof, NOW))).toEqual([
        expected,
        expected,
      ]);
  });

  it('are judged once for all texts under them, and anew when their time is over', async () => {
    const keys = [publicKey];
    const verify = createBatchVerifier(keys, 60);
    const all = await signAll(named(3));
    const [[alone, aloneProof]] = (await signAll(['alone'])) as [[string, string]];
    expect([verify(...(all[0] as [string, string]), NOW), verify(alone, aloneProof, NOW)]).toEqual([null, null]);
    keys.length = 0;
    const judgeAt = (seconds: number) => all.map(([text, proof]) => verify(text, proof, seconds));
    expect(judgeAt(NOW + 59)).toEqual([null, null, null]);
    expect(verify(alone, aloneProof, NOW)).toBe('forged');
    expect(judgeAt(NOW + 60)).toEqual(['forged', 'forged', 'forged']);
  });
});
