import { expect, it } from '@jest/globals';
import { describeAccess } from '../../../scripts/access.js';
import { readDocument, readTables } from '../../support/markdown.js';

it('docs/access.md is what the policy table and the schema say', () => {
  expect(readDocument('docs/access.md')).toBe(describeAccess());
});

it('names a paragraph for every row, and something that each policy covers', () => {
  const [covers, grants] = readTables('docs/access.md');
  for (const [policy, places] of covers?.rows ?? [])
    expect([policy, places]).toEqual([policy, expect.stringMatching(/\w/)]);
  for (const row of grants?.rows ?? []) expect(row.at(-1)).toMatch(/§|Art\./);
  expect(covers?.rows.length).toBeGreaterThan(5);
});

/** The access matrix of the offices: nobody reads across registers but as the law says. */
it.each([
  ['residents-clerk', ['residents']],
  ['benefit-clerk', ['housing-benefit', 'residents']],
  ['vehicle-clerk', ['residents', 'vehicles']],
  ['building-clerk', ['encumbrances']],
  ['partner', ['residents']],
  ['agent-115', []],
  ['protection-officer', []],
  ['operator', []],
  ['citizen', ['housing-benefit', 'residents', 'vehicles']],
  ['citizen-basic', []],
])('%s is granted something of %j alone', (persona, registers) => {
  const [covers, , personas] = readTables('docs/access.md');
  const names = (covers?.rows ?? []).map(([name = '']) => name.replaceAll('`', ''));
  const cells = personas?.rows.find(([name]) => name === `\`${persona}\``)?.slice(1) ?? [];
  const granted = names.filter((_, index) => cells[index] === 'yes').map((name) => name.split('.')[0]);
  expect([cells.length, [...new Set(granted)].sort()]).toEqual([names.length, registers]);
});
