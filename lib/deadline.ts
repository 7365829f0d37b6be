import { AppError, type ErrorCode } from './errors.js';

export interface Deadline {
  readonly deadlineMs: number;
  /** What the caller is told when time is up. */
  readonly code: ErrorCode;
  /** The wait above this one: when it ends, this one ends with its reason. */
  readonly parent?: AbortSignal | undefined;
}

/**
 * Runs `work` and gives up after `deadlineMs`, whether or not `work` obeys its signal.
 *
 * @throws AppError `code` when time is up, or the reason of `parent` when that ends first.
 */
export async function withDeadline<T>(limit: Deadline, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let end: (reason: unknown) => void = () => undefined;
  const ended = new Promise<never>((_, reject) => {
    end = (reason) => {
      controller.abort(reason);
      reject(reason);
    };
  });
  ended.catch(() => undefined);
  const timer = setTimeout(
    () => end(new AppError(limit.code, `No answer in ${limit.deadlineMs} ms.`)),
    limit.deadlineMs,
  );
  const follow = () => end(limit.parent?.reason);
  if (limit.parent?.aborted) follow();
  limit.parent?.addEventListener('abort', follow, { once: true });
  try {
    return await Promise.race([work(controller.signal), ended]);
  } finally {
    clearTimeout(timer);
    limit.parent?.removeEventListener('abort', follow);
  }
}
