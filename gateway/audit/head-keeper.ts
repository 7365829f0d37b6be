import type { KeyObject } from 'node:crypto';
import type { Log } from '../../lib/log.js';
import { writeHeadFile } from './head-file.js';
import type { End } from './segment-writer.js';

export interface HeadKeeperParts {
  readonly path: string;
  readonly signingKey: KeyObject;
  readonly end: () => End;
  readonly log: Log;
  readonly now: () => number;
  /** What else happens on each beat. */
  readonly onBeat: () => void;
}

export interface HeadKeeper {
  /** Whether the head is recent enough for evidence to go on. */
  isKept(): boolean;
  /** Writes it a last time. */
  close(): Promise<void>;
}

const BEAT_MS = 10_000;
/** So long a log may grow without anybody elsewhere knowing how far: then it is as good as none. */
const GRACE_MS = 3_600_000;

/** Writes the head every ten seconds, so that it is never older than a minute, even after a failure or two. */
export function createHeadKeeper({ path, signingKey, end, log, now, onBeat }: HeadKeeperParts): HeadKeeper {
  const since = () => performance.now();
  let keptAt = since();
  let writing: Promise<void> = Promise.resolve();
  const write = async () => {
    try {
      await writeHeadFile(path, { end: end(), signingKey, at: new Date(now()).toISOString() });
      keptAt = since();
    } catch (error) {
      log.error({ code: (error as NodeJS.ErrnoException).code }, 'the head of the audit log cannot be written');
    }
  };
  const beat = () => {
    onBeat();
    writing = writing.then(write);
  };
  const timer = setInterval(beat, BEAT_MS).unref();
  beat();
  return {
    isKept: () => since() - keptAt < GRACE_MS,
    async close() {
      clearInterval(timer);
      writing = writing.then(write);
      await writing;
    },
  };
}
