import { expect, it } from '@jest/globals';
import { REFUSED_ANYWHERE, REFUSED_BEYOND_LOOPBACK, type RefusedSetting } from '../../../gateway/refused-settings.js';
import { readTables } from '../../support/markdown.js';

const [beyondLoopback, anywhere] = readTables('docs/security.md').map(({ rows }) => rows);
const rowsOf = (refused: readonly RefusedSetting[]) => refused.map(({ name, because }) => [`\`${name}\``, because]);

it('docs/security.md has what is refused beyond loopback, equal to the table in the code', () => {
  expect(beyondLoopback).toEqual(rowsOf(REFUSED_BEYOND_LOOPBACK));
});

it('and what is refused anywhere', () => {
  expect(anywhere).toEqual(rowsOf(REFUSED_ANYWHERE));
});
