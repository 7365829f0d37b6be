import { expect, it } from '@jest/globals';
import { ERROR_CODES } from '../../../lib/errors.js';
import { readTables } from '../../support/markdown.js';

const [table] = readTables('docs/errors.md');

it('docs/errors.md has one row for each code, equal to the table in the code', () => {
  expect(table?.rows.map((row) => row.slice(0, 4))).toEqual(
    Object.entries(ERROR_CODES).map(([code, { status, retry, text }]) => [
      `\`${code}\``,
      String(status),
      retry ? 'yes' : 'no',
      text,
    ]),
  );
});

it('and says of each when it comes', () => {
  for (const [code, , , , when = ''] of table?.rows ?? []) expect([code, when.length > 10]).toEqual([code, true]);
});
