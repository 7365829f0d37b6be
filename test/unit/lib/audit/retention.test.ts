import { describe, expect, it } from '@jest/globals';
import { createGermanDate } from '../../../../lib/audit/german-date.js';
import {
  addMonths,
  findRetention,
  IDENTIFICATION_NUMBER_RETENTION,
  OTHER_RETENTION,
  RETENTIONS,
} from '../../../../lib/audit/retention.js';
import { readTables } from '../../../support/markdown.js';

const due = (register: string, date: string, fields: string[] = []) =>
  findRetention({ register, records: [{ type: 'T', key: {}, fields }] }).deleteFrom(date);

describe('retention', () => {
  it.each([
    ['residents, at the start of a year', 'residents', '2026-01-01', '2028-01-01'],
    ['residents, at its end', 'residents', '2026-12-31', '2028-01-01'],
    ['vehicles', 'vehicles', '2026-03-15', '2026-09-15'],
    ['vehicles, into a shorter month', 'vehicles', '2026-08-31', '2027-02-28'],
    ['vehicles, over the end of a year', 'vehicles', '2026-10-15', '2027-04-15'],
    ['housing benefit', 'housing-benefit', '2026-03-15', '2026-09-15'],
    ['a register nobody has named', 'permits', '2026-03-15', '2028-03-15'],
    ['a name that objects have by themselves', 'constructor', '2026-03-15', '2028-03-15'],
  ])('%s', (_, register, date, expected) => {
    expect(due(register, date)).toBe(expected);
  });

  it('is two years for the identification number, whatever the register', () => {
    expect(due('residents', '2026-03-15', ['Resident.taxId'])).toBe('2028-03-15');
    expect(due('vehicles', '2024-02-29', ['Holder.identificationNumber'])).toBe('2026-02-28');
  });

  it('is what the document says', () => {
    const table = readTables('docs/audit-format.md').find(({ title }) => title === 'Retention');
    const rows = [
      ['an identification number, in any register', IDENTIFICATION_NUMBER_RETENTION],
      ...Object.entries(RETENTIONS).map(([name, retention]) => [`\`${name}\``, retention] as const),
      ['any other', OTHER_RETENTION],
    ] as const;
    expect(table?.rows).toEqual(rows.map(([name, { text, paragraph }]) => [name, text, paragraph]));
  });
});

it('adds months at the end of February', () => {
  expect([addMonths('2026-02-28', 12), addMonths('2028-02-29', 24)]).toEqual(['2027-02-28', '2030-02-28']);
});

it('reckons by the calendar of Germany, in summer and in winter', () => {
  const date = createGermanDate();
  const days = ['2026-12-31T22:59:59.999Z', '2026-12-31T23:00:00.000Z', '2026-06-30T22:00:00.000Z'];
  expect(days.map((day) => date(Date.parse(day)))).toEqual(['2026-12-31', '2027-01-01', '2026-07-01']);
});
