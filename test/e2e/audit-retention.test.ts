import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Access } from '../../lib/audit/accesses.js';
import type { AccessPlace } from '../../lib/audit/source.js';
import { type AuditPlace, createAuditPlace, entryOf } from '../support/audit-log.js';
import { eventually } from '../support/eventually.js';

// Processes of their own, on a machine that may be busy.
jest.setTimeout(60_000);

let place: AuditPlace;
beforeEach(() => {
  place = createAuditPlace();
});
afterEach(() => place.remove());

const person = (id: string) => ({ type: 'Resident', key: { ags: '10045117', id } });

describe('what a person learns', () => {
  it('is which office read what of theirs and why, newest first, in pages, without names and what is kept from them', async () => {
    const store = await place.open({ segmentBytes: 6000 });
    const caller = { ...entryOf('').caller, subject: 'clerk-99' };
    for (let at = 0; at < 9; at += 1) {
      await store.append([
        entryOf('me', { requestId: `q${at}`, caller, isWithheld: at === 4, purpose: `p${at}` }),
        entryOf('somebody-else'),
      ]);
    }
    await store.append([entryOf('me', { register: 'vehicles', controller: null })]);
    const question = { subjects: [person('me'), person('me-too')], first: 5, after: null };
    const page = await store.readAccesses(question);
    expect(page.map(({ register, purpose }) => `${register} ${purpose}`)).toEqual([
      'vehicles registration',
      ...['p8', 'p7', 'p6', 'p5'].map((purpose) => `residents ${purpose}`),
    ]);
    const rest = await store.readAccesses({ ...question, after: page.at(-1) ?? null });
    expect(rest.map(({ purpose }) => purpose)).toEqual(['p3', 'p2', 'p1', 'p0']);
    expect(page[1]).toMatchObject({
      at: '2026-03-15T10:00:00.000Z',
      controller: '10045117',
      office: 'residents',
      fields: ['Resident.familyName', 'Resident.id'],
    });
    expect(JSON.stringify([page, rest])).not.toContain('clerk');
    expect(place.segments().length).toBeGreaterThan(2);
    expect(await store.readAccesses({ ...question, subjects: [person('nobody')] })).toEqual([]);
    expect(await store.readAccesses({ ...question, subjects: [] })).toEqual([]);
  });
});

describe('a person in lines that many share', () => {
  it('finds what is theirs and nothing of others, in pages that neither skip nor repeat', async () => {
    const store = await place.open();
    const theirs: string[] = [];
    // Some commits of many accesses, so that pages end inside lines and between them.
    for (let commit = 0; commit < 4; commit += 1)
      await store.append(
        Array.from({ length: 150 }, (_, at) => {
          const isTheirs = at % 7 === commit;
          if (isTheirs) theirs.unshift(`${commit}-${at}`);
          return entryOf(isTheirs ? 'me' : `other-${at}`, { purpose: `${commit}-${at}` });
        }),
      );
    const lines = place.text().trim().split('\n');
    expect(lines).toHaveLength(1 + 4 * 3);
    for (const first of [1, 5, 1000]) {
      const seen: (string | null)[] = [];
      for (let after: AccessPlace | null = null; ; ) {
        const page: Access[] = await store.readAccesses({ subjects: [person('me')], first, after });
        seen.push(...page.map(({ purpose }) => purpose));
        after = page.at(-1) ?? null;
        if (page.length < first) break;
      }
      expect(seen).toEqual(theirs);
    }
  });
});

describe('retention', () => {
  const months = ['2026-01', '2026-03', '2026-07'];
  const write = async () => {
    let now = 0;
    const store = await place.open({ now: () => now });
    for (const month of months) {
      now = Date.parse(`${month}-10T10:00:00.000Z`);
      const at = new Date(now).toISOString();
      for (const register of ['residents', 'vehicles', 'housing-benefit'])
        await store.append([entryOf('me', { at, register, requestId: `${register} ${month}` })]);
    }
    await store.close();
  };
  const left = () => [...place.text().matchAll(/"requestId":"([^"]+)"/g)].map(([, id]) => id);
  const expireOn = async (date: string) => {
    const store = await place.open({ now: () => Date.parse(`${date}T12:00:00.000Z`) });
    await eventually(() => expect(place.said).toContain('audit log: retention has deleted what was due'));
    await store.close();
  };

  it('deletes exactly what is due when a gateway begins; the chain verifies and nobody is found in it', async () => {
    await write();
    await expireOn('2026-09-09');
    expect(left()).toEqual([
      'residents 2026-01',
      'residents 2026-03',
      'vehicles 2026-03',
      'housing-benefit 2026-03',
      'residents 2026-07',
      'vehicles 2026-07',
      'housing-benefit 2026-07',
    ]);
    expect(await place.verify('2026-09-09')).toMatchObject({ isSound: true, deleted: 2 });
    const early = await place.verify('2026-07-09');
    expect(early.findings).toMatchObject([{ problem: 'payload-missing' }, { problem: 'payload-missing' }]);
    const store = await place.open({ now: () => Date.parse('2026-09-09T12:00:00.000Z') });
    const found = await store.readAccesses({ subjects: [person('me')], first: 50, after: null });
    expect(found.map(({ register }) => register)).toHaveLength(7);
  });

  it('deletes what a repair has set aside', async () => {
    await write();
    appendFileSync(join(place.dir, place.segments().at(-1) ?? ''), 'torn');
    await (await place.open({ now: () => Date.parse('2026-07-20T12:00:00.000Z') })).close();
    const torn = () => readdirSync(place.dir).filter((name) => name.startsWith('torn-'));
    expect(torn()).toHaveLength(1);
    await expireOn('2027-01-20');
    await eventually(() => expect(torn()).toEqual([]));
  });
});
