import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** One process writes to a folder: two would make two chains. */
export interface Lock {
  /**
   * Says that the process is there.
   *
   * @throws Error where somebody else has taken the folder over.
   */
  renew(): void;
  release(): void;
}

interface Holder {
  readonly id: string;
  readonly pid: number;
  /** When that process began, in ticks since the start of the machine; `null` where the system does not say. */
  readonly began: string | null;
  readonly host: string;
}

/** Held by whoever writes, and by whoever deletes what is due. */
export type LockName = 'lock' | 'expire.lock';
/** A holder on another machine that has not renewed for so long is gone. */
const STALE_MS = 60_000;

/**
 * Takes the lock of a folder, and takes it over from a process that is gone.
 *
 * @throws Error where another process holds it.
 */
export function takeLock(dir: string, name: LockName = 'lock'): Lock {
  const path = join(dir, name);
  const holder: Holder = { id: randomUUID(), pid: process.pid, began: beginOf(process.pid), host: hostname() };
  if (!tryTake(path, holder)) {
    removeStale(path);
    if (!tryTake(path, holder)) throw inUse();
  }
  const isOurs = () => readHolder(path)?.id === holder.id;
  return {
    renew() {
      if (!isOurs()) throw new Error('Another process has taken over the audit log.');
      const now = new Date();
      utimesSync(path, now, now);
    },
    release() {
      if (isOurs()) rmSync(path);
    },
  };
}

/** Whether a process that is alive writes to the folder, as far as can be told from here. */
export function isLocked(dir: string): boolean {
  const path = join(dir, 'lock');
  const holder = readHolder(path);
  return holder !== null && isAlive(path, holder);
}

const inUse = () =>
  new Error('AUDIT_DIR: another process is at this audit log; each gateway needs a folder of its own');

/** By linking a finished file: a lock is never seen half-written. */
function tryTake(path: string, holder: Holder): boolean {
  const draft = `${path}.${holder.id}`;
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}

function removeStale(path: string): void {
  const seen = readHolder(path);
  if (seen !== null && isAlive(path, seen)) throw inUse();
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return; // Somebody else has removed it.
  }
  // Two may have found it stale at once: then one of them holds what the other has just moved away.
  if (readHolder(aside)?.id !== seen?.id) renameSync(aside, path);
  else rmSync(aside);
}

function isAlive(path: string, { pid, began, host }: Holder): boolean {
  if (host !== hostname()) return Date.now() - statSync(path).mtimeMs < STALE_MS;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // A number is used again, after the start of a container always the same one.
  return began === null || beginOf(pid) === began;
}

function readHolder(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

/** @returns `null` where the system does not say; never the same for a process that has ended and is not buried yet. */
function beginOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Fields 3 (state) and 22; the name in field 2 may hold anything, brackets too.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return /^[ZX]$/.test(fields[0] ?? '') ? 'ended' : (fields[19] ?? null);
  } catch {
    return null;
  }
}
