import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type AuditPlace, createAuditPlace, entryOf, INDEX_KEY } from '../support/audit-log.js';
import { run } from '../support/process.js';

// Processes of their own, on a machine that may be busy.
jest.setTimeout(60_000);

let place: AuditPlace;
beforeEach(() => {
  place = createAuditPlace();
});
afterEach(() => place.remove());

describe('fachverbund audit', () => {
  const cli = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const command = run(['dist/cli/main.js', 'audit', ...args], env);
    const code = await command.ended;
    return { code, out: command.stdout(), err: command.stderr() };
  };
  let officerPath: string;
  let publicPath: string;
  beforeEach(async () => {
    const files = join(place.folder, 'files');
    mkdirSync(files);
    officerPath = join(files, 'officer.pem');
    publicPath = publicKeyFile();
    writeFileSync(officerPath, place.officerKey.export({ format: 'pem', type: 'pkcs8' }));
    writeFileSync(join(files, 'index.key'), `${INDEX_KEY}\n`);
    const store = await place.open({ segmentBytes: 2000 });
    for (const id of ['a', 'b', 'a'])
      await store.append([
        entryOf(id, { fileReference: '=cmd()' }),
        entryOf(id, { controller: '10045112', requestId: 'other' }),
      ]);
    await store.close();
  });

  it('verifies, in words and as JSON', async () => {
    const args = ['verify', '--dir', place.dir, '--head', place.headPath, '--public-key', publicPath];
    expect(await cli(args)).toMatchObject({ code: 0, err: '', out: expect.stringContaining('The log is whole.') });
    const { code, out } = await cli([...args, '--format', 'json']);
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ isSound: true, lines: 7, lastSequence: 7 })]);
  });

  it('says what a verification without head and with the keys beside the log is not worth', async () => {
    cpSync(publicPath, join(place.dir, 'public-key-0123456789abcdef.pem'));
    const { code, err } = await cli(['verify', '--dir', place.dir]);
    expect(code).toBe(0);
    expect(err).toMatch(/replaced them[\s\S]*Without --head/);
  });

  it('names the first bad record and ends with 1', async () => {
    const path = join(place.dir, place.segments()[0] ?? '');
    truncateSync(path, readFileSync(path).length - 10);
    const { code, out } = await cli([
      'verify',
      '--dir',
      place.dir,
      '--head',
      place.headPath,
      '--public-key',
      publicPath,
    ]);
    expect(code).toBe(1);
    expect(out).toMatch(/^The log is NOT whole:\n.*0000000000000001-/);
  });

  it('finds a person with the index key, and shows names with the officer’s key alone', async () => {
    const args = ['search', '--dir', place.dir, '--type', 'Resident', '--key', 'id=a', '--key', 'ags=10045117'];
    const plain = await cli(args, { AUDIT_INDEX_KEY: INDEX_KEY });
    expect([plain.code, plain.out.trim().split('\n').length]).toEqual([0, 4]);
    expect(plain.out).not.toContain('clerk-4711');
    const file = ['--index-key-file', join(place.folder, 'files', 'index.key')];
    const opened = await cli([...args, ...file, '--officer-key', officerPath, '--first', '1']);
    expect(JSON.parse(opened.out)).toMatchObject({ subject: 'clerk-4711', records: [{ key: { id: 'a' } }] });
    expect((await cli(args, { AUDIT_INDEX_KEY: `${INDEX_KEY}!` })).out).toBe('');
  });

  it('finds a person in lines shared with others, item by item, and opens those of its own municipality alone', async () => {
    const shared = createAuditPlace();
    const stranger = generateKeyPairSync('x25519').publicKey;
    const officers = new Map([...shared.keys.officers, ['10045112', stranger] as const]);
    try {
      const store = await shared.open({ keys: { ...shared.keys, officers } });
      const both = ['1', '2'].flatMap((n) => [
        entryOf('a', { requestId: `a${n}` }),
        entryOf('b', { requestId: `b${n}` }),
        entryOf('a', { requestId: `other${n}`, controller: '10045112' }),
      ]);
      await store.append(both);
      await store.close();
      writeFileSync(officerPath, shared.officerKey.export({ format: 'pem', type: 'pkcs8' }));
      const args = ['search', '--dir', shared.dir, '--type', 'Resident', '--key', 'id=a', '--key', 'ags=10045117'];
      const search = async (...more: string[]) => {
        const { out } = await cli([...args, '--officer-key', officerPath, ...more], { AUDIT_INDEX_KEY: INDEX_KEY });
        const found = out.split('\n').filter(Boolean);
        return found.map((line) => JSON.parse(line) as Record<string, unknown>);
      };
      const all = await search();
      expect(all.map(({ sequence, item, requestId, subject }) => [sequence, item, requestId, subject])).toEqual([
        [3, 2, 'other2', undefined],
        [3, 1, 'other1', undefined],
        [2, 3, 'a2', 'clerk-4711'],
        [2, 1, 'a1', 'clerk-4711'],
      ]);
      const idsBefore = async (place: string) => (await search('--before', place)).map(({ requestId }) => requestId);
      expect(await idsBefore('3.2')).toEqual(['other1', 'a2', 'a1']);
      expect(await idsBefore('3')).toEqual(['a2', 'a1']);
      expect(await idsBefore('2.3')).toEqual(['a1']);
      const told = await cli(['export', '--dir', shared.dir, '--controller', '10045117', '--officer-key', officerPath]);
      const exported = told.out.split('\n').filter(Boolean);
      expect(exported.map((line) => (JSON.parse(line) as { requestId: string }).requestId)).toEqual([
        'a1',
        'b1',
        'a2',
        'b2',
      ]);
    } finally {
      await shared.remove();
    }
  });

  it('exports one controller, without formulas', async () => {
    const args = ['export', '--dir', place.dir, '--controller', '10045117', '--officer-key'];
    const { code, out } = await cli([...args, officerPath]);
    const entries = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect([code, entries.length]).toEqual([0, 3]);
    expect(entries[0]).toMatchObject({ controller: '10045117', fileReference: "'=cmd()", subject: 'clerk-4711' });
    const stranger = createAuditPlace();
    writeFileSync(officerPath, stranger.officerKey.export({ format: 'pem', type: 'pkcs8' }));
    await stranger.remove();
    expect(await cli([...args, officerPath])).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('3 accesses'),
    });
  });

  it('deletes what is due, nothing else and nothing twice, and the log is still whole', async () => {
    // Six months, or to the end of the next year, after 2020 are over whenever this runs; those of 2026 go in 2028.
    const old = createAuditPlace();
    try {
      const years = [2020, 2021, new Date().getUTCFullYear()];
      let now = 0;
      const store = await old.open({ now: () => now });
      for (const year of years) {
        now = year === years[2] ? Date.now() : Date.parse(`${year}-05-05T10:00:00.000Z`);
        const at = new Date(now).toISOString();
        for (const register of ['residents', 'vehicles', 'housing-benefit', 'permits'])
          await store.append([entryOf('a', { at, register, requestId: `${register} ${year}` })]);
      }
      await store.close();
      const found = async () => {
        const key = ['--type', 'Resident', '--key', 'id=a', '--key', 'ags=10045117'];
        const { out } = await cli(['search', '--dir', old.dir, ...key], { AUDIT_INDEX_KEY: INDEX_KEY });
        return out
          .trim()
          .split('\n')
          .map((line) => (JSON.parse(line) as { requestId: string }).requestId);
      };
      expect(await found()).toHaveLength(12);
      const expire = async () => JSON.parse((await cli(['expire', '--dir', old.dir, '--format', 'json'])).out);
      expect(await expire()).toEqual({ payloads: 8, files: [expect.any(String), expect.any(String)] });
      expect(await expire()).toEqual({ payloads: 0, files: [] });
      expect((await found()).sort()).toEqual(
        ['housing-benefit', 'permits', 'residents', 'vehicles'].map((register) => `${register} ${years[2]}`),
      );
      expect(old.text()).not.toMatch(/"requestId":"[a-z-]+ 202[01]"/);
      const key = join(place.folder, 'files', 'old.pem');
      writeFileSync(key, old.keys.publicKeys[0]?.export({ format: 'pem', type: 'spki' }) ?? '');
      const verified = await cli(['verify', '--dir', old.dir, '--head', old.headPath, '--public-key', key]);
      expect(verified).toMatchObject({ code: 0, err: '' });
      expect(verified.out).toMatch(/^The log is whole\.\n.*8 payloads deleted by retention, 0 overdue/);
    } finally {
      await old.remove();
    }
  });

  it.each([
    ['no verb', []],
    ['another verb', ['burn']],
    ['no folder', ['verify', '--dir', '/nowhere']],
    ['no key', ['search', '--type', 'Resident', '--key', 'id=a', '--dir', '.']],
    ['no key field', ['search', '--type', 'Resident', '--key', 'a', '--dir', '.']],
    [
      'a number that is none',
      ['search', '--type', 'R', '--key', 'a=b', '--first', 'x', '--index-key-file', 'README.md', '--dir', '.'],
    ],
    [
      'a place that is none',
      ['search', '--type', 'R', '--key', 'a=b', '--before', '1.2.3', '--index-key-file', 'README.md', '--dir', '.'],
    ],
    ['another format', ['verify', '--format', 'xml']],
  ])('ends with 2 for %s', async (_, args) => {
    expect((await cli(args)).code).toBe(2);
  });
});

it('is read by its document alone', async () => {
  const store = await place.open();
  await store.append([entryOf('a'), entryOf('b', { register: 'vehicles' }), entryOf('c', { fileReference: 'Süd' })]);
  await store.close();
  const officerPath = join(place.folder, 'officer.pem');
  writeFileSync(officerPath, place.officerKey.export({ format: 'pem', type: 'pkcs8' }));
  // A second reader, made from docs/audit-format.md and nothing else.
  const reader = run(['test/support/read-audit.mjs', place.dir, publicKeyFile(), place.headPath, officerPath], {});
  await reader.ended;
  const opened = ['a', 'c', 'b'].map((id) => [`request-${id}`, 'clerk-4711', id]);
  expect([reader.stderr(), JSON.parse(reader.stdout())]).toEqual(['', { lines: 3, sound: true, opened }]);
});

function publicKeyFile(): string {
  const path = join(place.folder, 'public.pem');
  writeFileSync(path, place.keys.publicKeys[0]?.export({ format: 'pem', type: 'spki' }) ?? '');
  return path;
}
