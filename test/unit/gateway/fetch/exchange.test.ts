import { describe, expect, it } from '@jest/globals';
import { Exchange, type HttpAnswer } from '../../../../gateway/fetch/exchange.js';

/** What is made of an answer with these headers. */
function receive(headers: readonly (readonly [string, string])[]): HttpAnswer | null {
  let answer: HttpAnswer | null = null;
  const outcome = {
    answered: (received: HttpAnswer) => {
      answer = received;
    },
    failed: () => undefined,
  };
  const exchange = new Exchange(100, { inFlight: 0 }, outcome);
  exchange.onHeaders(
    200,
    headers.flat().map((text) => Buffer.from(text)),
  );
  exchange.onComplete();
  return answer;
}

describe('what an answer says about keeping it', () => {
  it.each([
    ['nothing', [], { cacheControl: '', ageSeconds: 0 }],
    ['one header', [['Cache-Control', 'public']], { cacheControl: 'public' }],
    [
      'two',
      [
        ['cache-control', 'public'],
        ['Cache-Control', 'max-age=60'],
      ],
      { cacheControl: 'public, max-age=60' },
    ],
    [
      'an age',
      [
        ['cache-control', 'public, max-age=60'],
        ['Age', '59'],
      ],
      { ageSeconds: 59 },
    ],
    [
      'an age that is none',
      [
        ['cache-control', 'public, max-age=60'],
        ['Age', '-1'],
      ],
      { cacheControl: 'no-store' },
    ],
    [
      'what it varies by',
      [
        ['cache-control', 'public'],
        ['Vary', 'Accept, Origin'],
      ],
      { cacheControl: 'public' },
    ],
    [
      'that it varies by all',
      [
        ['cache-control', 'public'],
        ['Vary', '*'],
      ],
      { cacheControl: 'no-store' },
    ],
    [
      'that it varies by the caller',
      [
        ['vary', 'Accept'],
        ['vary', 'Authorization'],
      ],
      { cacheControl: 'no-store' },
    ],
  ] as const)('%s', (_, headers, expected) => {
    expect(receive(headers)).toMatchObject(expected);
  });
});
