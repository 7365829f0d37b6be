import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Identifikationsmerkmale (§ 39 (2) BMG, § 9 BMeldDAV): stand for one entry of a hit list, for 48 hours. */
export interface Marks {
  issue(entry: number): string;
  /** @returns The entry, or `null` for a mark that is too old or not of this register. */
  read(mark: string): number | null;
}

const VALID_MS = 48 * 3_600_000;
const MAGIC = 0x4d4b;

/** Nothing is remembered: a mark is its entry and its time, encrypted as one block. */
export function createMarks(now: () => number = Date.now, key: Buffer = randomBytes(16)): Marks {
  return {
    issue(entry) {
      const block = Buffer.alloc(16);
      block.writeUInt32BE(entry, 0);
      block.writeUIntBE(now(), 4, 6);
      block.writeUInt16BE(MAGIC, 10);
      const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
      return Buffer.concat([cipher.update(block), cipher.final()]).toString('hex');
    },
    read(mark) {
      if (!/^[0-9a-f]{32}$/.test(mark)) return null;
      const decipher = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false);
      const block = Buffer.concat([decipher.update(mark, 'hex'), decipher.final()]);
      const isOurs = block.readUInt16BE(10) === MAGIC && block.readUInt32BE(12) === 0;
      const isFresh = now() - block.readUIntBE(4, 6) <= VALID_MS;
      return isOurs && isFresh ? block.readUInt32BE(0) : null;
    },
  };
}
