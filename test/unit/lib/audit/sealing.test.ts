import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createBlindIndex } from '../../../../lib/audit/blind-index.js';
import { draftCommit } from '../../../../lib/audit/draft.js';
import type { AuditEntry } from '../../../../lib/audit/entry.js';
import { createGermanDate } from '../../../../lib/audit/german-date.js';
import { findOfficerKey, readOfficerKeys } from '../../../../lib/audit/officer-keys.js';
import { openAccessLine, readAccessLine } from '../../../../lib/audit/payload.js';
import { createPieceWriter } from '../../../../lib/audit/piece.js';
import { createSealer, openSealed } from '../../../../lib/audit/sealing.js';
import { entryOf, INDEX_KEY } from '../../../support/audit-log.js';

const officer = generateKeyPairSync('x25519');
const stranger = generateKeyPairSync('x25519');

describe('a sealed text', () => {
  const sealer = createSealer(officer.publicKey);
  const sealed = sealer.seal('Müller', 'here');

  it('opens with the officer’s key, where it was sealed', () => {
    expect(openSealed(sealed, 'here', officer.privateKey)).toBe('Müller');
  });

  it.each([
    ['another key', sealed, 'here', stranger.privateKey],
    ['another place', sealed, 'there', officer.privateKey],
    ['another nonce', { ...sealed, nonce: 'AAAAAAAAAAAAAAAA' }, 'here', officer.privateKey],
    ['a changed text', { ...sealed, data: `A${sealed.data.slice(1)}` }, 'here', officer.privateKey],
    ['a shorter tag', { ...sealed, data: sealed.data.slice(0, -4) }, 'here', officer.privateKey],
    ['no text', { ...sealed, data: '' }, 'here', officer.privateKey],
  ])('does not open with %s', (_, text, context, key) => {
    expect(openSealed(text, context, key)).toBeNull();
  });

  it('is never the same twice, and comes from a new sender after ten minutes', () => {
    let now = 0;
    const patient = createSealer(officer.publicKey, () => now);
    const [first, second] = [patient.seal('a', ''), patient.seal('a', '')];
    now = 600_000;
    const third = patient.seal('a', '');
    expect(first.sender).toBe(second.sender);
    expect(first.data).not.toBe(second.data);
    expect(third.sender).not.toBe(first.sender);
    expect(openSealed(third, '', officer.privateKey)).toBe('a');
  });
});

describe('an entry', () => {
  const search = { field: 'residents', criteria: { familyName: 'Xaverius' }, hits: 1 };
  const toPiece = createPieceWriter({
    blindIndex: createBlindIndex(INDEX_KEY),
    sealerOf: () => createSealer(officer.publicKey),
    germanDate: createGermanDate(),
  });
  const draftAccess = (entry: AuditEntry) => {
    const [made] = draftCommit([toPiece(entry)]);
    if (made === undefined) throw new Error('no line');
    return made;
  };
  const draft = draftAccess(entryOf('R-4242', { search, requestId: 'q' }));

  it('shows nobody’s key, nobody’s name and no criteria', () => {
    for (const secret of ['R-4242', 'clerk-4711', 'Xaverius']) expect(draft.payload).not.toContain(secret);
  });

  it('shows everything to its officer', () => {
    const line = readAccessLine(draft.payload);
    expect(line && openAccessLine(line, officer.privateKey)).toEqual([
      {
        subject: 'clerk-4711',
        actingFor: null,
        records: [{ type: 'Resident', key: { ags: '10045117', id: 'R-4242' } }],
        criteria: { familyName: 'Xaverius' },
      },
    ]);
    expect(line && openAccessLine(line, stranger.privateKey)).toBeNull();
  });

  it.each([
    ['moved to another municipality', '"controller":"10045117"', '"controller":"10045112"'],
    ['given another register', '"register":"residents"', '"register":"vehicles"'],
    ['given another time', '"at":"2026-03-15', '"at":"2026-03-16'],
    ['given another purpose', '"purpose":"registration"', '"purpose":"housing"'],
    ['told to have sent less', '["Resident.familyName","Resident.id"]', '["Resident.id"]'],
  ])('does not open after it was %s', (_, text, other) => {
    const line = readAccessLine(draft.payload.replace(text, other));
    expect(draft.payload).toContain(text);
    expect(line && openAccessLine(line, officer.privateKey)).toBeNull();
  });

  it('never has the digest of an equal one: who knows what was deleted cannot prove it', () => {
    expect(draftAccess(entryOf('R-4242', { search, requestId: 'q' })).digest).not.toBe(draft.digest);
  });
});

