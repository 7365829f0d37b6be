import { describe, expect, it } from '@jest/globals';
import { createLinker, toLinkedPerson } from '../../../../lib/link.js';
import { type ChangeParts, followChanges, readNotice } from '../../../../subgraphs/housing-benefit/changes.js';
import type { CaseRecord } from '../../../../subgraphs/housing-benefit/record.js';
import { eventually } from '../../../support/eventually.js';

const AGS = '10045114';
const linker = createLinker('a key of the tests that is long enough to be one', 'housing-benefit');
const APPLICANT = { familyName: 'Groß', givenName: 'Anna', dateOfBirth: '1980-03-01', isBlocked: false };
const LINK = `person:${linker.seal(toLinkedPerson(APPLICANT))}`;
const notice = (nummer: string | null, ags = AGS) => JSON.stringify({ tabelle: 'ZAHLUNG', ags, nummer });

/** What is forgotten, `ALL` for everything; the register answers with one applicant for each case. */
function follow(find: ChangeParts['connector']['casesByNumber'] = async (keys) => keys.map(toCase)) {
  const forgotten: string[] = [];
  const asked: number[] = [];
  const changes = followChanges({
    connector: {
      casesByNumber(keys, signal) {
        asked.push(keys.length);
        return find(keys, signal);
      },
    },
    linker,
    serves: (ags) => ags === AGS,
    invalidations: {
      forget: (tags) => void forgotten.push(...tags),
      forgetAll: () => void forgotten.push('ALL'),
    },
  });
  return { changes, forgotten, asked };
}

const toCase = ({ ags, caseNumber }: { ags: string; caseNumber: string }) =>
  ({ ags, caseNumber, applicant: APPLICANT }) as CaseRecord;

describe('what the register announces', () => {
  it('is forgotten by the case and lists at once, by the applicant when that is known', async () => {
    const { changes, forgotten } = follow();
    changes.take(notice('W1'));
    expect(forgotten).toEqual([
      `housing-benefit:${AGS}`,
      `entity:HousingBenefitCase:{"ags":"${AGS}","caseNumber":"W1"}`,
      `housing-benefit:${AGS}:W1`,
    ]);
    await eventually(() => expect(forgotten).toContain(LINK));
    await changes.close();
  });

  it('is asked for in batches, however much it is', async () => {
    const { changes, asked } = follow();
    for (let number = 0; number < 1200; number += 1) changes.take(notice(`W${number}`));
    await eventually(() => expect(asked.reduce((sum, count) => sum + count, 0)).toBe(1200));
    expect(Math.max(...asked)).toBeLessThanOrEqual(500);
    await changes.close();
  });

  it('makes everything forgotten where it is too much, cannot be read, was missed, or nobody can say whom it is about', async () => {
    const much = follow(() => new Promise(() => undefined));
    for (let number = 0; number < 2600; number += 1) much.changes.take(notice(`W${number}`));
    const unread = follow();
    unread.changes.take('{');
    const missed = follow();
    missed.changes.missed();
    const down = follow(() => Promise.reject(new Error('down')));
    down.changes.take(notice('W1'));
    for (const { forgotten } of [much, unread, missed, down])
      await eventually(() => expect(forgotten).toEqual(expect.arrayContaining(['ALL', 'type:Resident'])));
  });

  it('is none of ours in a municipality that is served elsewhere', () => {
    const { changes, forgotten } = follow();
    changes.take(notice('W1', '10041100'));
    expect(forgotten).toEqual([]);
  });

  it('of a person without a case is the lists', () => {
    const { changes, forgotten, asked } = follow();
    changes.take(notice(null));
    expect([forgotten, asked]).toEqual([[`housing-benefit:${AGS}`], []]);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '1'],
    ['nothing', 'null'],
    ['no municipality', '{"nummer":"W1"}'],
    ['another form of municipality', '{"ags":"1004511","nummer":"W1"}'],
    ['no word of a case', '{"ags":"10045114"}'],
    ['an empty case number', '{"ags":"10045114","nummer":""}'],
  ])('is not understood where it is %s', (_, text) => expect(readNotice(text)).toBeNull());
});
