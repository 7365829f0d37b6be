import { expect, it } from '@jest/globals';
import { pickDetails } from '../../../gateway/public-error.js';

it('keeps names and numbers that it knows, and nothing else', () => {
  const told = {
    code: 'X',
    argument: 'input.dogs.0',
    requiredAcr: 'STORK-QAA-Level-4',
    limit: 1000,
    value: 'Mustermann',
    retryAfterSeconds: Number.NaN,
    requiredTrustLevel: 'a sentence with spaces',
    user: 'postgres',
    port: 5432,
    stacktrace: ['at'],
  };
  expect(pickDetails(told)).toEqual({ argument: 'input.dogs.0', requiredAcr: 'STORK-QAA-Level-4', limit: 1000 });
});

it.each([[{ argument: { toString: () => 'x' } }], [{ argument: 'a'.repeat(101) }], [Object.create({ argument: 'x' })]])(
  'does not keep what only looks like one',
  (told) => {
    expect(pickDetails(told)).toEqual({});
  },
);
