import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { FixedWidthError } from './columns.js';

/** Between two looks at the file. */
const LOOK_EVERY_MS = 100;

/**
 * Calls `takeOver` at once and each time the file has changed. A change counts when two looks have seen the file alike:
 * nobody is writing it any more.
 *
 * @param takeOver Must not throw.
 * @returns When the first `takeOver` is done. `ended` is settled once `signal` has ended and no call is under way.
 */
export async function followFile(
  path: string,
  signal: AbortSignal,
  takeOver: () => Promise<void>,
): Promise<{ readonly ended: Promise<void> }> {
  const seen = await readVersion(path);
  await takeOver();
  return { ended: follow({ path, seen, signal }, takeOver) };
}

async function follow(
  { path, seen, signal }: { path: string; seen: string; signal: AbortSignal },
  takeOver: () => Promise<void>,
): Promise<void> {
  let taken = seen;
  let last = seen;
  while (!signal.aborted) {
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    const version = await readVersion(path);
    if (version === last && version !== taken && !signal.aborted) {
      taken = version;
      await takeOver();
    }
    last = version;
  }
}

/** What changes when the file is replaced, written or removed. */
async function readVersion(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs, ctimeMs } = await stat(path);
    return [ino, size, mtimeMs, ctimeMs].join(' ');
  } catch (error) {
    return toReason(error);
  }
}

/** Our own message, or the system's code: its messages hold paths. */
export const toReason = (error: unknown): string =>
  error instanceof FixedWidthError ? error.message : ((error as NodeJS.ErrnoException).code ?? String(error));
