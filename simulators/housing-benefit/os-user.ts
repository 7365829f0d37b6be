import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ATTEMPTS = 50;
const PAUSE_MS = 100;

/**
 * Finds the user of this name and makes one where there is none, for a server that refuses to run as root. Two simulators that
 * start side by side on a fresh machine both find none and get into each other's way: whoever fails looks again.
 *
 * @throws Error with what the system said when there is no such user after five seconds.
 */
export async function findUser(name: string): Promise<{ readonly uid: number; readonly gid: number }> {
  let reason: unknown;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      const [uid, gid] = await Promise.all(['-u', '-g'].map((option) => run('id', [option, name])));
      return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
    } catch {
      reason = await addUser(name);
    }
    if (reason !== null) await delay(PAUSE_MS);
  }
  throw new Error(`There is no user ${name}, and none could be made.`, { cause: reason });
}

/** @returns What went wrong, or `null`. */
async function addUser(name: string): Promise<unknown> {
  try {
    await run('groupadd', ['--force', '--system', name]);
    await run('useradd', ['--system', '--no-create-home', '--gid', name, name]);
    return null;
  } catch (error) {
    return error;
  }
}
