import { expect, it } from '@jest/globals';
import { createOwnRecords } from '../../../lib/own-record.js';

const own = createOwnRecords('a secret that is long enough to be one');
const record = { subject: 'citizen-1', type: 'Resident', key: ['10045114', 'abc'] };

it.each([
  ['the same record of the same caller', record, true],
  ['another caller', { ...record, subject: 'citizen-2' }, false],
  ['another record', { ...record, key: ['10045114', 'abd'] }, false],
  ['another type', { ...record, type: 'Vehicle' }, false],
  ['parts that only together are equal', { ...record, key: ['10045114abc', ''] }, false],
])('proves %s', (_, asked, expected) => {
  expect(own.isProven(asked, own.prove(record))).toBe(expected);
});

it.each([null, undefined, '', 'junk', createOwnRecords('another secret that is long enough').prove(record)])(
  'believes nothing else: %s',
  (proof) => {
    expect(own.isProven(record, proof)).toBe(false);
  },
);
