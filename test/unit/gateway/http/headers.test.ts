import { expect, it } from '@jest/globals';
import { readRequestId } from '../../../../gateway/http/headers.js';

it.each([
  ['abcd1234', true],
  ['A-1'.repeat(20), true],
  ['short', false],
  ['a'.repeat(65), false],
  ['with space 1234', false],
  ['line\nbreak1234', false],
  [undefined, false],
])('takes over the id %j: %s', (given, isTaken) => {
  const id = readRequestId({ headers: given === undefined ? {} : { 'x-request-id': given } });
  expect(id === given).toBe(isTaken);
  expect(id).toMatch(/^[A-Za-z0-9-]{8,64}$/);
});
