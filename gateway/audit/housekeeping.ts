import { existsSync } from 'node:fs';
import { expireLog } from '../../lib/audit/expire.js';
import { indexPathOf, writeIndex } from '../../lib/audit/index-file.js';
import { listSegments } from '../../lib/audit/segments.js';
import type { Log } from '../../lib/log.js';

/** What a folder of segments needs besides writing. One thing after the other, in the background. */
export interface Housekeeping {
  /** A segment has been closed: people are found in it by its index from now on. */
  index(path: string): void;
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;

/**
 * Deletes what is due at the start and once a day, and makes indexes that are missing.
 *
 * @param today German date, YYYY-MM-DD.
 */
export function keepHouse(dir: string, today: () => string, log: Log): Housekeeping {
  let work: Promise<void> = Promise.resolve();
  const leaving = new AbortController();
  const queue = (what: string, task: () => Promise<void>) => {
    work = work
      .then(task)
      .catch((error: NodeJS.ErrnoException) => log.error({ code: error.code }, `audit log: ${what}`));
  };
  const expire = () =>
    queue('retention has failed', async () => {
      const { payloads, files } = await expireLog(dir, today(), leaving.signal);
      if (files.length > 0)
        log.info({ payloads, files: files.length }, 'audit log: retention has deleted what was due');
    });
  queue('indexes cannot be made', async () => {
    for (const { path } of (await listSegments(dir)).slice(0, -1))
      if (!leaving.signal.aborted && !existsSync(indexPathOf(path))) await writeIndex(path);
  });
  expire();
  const timer = setInterval(expire, DAY_MS).unref();
  return {
    index: (path) => queue('an index cannot be made', () => writeIndex(path)),
    async close() {
      clearInterval(timer);
      leaving.abort();
      await work;
    },
  };
}