describe('entries of one frozen list of records', () => {
  const sealer = createSealer(officer.publicKey);
  const write = createPieceWriter({
    blindIndex: createBlindIndex(INDEX_KEY),
    germanDate: createGermanDate(),
    sealerOf: () => sealer,
  });
  const { records } = entryOf('R-1');
  const of = (change: Parameters<typeof entryOf>[1]) => {
    const [draft] = draftCommit([write(entryOf('R-1', change))]);
    const line = readAccessLine(draft?.payload ?? '');
    return { draft, line, access: line?.accesses[0], opened: line && openAccessLine(line, officer.privateKey) };
  };
  Object.freeze(records);

  it('say each whose they are, and are sealed each anew', () => {
    const [first, second] = [of({ records, requestId: 'a' }), of({ records, requestId: 'b' })];
    expect(first.access?.records).toEqual(of({ requestId: 'c' }).access?.records);
    expect(second.access?.records).toEqual(first.access?.records);
    expect(second.access).toMatchObject({ requestId: 'b', fieldSets: [records[0]?.fields] });
    expect(second.opened).toEqual(first.opened);
    expect(second.line?.sealed.data).not.toBe(first.line?.sealed.data);
  });

  it('are found and deleted as their own register has it', () => {
    const [here, there] = [of({ records }), of({ records, register: 'vehicles' })];
    expect(there.access?.records[0]?.index).not.toBe(here.access?.records[0]?.index);
    expect([here.draft?.deleteFrom, there.draft?.deleteFrom]).toEqual(['2028-01-01', '2026-09-15']);
  });

  it('do not take over what another request says', () => {
    const other = of({ records, purpose: 'Umzug „Süd“', isWithheld: true });
    expect(other.access).toMatchObject({ purpose: 'Umzug „Süd“', isWithheld: true });
    expect(other.draft?.payload).toMatch(/^[ -~]+$/);
  });

  it('nor what another caller is, though this one is frozen', () => {
    const caller = Object.freeze({ ...entryOf('').caller, subject: 'clerk-1' });
    const other = Object.freeze({ ...caller, subject: 'clerk-2', office: 'vehicles' });
    const seen = [caller, other, caller].map((one) => of({ records, caller: one }));
    expect(seen.map(({ opened }) => opened?.[0]?.subject)).toEqual(['clerk-1', 'clerk-2', 'clerk-1']);
    expect(seen.map(({ access }) => access?.office)).toEqual(['residents', 'vehicles', 'residents']);
  });
});

describe('a blind index', () => {
  const index = createBlindIndex(INDEX_KEY);
  const key = { ags: '10045117', id: 'R' };

  it('is the same for the same person, in whatever order the key is written', () => {
    expect(index('residents', { type: 'Resident', key: { id: 'R', ags: '10045117' } })).toBe(
      index('residents', { type: 'Resident', key }),
    );
    expect(index('residents', { type: 'Resident', key })).toMatch(/^[\w-]{22}$/);
  });

  it.each([
    ['register', 'vehicles', 'Resident', key],
    ['type', 'residents', 'Person', key],
    ['value', 'residents', 'Resident', { ...key, id: 'S' }],
    ['name', 'residents', 'Resident', { ags: '10045117', no: 'R' }],
  ])('is another one for another %s', (_, register, type, changed) => {
    expect(index(register, { type, key: changed })).not.toBe(index('residents', { type: 'Resident', key }));
  });

  it('is another one with another key, and needs a long one', () => {
    const other = createBlindIndex(`${INDEX_KEY}!`);
    expect(other('residents', { type: 'Resident', key })).not.toBe(index('residents', { type: 'Resident', key }));
    expect(() => createBlindIndex('short')).toThrow(TypeError);
  });
});

describe('the officers’ keys', () => {
  const pem = (pair: typeof officer) => pair.publicKey.export({ format: 'pem', type: 'spki' }).toString();
  const base64 = stranger.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const keys = readOfficerKeys(JSON.stringify({ '10045*': pem(officer), '10045117': base64 }));
  const isKey = (ags: string | null, pair: typeof officer) => findOfficerKey(keys, ags)?.equals(pair.publicKey) ?? null;

  it('are chosen by the longest pattern', () => {
    expect([isKey('10045117', stranger), isKey('10045112', officer)]).toEqual([true, true]);
  });

  it('are nobody’s where no pattern fits, and only * fits a register of no municipality', () => {
    expect([isKey('05162024', officer), isKey(null, officer)]).toEqual([null, null]);
    const all = readOfficerKeys(`'*': ${base64}`);
    expect(findOfficerKey(all, null)?.equals(stranger.publicKey)).toBe(true);
  });

  it.each([
    ['no mapping', '- a'],
    ['no AGS', `'saarbruecken': ${base64}`],
    ['no key', `'*': nonsense`],
    [
      'a signing key',
      `'*': ${generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).toString('base64')}`,
    ],
  ])('are refused: %s', (_, text) => {
    expect(() => readOfficerKeys(text)).toThrow(TypeError);
    expect(createPublicKey(pem(officer)).asymmetricKeyType).toBe('x25519');
  });
});
