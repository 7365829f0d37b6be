import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, jest } from '@jest/globals';
import { ROOT } from '../../scripts/root.js';
import { type Answer, ask } from '../support/ask.js';
import { startAuditedOffice } from '../support/audited-office.js';
import { eventually } from '../support/eventually.js';

/**
 * The whole gateway while its log cannot be written (R17). A disk that the gateway's process sees as broken works on
 * every machine; where this process may mount one, a real one is filled to the last byte as well.
 */
interface BrokenDisk {
  readonly kind: string;
  /** Folder for the log. */
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly nodeArgs: readonly string[];
  spoil(): void;
  mend(): void;
  remove(): void;
}

const GUARD = pathToFileURL(join(ROOT, 'test/support/disk-guard.mjs')).href;
const PERSON = '{ person(ags: "10045114", id: "1") { name dogs { tag } } }';
const PUBLIC = '{ motto tax(input: { ags: "10045114", dogs: 2 }) }';

jest.setTimeout(120_000);

describe.each([
  ['is full', () => seenAs('full')],
  ['is read-only', () => seenAs('read-only')],
  ['takes two seconds for each write', () => seenAs('slow')],
  [
    `is full to its last byte (${canMount() ? 'a real one' : 'none can be mounted here: seen so by the process'})`,
    real,
  ],
])('a disk of the log that %s', (_, make) => {
  it('costs personal data alone, and nobody has to do anything when it is well again', async () => {
    const disk = make();
    const office = await startAuditedOffice(disk.dir);
    const gateway = await office.start(disk.env, disk.nodeArgs);
    const token = await office.issuer.token();
    const read = () => ask(gateway.url, PERSON, { token });
    const calls = () => office.offices.all().reduce((sum, { received }) => sum + received.length, 0);
    try {
      expect(await read()).toMatchObject({ status: 200, errors: [] });
      disk.spoil();
      // The first one may find out; where a page of it still fits, the next one does.
      await eventually(async () => expectRefused(await read()), 30_000);
      const before = calls();
      expectRefused(await read());
      expect(calls()).toBe(before);

      expect(await ask(gateway.url, PUBLIC)).toMatchObject({ status: 200, data: { tax: 200 }, errors: [] });
      expect(await ask(gateway.url, PUBLIC, { token })).toMatchObject({ status: 200, errors: [] });
      for (const path of ['/livez', '/readyz']) expect((await fetch(`${gateway.origin}${path}`)).status).toBe(200);

      disk.mend();
      await eventually(async () => expect(await read()).toMatchObject({ status: 200, errors: [] }), 30_000);
      expect(await gateway.stop()).toBe(0);
      expect(await office.verify()).toMatchObject({ code: 0, stdout: expect.stringContaining('The log is whole.') });
    } finally {
      await gateway.stop();
      await office.close();
      disk.remove();
    }
  });
});

function expectRefused({ status, data, errors, headers, text }: Answer): void {
  expect([status, data]).toEqual([503, null]);
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(['AUDIT_UNAVAILABLE']);
  expect(headers.get('retry-after')).toMatch(/^\d+$/);
  expect(text).not.toMatch(/ENOSPC|EROFS|audit-disk/);
}

function seenAs(kind: 'full' | 'read-only' | 'slow'): BrokenDisk {
  const folder = mkdtempSync(join(tmpdir(), 'fachverbund-audit-disk-'));
  const [dir, state] = [join(folder, 'audit'), join(folder, 'state')];
  return {
    kind,
    dir,
    env: { DISK_DIR: dir, DISK_STATE: state },
    nodeArgs: ['--import', GUARD],
    spoil: () => writeFileSync(state, kind),
    mend: () => rmSync(state),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function real(): BrokenDisk {
  if (!canMount()) return seenAs('full');
  const dir = mkdtempSync(join(tmpdir(), 'fachverbund-audit-disk-'));
  mount(dir);
  const ballast = join(dir, 'ballast');
  return {
    kind: 'real',
    dir,
    env: {},
    nodeArgs: [],
    spoil: () => fill(ballast),
    mend: () => rmSync(ballast),
    remove: () => unmount(dir),
  };
}

function fill(path: string): void {
  for (const bytes of [65_536, 4096, 512, 1])
    try {
      for (;;) appendFileSync(path, Buffer.alloc(bytes));
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' });
    }
}

function mount(dir: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k,mode=700', 'tmpfs', dir], { stdio: 'ignore' });
}

function unmount(dir: string): void {
  execFileSync('umount', [dir], { stdio: 'ignore' });
  rmSync(dir, { recursive: true });
}

/** Asks the system: who may not, finds no `mount`, or has another system, gets an error. */
function canMount(): boolean {
  const dir = mkdtempSync(join(tmpdir(), 'fachverbund-audit-mount-'));
  try {
    mount(dir);
    unmount(dir);
    return true;
  } catch {
    rmSync(dir, { recursive: true, force: true });
    return false;
  }
}
