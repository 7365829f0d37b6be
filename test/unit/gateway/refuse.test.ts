import { describe, expect, it } from '@jest/globals';
import { Refusal, refuse } from '../../../gateway/refuse.js';
import { AppError } from '../../../lib/errors.js';

const httpOf = (error: unknown) => {
  const { status, headers } = refuse(error).extensions.http as { status: number; headers: Map<string, string> };
  return [status, Object.fromEntries(headers)];
};

describe('refuse', () => {
  it.each([
    ['a missing token', new AppError('UNAUTHENTICATED'), 401, { 'www-authenticate': 'Bearer' }],
    ['an overload', new AppError('OVERLOADED'), 503, { 'retry-after': '5' }],
    ['several faults', new Refusal([new AppError('BAD_USER_INPUT'), new AppError('INTERNAL')]), 400, {}],
    ['what nobody expected', new TypeError('planted'), 500, {}],
  ])('gives %s its status', (_, error, status, headers) => {
    expect(httpOf(error)).toEqual([status, headers]);
  });

  it('keeps code and details, and not the words of what nobody expected', () => {
    expect(refuse(new AppError('BAD_USER_INPUT', 'x', { detail: { argument: 'a' } })).extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: 'a',
    });
    expect(refuse(new TypeError('planted')).message).not.toContain('planted');
  });
});
