import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createBlindIndex } from '../../../../lib/audit/blind-index.js';
import { draftCommit } from '../../../../lib/audit/draft.js';
import type { AuditEntry } from '../../../../lib/audit/entry.js';
import { createGermanDate } from '../../../../lib/audit/german-date.js';
import { draftNote, openAccessLine, readAccessLine } from '../../../../lib/audit/payload.js';
import { createPieceWriter } from '../../../../lib/audit/piece.js';
import { createSealer } from '../../../../lib/audit/sealing.js';
import { entryOf, INDEX_KEY } from '../../../support/audit-log.js';

const officers: Record<string, KeyObject> = {
  '10045117': generateKeyPairSync('x25519').privateKey,
  '10045112': generateKeyPairSync('x25519').privateKey,
};
const toPiece = createPieceWriter({
  blindIndex: createBlindIndex(INDEX_KEY),
  germanDate: createGermanDate(),
  sealerOf: (controller) => createSealer(createPublicKey(officers[controller ?? ''] ?? '')),
});
const draft = (...entries: AuditEntry[]) => draftCommit(entries.map(toPiece));
const lineOf = ({ payload }: { payload: string }) => readAccessLine(payload);
const idsOf = (made: ReturnType<typeof draft>) =>
  made.map((one) => lineOf(one)?.accesses.map(({ requestId }) => requestId));

describe('one commit', () => {
  it('makes one line for each register, controller and date of deletion, in the order of what came first', () => {
    const number = [{ ...entryOf('n').records[0], fields: ['Resident.identificationNumber'] }] as AuditEntry['records'];
    const made = draft(
      entryOf('a'),
      entryOf('b', { register: 'vehicles' }),
      entryOf('c', { controller: '10045112' }),
      entryOf('d', { records: number }),
      entryOf('e'),
      entryOf('f', { register: 'vehicles' }),
      entryOf('g', { at: '2027-03-15T10:00:00.000Z' }),
    );
    expect(made.map(({ kind, register, deleteFrom }) => [kind, register, deleteFrom])).toEqual([
      ['access', 'residents', '2028-01-01'],
      ['access', 'vehicles', '2026-09-15'],
      ['access', 'residents', '2028-01-01'],
      ['access', 'residents', '2028-03-15'],
      ['access', 'residents', '2029-01-01'],
    ]);
    expect(idsOf(made)).toEqual([
      ['request-a', 'request-e'],
      ['request-b', 'request-f'],
      ['request-c'],
      ['request-d'],
      ['request-g'],
    ]);
    expect(made.map((one) => lineOf(one)?.controller)).toEqual([
      '10045117',
      '10045117',
      '10045112',
      '10045117',
      '10045117',
    ]);
  });

  it('leaves notes lines of their own', () => {
    const note = draftNote({ at: '2026-03-15T10:00:00.000Z', note: 'interrupted', detail: { refused: 1 } });
    const made = draftCommit([toPiece(entryOf('a')), note, toPiece(entryOf('b'))]);
    expect(made.map(({ kind }) => kind)).toEqual(['access', 'note']);
    expect(made[1]).toBe(note);
    expect(idsOf(made)[0]).toEqual(['request-a', 'request-b']);
  });

  it('begins another line after 64 accesses', () => {
    const made = draft(...Array.from({ length: 130 }, (_, at) => entryOf(String(at))));
    expect(idsOf(made).map((ids) => [ids?.length, ids?.[0]])).toEqual([
      [64, 'request-0'],
      [64, 'request-64'],
      [2, 'request-128'],
    ]);
  });

  it('and after 64 KB of text, and takes a longer access all the same', () => {
    const long = (id: string, length: number) => entryOf(id, { fileReference: 'x'.repeat(length) });
    const made = draft(long('a', 30_000), long('b', 30_000), long('c', 30_000), long('d', 100_000), entryOf('e'));
    expect(idsOf(made)).toEqual([['request-a', 'request-b'], ['request-c'], ['request-d'], ['request-e']]);
  });

  it('seals a line for its own officer, each person beside their access', () => {
    const made = draft(
      entryOf('a', { caller: { ...entryOf('').caller, subject: 'Zoë', actingFor: 'system' } }),
      entryOf('b', { search: { field: 'residents', criteria: { familyName: 'Öz' }, hits: 1 } }),
      entryOf('c', { controller: '10045112' }),
    );
    const partsFor = (officer: string) =>
      made.map((one) => {
        const line = lineOf(one);
        const parts = line && openAccessLine(line, officers[officer] as KeyObject);
        return parts?.map(({ subject, actingFor, records, criteria }) => [
          subject,
          actingFor,
          records[0]?.key['id'],
          criteria,
        ]);
      });
    expect(partsFor('10045117')).toEqual([
      [
        ['Zoë', 'system', 'a', null],
        ['clerk-4711', null, 'b', { familyName: 'Öz' }],
      ],
      undefined,
    ]);
    expect(partsFor('10045112')).toEqual([undefined, [['clerk-4711', null, 'c', null]]]);
  });

  it.each([
    ['exchanged', (accesses: string[]) => accesses.toReversed()],
    ['fewer', (accesses: string[]) => accesses.slice(1)],
    ['more', (accesses: string[]) => [...accesses, accesses[0] ?? '']],
  ])('does not open where its accesses were %s', (_, change) => {
    const [{ payload } = { payload: '' }] = draft(entryOf('a'), entryOf('b'));
    const [, texts = ''] = /"accesses":\[(.*)\],"sealed"/.exec(payload) ?? [];
    const accesses = texts.split(/(?<=\}\]\}),/);
    expect(accesses).toHaveLength(2);
    const open = (text: string) => {
      const line = readAccessLine(text);
      return line && openAccessLine(line, officers['10045117'] as KeyObject);
    };
    expect(open(payload.replace(texts, accesses.join()))).toHaveLength(2);
    expect(open(payload.replace(texts, change(accesses).join()))).toBeNull();
  });
});
