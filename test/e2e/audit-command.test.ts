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
      err: expect.stringContaining('3 records'),
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
    ['another format', ['verify', '--format', 'xml']],
  ])('ends with 2 for %s', async (_, args) => {
    expect((await cli(args)).code).toBe(2);
  });
});

it('is read by its document alone', async () => {
  const store = await place.open();
  await store.append([entryOf('a')]);
  await store.close();
  // A second reader, made from docs/audit-format.md and nothing else.
  const reader = run(['test/support/read-audit.mjs', place.dir, publicKeyFile(), place.headPath], {});
  await reader.ended;
  expect([reader.stderr(), JSON.parse(reader.stdout())]).toEqual(['', { lines: 2, sound: true }]);
});

function publicKeyFile(): string {
  const path = join(place.folder, 'public.pem');
  writeFileSync(path, place.keys.publicKeys[0]?.export({ format: 'pem', type: 'spki' }) ?? '');
  return path;
}
