import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../lib/errors.js';

export type CommitEvent =
  | { readonly type: 'failed'; readonly error: unknown; readonly refused: number }
  | { readonly type: 'recovered'; readonly afterMs: number };

export interface GroupCommitParts<Item> {
  /**
   * Makes items durable, all or none. Never called before the call before has settled.
   *
   * @param signal Fires when nobody waits any more: then it must fail, so that what it did is taken back.
   */
  readonly commit: (items: readonly Item[], signal: AbortSignal) => Promise<void>;
  /**
   * Takes back what a failed commit may have left, and proves that commits succeed again.
   *
   * @param refused Items whose senders were told that they are not durable, since it was called last.
   */
  readonly repair: (refused: number) => Promise<void>;
  readonly onEvent: (event: CommitEvent) => void;
  /** Longest wait for one commit. */
  readonly deadlineMs?: number;
  /** Between two attempts to repair. */
  readonly probeMs?: number;
  /** From the beginning of one commit to that of the next, at least; half as long again while many share one. */
  readonly paceMs?: number;
}

export interface GroupCommit<Item> {
  /** @throws AppError `AUDIT_UNAVAILABLE` */
  append(items: readonly Item[]): Promise<void>;
  isWritable(): boolean;
  /** Waits for what is under way and refuses what comes later. */
  close(): Promise<void>;
}

interface Waiting<Item> {
  readonly items: readonly Item[];
  readonly resolve: () => void;
  readonly reject: (error: AppError) => void;
}

/** So many items in one commit: the rest waits for the next one. */
const MOST_ITEMS = 2000;
/** So many senders in one commit: to have more of them in the next saves the process more than they wait. */
const MANY = 8;
/** So many waiting: a store that is this far behind is not there. */
const MOST_WAITING = 20_000;

/**
 * Items that come while a commit is under way, or so soon after one that it would be the next of many, share the next
 * one: each costs a signature and a turn of the disk. After a pause a commit begins at once.
 */
export function createGroupCommit<Item>(parts: GroupCommitParts<Item>): GroupCommit<Item> {
  const { deadlineMs = 1500, probeMs = 500, paceMs = 4 } = parts;
  let beganAt = Number.NEGATIVE_INFINITY;
  let pauseMs = paceMs;
  let state: 'ready' | 'failing' | 'closed' = 'ready';
  let queue: Waiting<Item>[] = [];
  let work: Promise<void> | null = null;
  let recovery: Promise<void> | null = null;
  const leaving = new AbortController();

  const run = async () => {
    // The requests of one turn of the event loop come together.
    await Promise.resolve();
    while (queue.length > 0 && state !== 'failing') {
      const early = beganAt + pauseMs - performance.now();
      if (early > 0) await delay(early);
      beganAt = performance.now();
      const batch = takeBatch(queue);
      queue = queue.slice(batch.length);
      pauseMs = batch.length < MANY ? paceMs : 1.5 * paceMs;
      const items = batch.flatMap((waiting) => waiting.items);
      const late = new AbortController();
      const commit = parts.commit(items, late.signal);
      const failure = await outcomeOf(commit, deadlineMs);
      if (failure === null) for (const { resolve } of batch) resolve();
      else {
        late.abort(failure);
        fail(batch, { failure, commit });
      }
    }
    work = null;
  };
  const fail = (batch: readonly Waiting<Item>[], { failure, commit }: { failure: Error; commit: Promise<void> }) => {
    const refused = [...batch, ...queue];
    queue = [];
    const count = refused.reduce((sum, { items }) => sum + items.length, 0);
    if (state === 'ready') state = 'failing';
    parts.onEvent({ type: 'failed', error: failure, refused: count });
    for (const { reject } of refused) reject(unavailable(failure));
    if (state === 'failing') recovery = recover(commit, count);
  };
  const recover = async (commit: Promise<void>, refused: number) => {
    const beganAt = performance.now();
    // A disk that hangs may still do what it was asked to: only then can that be taken back.
    await commit.catch(() => undefined);
    let untold = refused;
    while (state === 'failing') {
      try {
        const repair = parts.repair(untold);
        untold = 0;
        await repair;
        if (state === 'failing') state = 'ready';
        parts.onEvent({ type: 'recovered', afterMs: Math.round(performance.now() - beganAt) });
      } catch {
        await delay(probeMs, undefined, { ref: false, signal: leaving.signal }).catch(() => undefined);
      }
    }
  };
  return {
    append(items) {
      if (items.length === 0) return Promise.resolve();
      if (state !== 'ready' || queue.length >= MOST_WAITING) return Promise.reject(unavailable());
      const done = new Promise<void>((resolve, reject) => queue.push({ items, resolve, reject }));
      work ??= run();
      return done;
    },
    isWritable: () => state === 'ready' && queue.length < MOST_WAITING,
    async close() {
      await work;
      state = 'closed';
      leaving.abort();
      await Promise.race([recovery, delay(deadlineMs, undefined, { ref: false })]);
    },
  };
}

const unavailable = (cause?: unknown): AppError => new AppError('AUDIT_UNAVAILABLE', undefined, { cause });

function takeBatch<Item>(queue: readonly Waiting<Item>[]): readonly Waiting<Item>[] {
  let items = 0;
  const end = queue.findIndex((waiting) => {
    items += waiting.items.length;
    return items > MOST_ITEMS;
  });
  return end < 0 ? queue : queue.slice(0, Math.max(end, 1));
}

/** @returns `null` where it succeeded in time. */
async function outcomeOf(commit: Promise<void>, deadlineMs: number): Promise<Error | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Error>((resolve) => {
    timer = setTimeout(() => resolve(new Error(`no commit in ${deadlineMs} ms`)), deadlineMs);
  });
  try {
    return await Promise.race([commit.then(() => null), late]);
  } catch (error) {
    return error as Error;
  } finally {
    clearTimeout(timer);
  }
}
