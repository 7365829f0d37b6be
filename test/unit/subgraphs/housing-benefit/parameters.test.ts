import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { createEstimate } from '../../../../subgraphs/housing-benefit/estimate.js';
import { readParameterSets } from '../../../../subgraphs/housing-benefit/parameters.js';

const OWN = new URL('../../../../subgraphs/housing-benefit/parameters/', import.meta.url);
const TEXT = readFileSync(new URL('2025.yaml', OWN), 'utf8');
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const folderOf = (files: Record<string, string>): URL => {
  const folder = mkdtempSync(join(tmpdir(), 'parameters-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return pathToFileURL(`${folder}/`);
};

/** The set of 2025 as if it held from another day, with another amount for the 13th member. */
const setFrom = (validFrom: string, nextUpdateDue: string, eachFurtherMember: string): string =>
  TEXT.replace('validFrom: "2025-01-01"', `validFrom: "${validFrom}"`)
    .replace('nextUpdateDue: "2027-01-01"', `nextUpdateDue: "${nextUpdateDue}"`)
    .replace('eachFurtherMember: "65"', `eachFurtherMember: "${eachFurtherMember}"`);

const INPUT = { ags: '10041100', householdSize: 1, grossColdRentCents: 42_000, monthlyIncomeCents: 110_000 };
const today = () => '2026-11-22';

describe('estimate', () => {
  const estimate = createEstimate(readParameterSets(OWN), today);

  it('computes from cents to cents', () => {
    expect(estimate(INPUT)).toEqual({
      entitled: true,
      monthlyAmountCents: 18_100,
      rentLevel: 3,
      consideredRentCents: 53_040,
      consideredIncomeCents: 110_000,
      parametersValidFrom: '2025-01-01',
      parametersOutdated: false,
    });
  });

  it('says that there is no claim', () => {
    expect(estimate({ ...INPUT, monthlyIncomeCents: 500_000 })).toMatchObject({
      entitled: false,
      monthlyAmountCents: 0,
    });
  });

  it.each([
    ['the day before the update is due', '2026-12-31', false],
    ['the day it is due', '2027-01-01', true],
    ['years later', '2031-05-05', true],
  ])('on %s it says whether the figures are outdated', (_, onDate, parametersOutdated) => {
    expect(estimate({ ...INPUT, onDate })).toMatchObject({ parametersValidFrom: '2025-01-01', parametersOutdated });
  });

  it.each([
    ['a day before the first set', { onDate: '2024-12-31' }, 'input.onDate'],
    ['a municipality without a rent level', { ags: '10042113' }, 'input.ags'],
    ['a municipality named like a property of every object', { ags: 'toString' }, 'input.ags'],
    ['more members than there are', { entitledMembers: 2 }, 'input.entitledMembers'],
  ])('refuses %s', (_, change, argument) => {
    expect(() => estimate({ ...INPUT, ...change })).toThrow(
      expect.objectContaining({ extensions: expect.objectContaining({ argument, code: 'BAD_USER_INPUT' }) }),
    );
  });

  it.each([
    ['05162004', 4],
    ['05162008', 3],
    ['05162012', 3],
    ['05162016', 5],
    ['05162020', 3],
    ['05162022', 5],
    ['05162024', 4],
    ['05162028', 4],
    ['10041100', 3],
    ['10041515', 1],
    ['10041519', 2],
    ['10043114', 1],
    ['10043115', 1],
    ['10045111', 1],
    ['10045112', 1],
    ['10045113', 1],
    ['10045114', 2],
    ['10045115', 2],
    ['10045116', 1],
    ['10045117', 2],
    ['14612000', 3],
    ['14713000', 2],
    ['15003000', 3],
  ])('knows the rent level of %s', (ags, rentLevel) => expect(estimate({ ...INPUT, ags }).rentLevel).toBe(rentLevel));
});

describe('parameter sets', () => {
  const sets = readParameterSets(
    folderOf({ 'a.yaml': TEXT, 'b.yaml': setFrom('2027-01-01', '2029-01-01', '70'), 'notes.txt': 'not a set' }),
  );
  const estimate = createEstimate(sets, today);
  const thirteen = { ...INPUT, householdSize: 13, grossColdRentCents: 160_000, monthlyIncomeCents: 500_000 };

  it.each([
    ['the last day of the old one', '2026-12-31', '2025-01-01', false],
    ['the first day of the new one', '2027-01-01', '2027-01-01', false],
    ['the day the one after is due', '2029-01-01', '2027-01-01', true],
  ])('change on %s', (_, onDate, parametersValidFrom, parametersOutdated) => {
    expect(estimate({ ...thirteen, onDate })).toMatchObject({ parametersValidFrom, parametersOutdated });
  });

  it('give the figures of their time for a period that crosses a change', () => {
    const before = estimate({ ...thirteen, onDate: '2026-12-31' }).monthlyAmountCents;
    expect(estimate({ ...thirteen, onDate: '2027-01-01' }).monthlyAmountCents).toBe(before + 500);
  });

  it('take today where no day is given', () => {
    expect(createEstimate(sets, () => '2027-03-01')(INPUT).parametersValidFrom).toBe('2027-01-01');
  });

  it.each([
    ['two sets for one day', { 'a.yaml': TEXT, 'b.yaml': TEXT }, /one parameter set is needed for each day/],
    ['no set', { 'readme.txt': '' }, /one parameter set is needed/],
    ['a figure without quotes', { 'a.yaml': TEXT.replace('"1.15"', '1.15') }, /a\.yaml.*\n.*formula\.factor/],
    ['an unknown key', { 'a.yaml': `${TEXT}\nextra: 1\n` }, /a\.yaml.*\n.*extra/],
    ['a missing row', { 'a.yaml': TEXT.replace(/^ +- \{ a: "-0\.12".*$/m, '') }, /formula\.members/],
    ['an impossible day', { 'a.yaml': TEXT.replace('"2027-01-01"', '"2027-02-30"') }, /nextUpdateDue/],
    ['an unknown rent level', { 'a.yaml': TEXT.replace('"10041100": 3', '"10041100": 8') }, /rentLevels\.10041100/],
    ['a malformed key of a municipality', { 'a.yaml': TEXT.replace('"10041100"', '"1004110"') }, /rentLevels/],
  ])('are refused with %s', (_, files, message) => {
    expect(() => readParameterSets(folderOf(files))).toThrow(message);
  });
});
