import { expect, it } from '@jest/globals';
import { readOfficerKeys } from '../../../lib/audit/officer-keys.js';
import { PROBLEMS } from '../../../lib/audit/verify.js';
import { readDocument, readTables } from '../../support/markdown.js';

it('docs/audit-format.md names every finding of the verifier and what it means', () => {
  const table = readTables('docs/audit-format.md').find(({ title }) => title === 'Verifying');
  expect(table?.rows).toEqual(Object.entries(PROBLEMS).map(([problem, text]) => [`\`${problem}\``, text]));
});

it('and shows a file of officers’ keys that is read', () => {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(readDocument('docs/audit-format.md')) ?? [];
  expect([...readOfficerKeys(yaml).keys()]).toEqual(['10045*', '*']);
});
