import { createPublicKey } from 'node:crypto';
import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Disk, disk } from '../../gateway/audit/disk.js';
import { createAuditStore } from '../../gateway/audit/open-audit.js';
import { verifyLog } from '../../lib/audit/verify.js';
import { createLog } from '../../lib/log.js';
import { type AuditPlace, createAuditPlace, entryOf } from '../support/audit-log.js';
import { eventually } from '../support/eventually.js';
import { run } from '../support/process.js';

// Processes of their own, on a machine that may be busy.
jest.setTimeout(60_000);

let place: AuditPlace;
beforeEach(() => {
  place = createAuditPlace();
});
afterEach(() => place.remove());

const UNAVAILABLE = { extensions: { code: 'AUDIT_UNAVAILABLE' } };

describe('the file store', () => {
  it('writes what comes together in one commit, in the order given', async () => {
    const store = await place.open();
    await Promise.all(['a', 'b', 'c'].map((id) => store.append([entryOf(`${id}1`), entryOf(`${id}2`)])));
    const lines = place.text().trim().split('\n');
    const ids = lines.map((line) => [...line.matchAll(/"requestId":"request-(\w+)"/g)].map(([, id]) => id));
    // The note at the start, and one line for all.
    expect(ids).toEqual([[], ['a1', 'a2', 'b1', 'b2', 'c1', 'c2']]);
    expect(lines.filter((line) => line.includes('"signed":true')).length).toBe(2);
  });

  it('goes on where it stopped, with a chain and a head that verify', async () => {
    for (const id of ['a', 'b', 'c']) {
      const store = await place.open();
      await store.append([entryOf(id)]);
      await store.close();
    }
    expect(await place.verify()).toMatchObject({ isSound: true, lines: 6, lastSequence: 6, head: { sequence: 6 } });
  });

  it('lets one process write to a folder', async () => {
    await place.open();
    await expect(place.open()).rejects.toThrow('AUDIT_DIR');
  });

  it('cuts off a commit that never finished, keeps it aside and says so', async () => {
    const store = await place.open();
    await store.append([entryOf('a')]);
    await store.close();
    const [name = ''] = place.segments();
    const unsigned = place.text().split('\n')[1]?.replace('"signed":true', '"signed":false') ?? '';
    appendFileSync(join(place.dir, name), `${unsigned}\n${unsigned.slice(0, 40)}`);
    const again = await place.open();
    await again.append([entryOf('b')]);
    await again.close();
    expect(await place.verify()).toMatchObject({ isSound: true, lines: 5 });
    expect(place.text()).toContain('"note":"repaired"');
    const torn = readdirSync(place.dir).filter((file) => file.startsWith('torn-'));
    expect(torn.map((file) => readFileSync(join(place.dir, file), 'latin1'))).toEqual([
      `${unsigned}\n${unsigned.slice(0, 40)}`,
    ]);
  });

  it('says for ever that it was cut off or replaced by an older copy', async () => {
    const first = await place.open();
    await first.append([entryOf('a')]);
    await first.close();
    const backup = join(place.folder, 'backup');
    cpSync(place.dir, backup, { recursive: true });
    const second = await place.open();
    await second.append([entryOf('b')]);
    await second.close();
    rmSync(place.dir, { recursive: true });
    cpSync(backup, place.dir, { recursive: true });
    expect((await place.verify()).findings).toMatchObject([{ problem: 'behind-head', sequence: 2 }]);
    const restored = await place.open();
    await restored.append([entryOf('c')]);
    await restored.close();
    expect((await place.verify()).findings).toMatchObject([{ problem: 'restored', sequence: 3 }]);
  });

  it('does not go on with a log that somebody else has signed', async () => {
    const store = await place.open();
    await store.close();
    const stranger = createAuditPlace();
    await expect(place.open({ keys: stranger.keys })).rejects.toThrow('AUDIT_SIGNING_KEY');
    await stranger.remove();
    expect((await place.verify()).isSound).toBe(true);
  });

  it('counts on although the clock goes back, and begins a segment with each month', async () => {
    let now = Date.parse('2026-03-31T21:59:00.000Z');
    const store = await place.open({ now: () => now });
    await store.append([entryOf('a')]);
    now += 120_000;
    await store.append([entryOf('b')]);
    now -= 7_200_000;
    await store.append([entryOf('c')]);
    await store.close();
    expect(place.segments().map((name) => name.slice(13, 24))).toEqual(['001-2026-03', '003-2026-04', '004-2026-03']);
    expect(await place.verify()).toMatchObject({ isSound: true, lines: 4 });
  });

  it('refuses what no officer could read', async () => {
    const store = await place.open({ keys: { ...place.keys, officers: new Map() } });
    await expect(store.append([entryOf('a')])).rejects.toMatchObject(UNAVAILABLE);
    expect(store.isWritable()).toBe(true);
  });

  it('and nothing else of the same commit: all of one request, none of another', async () => {
    const [key] = place.keys.officers.values();
    const store = await place.open({ keys: { ...place.keys, officers: new Map(key && [['10045*', key]]) } });
    const [first, refused, last] = await Promise.allSettled([
      store.append([entryOf('a')]),
      store.append([entryOf('b'), entryOf('c', { controller: '05162024' })]),
      store.append([entryOf('d')]),
    ]);
    expect([first, last]).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }]);
    expect(refused).toMatchObject({ reason: UNAVAILABLE });
    const lines = place.text().trim().split('\n');
    expect(lines).toHaveLength(2);
    expect([...(lines[1] ?? '').matchAll(/"requestId":"request-(\w+)"/g)].map(([, id]) => id)).toEqual(['a', 'd']);
  });
});

