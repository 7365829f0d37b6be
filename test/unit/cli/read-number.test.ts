import { expect, it } from '@jest/globals';
import { InvalidArgumentError } from 'commander';
import { wholeNumber } from '../../../cli/read-number.js';

it.each([
  ['the least', '0', 0],
  ['the most', '65535', 65_535],
])('takes %s', (_, text, value) => expect(wholeNumber(0, 65_535)(text)).toBe(value));

it.each(['-1', '65536', 'abc', '', '1.5', '1e3', ' 1'])('refuses %j', (text) =>
  expect(() => wholeNumber(0, 65_535)(text)).toThrow(InvalidArgumentError),
);
