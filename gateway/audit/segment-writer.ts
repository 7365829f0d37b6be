import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { chainCommit, type Draft, formatChained } from '../../lib/audit/line.js';
import { nameSegment } from '../../lib/audit/segments.js';
import { signLine } from '../../lib/audit/signing.js';
import type { Disk, DiskFile } from './disk.js';
import type { Tail } from './tail.js';

export interface SegmentWriterParts {
  readonly dir: string;
  readonly tail: Tail;
  readonly signingKey: KeyObject;
  readonly disk: Disk;
  /** German date, YYYY-MM-DD. */
  readonly today: () => string;
  /** A segment that has got this long is closed. */
  readonly segmentBytes: number;
  /** Called with the path of each segment that is closed. */
  readonly onClosed: (path: string) => void;
}

/** The end of the log: what is durable. */
export interface End {
  readonly sequence: number;
  /** `null`: the log is empty. */
  readonly hash: string | null;
}

export interface SegmentWriter {
  /** Chains the drafts, signs the last one and makes them durable in one write. */
  commit(drafts: readonly Draft[], signal?: AbortSignal): Promise<void>;
  /** Takes back what a commit that failed has left, and proves that there is room again. */
  repair(): Promise<void>;
  end(): End;
  close(): Promise<void>;
}

interface Active {
  readonly path: string;
  readonly month: string;
  file: DiskFile | null;
  /** Length up to the end of the last commit. */
  bytes: number;
}

/** Room there must be before the log counts as writable again: the last block of a file has some on a full disk too. */
const PROBE = Buffer.alloc(65_536);

/** Writes the segments of one folder. Its calls must not overlap. */
export function createSegmentWriter(parts: SegmentWriterParts): SegmentWriter {
  const { dir, tail, disk } = parts;
  let { sequence, hash, link } = tail;
  let active: Active | null = tail.segment && {
    path: tail.segment.path,
    month: tail.segment.name.slice(17, 24),
    file: null,
    bytes: tail.bytes,
  };
  const sign = (number: number, text: string) => signLine(parts.signingKey, number, text);

  const chooseSegment = async (): Promise<Active & { file: DiskFile }> => {
    const month = parts.today().slice(0, 7);
    const isOver =
      active !== null && active.bytes > 0 && (active.month !== month || active.bytes >= parts.segmentBytes);
    if (active === null || isOver) {
      const path = join(dir, nameSegment(sequence + 1, month));
      const next = { path, month, file: await disk.open(path, dir), bytes: 0 };
      const closed = active;
      active = next;
      // Everything in it is durable already.
      await closed?.file?.close().catch(() => undefined);
      if (closed) parts.onClosed(closed.path);
      return next;
    }
    const { file = null } = active;
    return Object.assign(active, { file: file ?? (await disk.open(active.path, dir)) });
  };
  return {
    async commit(drafts, signal) {
      const segment = await chooseSegment();
      const lines = chainCommit(drafts, { sequence, link }, sign);
      // One string and one buffer for all of them.
      const bytes = Buffer.from(lines.map((line) => `${formatChained(line)}\n`).join(''), 'latin1');
      await segment.file.write(bytes, segment.bytes);
      signal?.throwIfAborted();
      segment.bytes += bytes.length;
      ({ sequence, hash, link } = lines.at(-1) ?? { sequence, hash, link });
    },
    async repair() {
      const probe = await disk.open(join(dir, 'probe'), dir);
      try {
        await probe.write(PROBE, 0);
        await probe.truncate(0);
      } finally {
        await probe.close();
      }
      if (active === null) return;
      await active.file?.close().catch(() => undefined);
      active.file = null;
      const file = await disk.open(active.path, dir);
      active.file = file;
      await file.truncate(active.bytes);
    },
    end: () => ({ sequence, hash }),
    async close() {
      await active?.file?.close();
    },
  };
}
