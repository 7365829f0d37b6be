import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { climb, growTree, HASH_BYTES, leafOf } from '../../../lib/hash-tree.js';

const leaves = (size: number) => Array.from({ length: size }, (_, index) => leafOf(`leaf ${index}`));
const ONE = [1, 2, 3, 4, 5, 7, 8, 33, 64];

/** The root as RFC 6962 defines it, from above. */
function rootOf(texts: readonly string[]): Buffer {
  const sha = (...parts: (string | Buffer)[]) =>
    createHash('sha256')
      .update(Buffer.concat(parts.map(toBytes)))
      .digest();
  const toBytes = (part: string | Buffer) => Buffer.from(part as string);
  if (texts.length === 1) return sha('\0', texts[0] as string);
  let split = 1;
  while (split * 2 < texts.length) split *= 2;
  return sha('\x01', rootOf(texts.slice(0, split)), rootOf(texts.slice(split)));
}

describe('a hash tree', () => {
  it.each(ONE)('over %i has the root of RFC 6962, and a path from each leaf to it', (size) => {
    const all = leaves(size);
    const { root, paths } = growTree(all);
    expect(root).toEqual(rootOf(all.map((_, index) => `leaf ${index}`)));
    for (const [index, leaf] of all.entries())
      expect(climb(leaf, { index, size }, paths[index] as Buffer)).toEqual(root);
  });

  it.each(ONE)('over %i has no other way to its root', (size) => {
    const all = leaves(size);
    const { root, paths } = growTree(all);
    const arrives = (leaf: Buffer, index: number, path: Buffer) => climb(leaf, { index, size }, path)?.equals(root);
    for (const [index, leaf] of all.entries()) {
      const path = paths[index] as Buffer;
      for (let other = 0; other < size; other++) {
        if (other === index) continue;
        expect(arrives(leaf, other, path)).not.toBe(true);
        expect(arrives(leaf, index, paths[other] as Buffer)).not.toBe(true);
        expect(arrives(leaf, other, paths[other] as Buffer)).not.toBe(true);
      }
      if (size > 1) expect(climb(leaf, { index, size }, path.subarray(0, -1))).toBeNull();
      expect(climb(leaf, { index, size }, Buffer.concat([path, Buffer.alloc(HASH_BYTES)]))).toBeNull();
      for (let at = 0; at < path.length; at += 7) {
        const changed = Buffer.from(path);
        changed[at] = (changed[at] as number) ^ 1;
        expect(arrives(leaf, index, changed)).toBe(false);
      }
    }
  });

  it('takes no node for a leaf', () => {
    const [one, other] = leaves(2) as [Buffer, Buffer];
    const text = `\x01${one.toString('latin1')}${other.toString('latin1')}`;
    expect(leafOf(text).equals(growTree([one, other]).root)).toBe(false);
  });
});
