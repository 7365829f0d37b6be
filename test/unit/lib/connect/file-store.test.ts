import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openFileStore } from '../../../../lib/connect/file-store.js';

describe('a store of files', () => {
  let root: string;
  const store = (folder = 'store') =>
    openFileStore({ folder: join(root, folder), magic: '%PDF-', maxBytes: 100, deadlineMs: 1000 });
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'file-store-'));
    const folder = join(root, 'store');
    mkdirSync(join(folder, 'folder.pdf'), { recursive: true });
    writeFileSync(join(root, 'outside.pdf'), '%PDF-1.3 outside');
    writeFileSync(join(folder, 'good.pdf'), '%PDF-1.3 good');
    writeFileSync(join(folder, 'long.pdf'), `%PDF-${'x'.repeat(96)}`);
    writeFileSync(join(folder, 'full.pdf'), `%PDF-${'x'.repeat(95)}`);
    writeFileSync(join(folder, 'page.pdf'), '<html></html>');
    writeFileSync(join(folder, 'empty.pdf'), '');
    symlinkSync(join(root, 'outside.pdf'), join(folder, 'link.pdf'));
    spawnSync('mkfifo', [join(folder, 'pipe.pdf')]);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('measures and gives a file', async () => {
    const found = await store().open('good.pdf');
    expect([await store().measure('good.pdf'), found?.bytes]).toEqual([13, 13]);
    expect(found && (await buffer(found.stream)).toString()).toBe('%PDF-1.3 good');
    expect(await store().measure('full.pdf')).toBe(100);
  });

  it('gives no more of a file than it has measured', async () => {
    const path = join(root, 'store', 'growing.pdf');
    writeFileSync(path, '%PDF-1');
    const found = await store().open('growing.pdf');
    writeFileSync(path, ' and more', { flag: 'a' });
    expect(found && (await buffer(found.stream)).toString()).toBe('%PDF-1');
  });

  it('has null for what is not there', async () => {
    expect([await store().measure('none.pdf'), await store().open('none.pdf')]).toEqual([null, null]);
  });

  it.each([
    ['a file that is too long', 'long.pdf'],
    ['a file of another kind', 'page.pdf'],
    ['an empty file', 'empty.pdf'],
    ['a link to elsewhere', 'link.pdf'],
    ['a pipe', 'pipe.pdf'],
    ['a folder', 'folder.pdf'],
    ['a way out', '../outside.pdf'],
    ['a way in', 'folder.pdf/x.pdf'],
    ['the folder itself', '.'],
    ['the folder above', '..'],
    ['nothing', ''],
    ['a name with an end in it', 'good.pdf\0.pdf'],
  ])('refuses %s', async (_, name) => {
    await expect(store().open(name)).rejects.toMatchObject({ code: 'LEGACY_MALFORMED' });
    await expect(store().measure(name)).rejects.toMatchObject({ code: 'LEGACY_MALFORMED' });
  });

  it('says so where the folder itself is not there, and not that its files are none', async () => {
    await expect(store('away').open('good.pdf')).rejects.toMatchObject({ code: 'LEGACY_UNAVAILABLE' });
  });
});
