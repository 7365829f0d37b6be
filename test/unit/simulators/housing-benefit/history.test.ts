import { describe, expect, it } from '@jest/globals';
import { toHistory } from '../../../../simulators/housing-benefit/history.js';
import type { BenefitFacts } from '../../../../simulators/person.js';
import { createCalendar } from '../../../../simulators/world-calendar.js';

const calendar = createCalendar('2026-03-20');
const { iso, monthStart } = calendar;
const HOME = {
  ags: '10045114',
  street: 'Talstraße',
  houseNumber: '1',
  postalCode: '66424',
  place: 'Homburg',
  movedIn: '2020-01-01',
  movedOut: null,
  status: '0',
  conditionalBlock: false,
} as const;
const facts = (caseNumber: string, change: Partial<BenefitFacts>): BenefitFacts => ({
  officeAgs: '10045114',
  caseNumber,
  status: 2,
  householdSize: 2,
  grossColdRentCents: 50_000,
  monthlyIncomeCents: 120_000,
  monthlyAmountCents: 20_000,
  periodStart: '2025-09-01',
  periodEnd: '2026-08-31',
  applicantFamilyName: 'Muster',
  applicantHome: HOME,
  ...change,
});

/** Many cases: which of them were continued or raised depends on their numbers. */
const many = (change: Partial<BenefitFacts>) =>
  Array.from({ length: 60 }, (_, index) => toHistory(facts(`WG-${index}`, change), calendar));

describe('the history of a case', () => {
  it('is the same for the same facts', () => expect(many({})).toEqual(many({})));

  it('is empty before a decision', () => {
    expect(many({ status: 1 })).toEqual(Array(60).fill({ decisions: [], payments: [] }));
  });

  it('of a refusal pays nothing', () => {
    for (const { decisions, payments } of many({ status: 3, monthlyAmountCents: 0 })) {
      expect(decisions).toMatchObject([{ kind: '05', amountCents: 0 }]);
      expect(payments).toEqual([]);
    }
  });

  it('of a running grant ends with the amount of the case, in force now', () => {
    const histories = many({});
    for (const { decisions } of histories)
      expect(decisions.at(-1)).toMatchObject({ amountCents: 20_000, validTo: monthStart(calendar.today, 6) - 1 });
    expect(new Set(histories.map(({ decisions }) => decisions.map(({ kind }) => kind).join()))).toEqual(
      new Set(['01', '01,02', '01,03', '01,02,03']),
    );
  });

  it('of a stop has nothing in force any more', () => {
    for (const { decisions, payments } of many({ status: 4 })) {
      expect(decisions.at(-1)).toMatchObject({ kind: '06', amountCents: 0, validFrom: monthStart(calendar.today, 0) });
      expect(payments.at(-1)?.month).toBe(monthStart(calendar.today, -1));
    }
  });

  it('of an ended case was paid to its end', () => {
    for (const { payments } of many({ status: 5, periodStart: '2024-01-01', periodEnd: '2024-12-31' }))
      expect(iso(payments.at(-1)?.month ?? 0)).toBe('2024-12-01');
  });

  it('pays each month once, in advance where it was decided in time, and never tomorrow', () => {
    for (const status of [2, 4, 5] as const)
      for (const { decisions, payments } of many({ status })) {
        const months = payments.map(({ month }) => month);
        expect(months).toEqual([...new Set(months)].sort((a, b) => a - b));
        for (const { month, paidOn, amountCents } of payments) {
          expect(paidOn).toBeLessThanOrEqual(calendar.today);
          const inForce = decisions.find(({ validFrom, validTo }) => validFrom <= month && month <= (validTo ?? month));
          expect(amountCents).toBe(inForce?.amountCents);
        }
      }
  });

  it('knows no decision of tomorrow', () => {
    for (const { decisions } of many({ periodStart: '2026-03-01', periodEnd: '2027-02-28' }))
      for (const { decidedOn } of decisions) expect(decidedOn).toBeLessThanOrEqual(calendar.today);
  });
});