describe('a disk', () => {
  /** A disk whose writes take a part and then fail, or wait, while `fault` says so. */
  const faulty = (fault: { now: 'none' | 'full' | 'read-only' | 'slow' }): Disk => ({
    async open(path, dir) {
      const refuse = (code: string) => Object.assign(new Error(code), { code });
      if (fault.now === 'read-only') throw refuse('EROFS');
      const file = await disk.open(path, dir);
      return {
        ...file,
        async write(bytes, at) {
          if (fault.now === 'read-only') throw refuse('EROFS');
          if (fault.now === 'full') {
            await file.write(bytes.subarray(0, bytes.length >> 1), at);
            throw refuse('ENOSPC');
          }
          if (fault.now === 'slow') await eventually(() => expect(fault.now).toBe('none'), 20_000);
          await file.write(bytes, at);
        },
      };
    },
  });

  it.each(['full', 'read-only', 'slow'] as const)('that is %s stops it, and it goes on by itself', async (kind) => {
    const fault: Parameters<typeof faulty>[0] = { now: 'none' };
    const store = await place.open({ disk: faulty(fault), deadlineMs: 100 });
    await store.append([entryOf('before')]);
    fault.now = kind;
    const refused = await Promise.allSettled(['x', 'y'].map((id) => store.append([entryOf(id)])));
    expect(refused).toMatchObject([{ reason: UNAVAILABLE }, { reason: UNAVAILABLE }]);
    expect(store.isWritable()).toBe(false);
    await expect(store.append([entryOf('z')])).rejects.toMatchObject(UNAVAILABLE);
    fault.now = 'none';
    await eventually(() => expect(store.isWritable()).toBe(true));
    await store.append([entryOf('after')]);
    await store.close();
    expect(await place.verify()).toMatchObject({ isSound: true });
    const ids = [...place.text().matchAll(/"requestId":"request-(\w+)"/g)].map(([, id]) => id);
    expect(ids).toEqual(['before', 'after']);
    expect(place.text()).toContain('"note":"interrupted"');
    expect(place.said).toContain('audit log: writable again');
  });

  it('that is full when it begins does not keep it from beginning', async () => {
    const fault: Parameters<typeof faulty>[0] = { now: 'full' };
    const store = await place.open({ disk: faulty(fault) });
    expect(store.isWritable()).toBe(false);
    fault.now = 'none';
    await eventually(() => expect(store.isWritable()).toBe(true));
    await store.append([entryOf('a')]);
    await store.close();
    expect(await place.verify()).toMatchObject({ isSound: true });
    expect(place.text()).toContain('"note":"opened"');
  });
});

describe('a process that is killed twenty times', () => {
  it('has kept all it acknowledged', async () => {
    const acknowledged: string[] = [];
    const settings = { dir: place.dir, head: place.headPath };
    for (let round = 0; round < 20; round += 1) {
      const writer = run(['test/support/audit-writer.mjs', settings.dir, settings.head, `r${round}`], {});
      const enough = 1 + ((round * 7919) % 60);
      await eventually(
        () => expect([writer.stderr(), writer.stdout().split('\n').length > enough]).toEqual(['', true]),
        20_000,
      );
      writer.kill('SIGKILL');
      await writer.ended;
      acknowledged.push(...writer.stdout().split('\n').slice(0, -1));
    }
    const last = await createAuditStore(
      { HOST: '127.0.0.1', AUDIT: 'on', AUDIT_DIR: place.dir, AUDIT_HEAD_PATH: place.headPath },
      createLog('test', 'silent'),
    );
    await last.close();
    const ids = new Set([...place.text().matchAll(/"requestId":"([\w-]+)"/g)].map(([, id]) => id));
    expect(acknowledged.length).toBeGreaterThan(300);
    expect(acknowledged.filter((id) => !ids.has(id) || !ids.has(`${id}-second`))).toEqual([]);
    const keys = readdirSync(place.dir).filter((name) => name.startsWith('public-key-'));
    const result = await verifyLog({
      dir: place.dir,
      publicKeys: keys.map((name) => createPublicKey(readFileSync(join(place.dir, name)))),
      head: readFileSync(place.headPath, 'utf8'),
      today: '2026-04-01',
      isLive: false,
    });
    expect(result.findings).toEqual([]);
    // All or none of what was given together.
    const halves = [...ids].filter((id) => id !== undefined && !id.endsWith('-second') && !ids.has(`${id}-second`));
    expect(halves).toEqual([]);
  }, 120_000);
});
