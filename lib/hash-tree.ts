import { hash } from 'node:crypto';

/** Length of the hash of a leaf, a node or a root. */
export const HASH_BYTES = 32;

/** Where a leaf stands: the how many-th, from 0, of how many. */
export interface Place {
  readonly index: number;
  readonly size: number;
}

/** @param text Any; a leaf and a node are never the same, whatever the text. @see RFC 6962, section 2.1 */
export const leafOf = (text: string): Buffer => hash('sha256', `\0${text}`, 'buffer');

export interface Tree {
  readonly root: Buffer;
  /** For each leaf, in their order: its siblings on the way up, one behind the other. */
  readonly paths: readonly Buffer[];
}

/** The tree of RFC 6962 over one leaf or more. */
export function growTree(leaves: readonly Buffer[]): Tree {
  const paths: Buffer[][] = leaves.map(() => []);
  let level = leaves;
  for (let height = 0; level.length > 1; height++) {
    for (const [index, path] of paths.entries()) {
      const sibling = level[(index >> height) ^ 1];
      if (sibling) path.push(sibling);
    }
    level = levelAbove(level);
  }
  const [root] = level;
  if (!root) throw new TypeError('A tree has a leaf.');
  return { root, paths: paths.map((path) => Buffer.concat(path)) };
}

/** Goes from a leaf to the root. @returns `null` where the path is not exactly as long as the place says. */
export function climb(leaf: Buffer, { index, size }: Place, path: Buffer): Buffer | null {
  let node = leaf;
  let used = 0;
  for (let at = index, last = size - 1; last > 0; at >>= 1, last >>= 1) {
    const isRight = at % 2 === 1;
    // The last one of a level without a sibling goes up as it is.
    if (!isRight && at === last) continue;
    const sibling = path.subarray(used, used + HASH_BYTES);
    if (sibling.length < HASH_BYTES) return null;
    used += HASH_BYTES;
    node = isRight ? nodeOf(sibling, node) : nodeOf(node, sibling);
  }
  return used === path.length ? node : null;
}

function levelAbove(level: readonly Buffer[]): Buffer[] {
  const above: Buffer[] = [];
  for (let index = 0; index < level.length; index += 2) {
    const [left, right] = [level[index] as Buffer, level[index + 1]];
    above.push(right ? nodeOf(left, right) : left);
  }
  return above;
}

const NODE = Buffer.from([1]);
const nodeOf = (left: Buffer, right: Buffer): Buffer => hash('sha256', Buffer.concat([NODE, left, right]), 'buffer');
