import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { isLocked, takeLock } from '../../../../lib/audit/lock.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fachverbund-lock-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const holder = (change: object) => ({ ...(JSON.parse(readFileSync(join(dir, 'lock'), 'utf8')) as object), ...change });
const write = (change: object) => writeFileSync(join(dir, 'lock'), JSON.stringify(holder(change)));

it('is held by one, until it is given back', () => {
  const lock = takeLock(dir);
  expect(isLocked(dir)).toBe(true);
  expect(() => takeLock(dir)).toThrow('AUDIT_DIR');
  lock.release();
  expect(isLocked(dir)).toBe(false);
  takeLock(dir).release();
  expect(readdirSync(dir)).toEqual([]);
});

it.each([
  ['a process that is gone', { pid: spawnSync(process.execPath, ['-e', '']).pid }],
  ['a process whose number somebody else has now', { began: '1' }],
])('is taken over from %s', (_, change) => {
  takeLock(dir);
  write(change);
  expect(isLocked(dir)).toBe(false);
  takeLock(dir);
  expect(isLocked(dir)).toBe(true);
});

it('is taken over from another machine after a minute without a sign of it', () => {
  takeLock(dir);
  write({ host: `not-${hostname()}` });
  expect(() => takeLock(dir)).toThrow('AUDIT_DIR');
  const past = new Date(Date.now() - 61_000);
  utimesSync(join(dir, 'lock'), past, past);
  takeLock(dir);
});

it('is not renewed, and not taken away, by whoever has lost it', () => {
  const lost = takeLock(dir);
  write({ began: '1' });
  const now = takeLock(dir);
  expect(() => lost.renew()).toThrow();
  lost.release();
  now.renew();
  expect(isLocked(dir)).toBe(true);
});

it('of one kind is not in the way of another', () => {
  takeLock(dir);
  takeLock(dir, 'expire.lock').release();
});
