import { appendFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createFileSource } from '../../../../lib/audit/file-source.js';
import { openIndex, removeIndex } from '../../../../lib/audit/index-file.js';
import { type AuditPlace, createAuditPlace, entryOf } from '../../../support/audit-log.js';

let place: AuditPlace;
let path: string;
/** Of the segment behind it. */
let repeating: string;
const PEOPLE = 300;

beforeAll(async () => {
  place = createAuditPlace();
  const store = await place.open({ segmentBytes: 1 });
  await store.append(Array.from({ length: PEOPLE }, (_, at) => entryOf(`R${at % 200}`)));
  await store.append(['again', 'R7', 'again', 'again'].map((id) => entryOf(id)));
  await store.append([entryOf('last')]);
  await store.close();
  [, path = '', repeating = ''] = readdirSync(place.dir)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => join(place.dir, name));
});
afterAll(() => place.remove());

const indexOf = (id: string) => place.keys.blindIndex('residents', { type: 'Resident', key: { ags: '10045117', id } });
const find = async (id: string) => {
  const found: number[] = [];
  for await (const { sequence } of createFileSource(place.dir).find(() => [indexOf(id)], null)) found.push(sequence);
  return found;
};

it('finds everybody, as often as they are there, newest first', async () => {
  const index = await openIndex(path, statSync(path).size);
  expect(index?.header).toMatchObject({ registers: ['residents'], earliest: '2028-01-01', entries: PEOPLE });
  for (let at = 0; at < 200; at += 1) expect(await index?.find(indexOf(`R${at}`))).toHaveLength(at < 100 ? 2 : 1);
  expect(await index?.find(indexOf('nobody'))).toEqual([]);
  await index?.close();
  expect(await find('R7')).toEqual([7, 5, 2]);
});

it('names a person once for each line, however often they are in it', async () => {
  const index = await openIndex(repeating, statSync(repeating).size);
  expect(index?.header.entries).toBe(2);
  expect(await index?.find(indexOf('again'))).toHaveLength(1);
  await index?.close();
  expect(await find('again')).toEqual([7]);
});

it('is left when its segment is another one, and people are found all the same', async () => {
  expect(await openIndex(path, statSync(path).size + 1)).toBeNull();
  await removeIndex(path);
  expect(await find('R7')).toEqual([7, 5, 2]);
  appendFileSync(path.replace('.jsonl', '.index'), 'nonsense');
  expect(await find('R199')).toEqual([5]);
});
