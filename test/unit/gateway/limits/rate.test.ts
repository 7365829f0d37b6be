import { describe, expect, it } from '@jest/globals';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { createAdmit } from '../../../../gateway/limits/admit.js';
import { createRate } from '../../../../gateway/limits/rate.js';
import type { SharedRate } from '../../../../gateway/limits/shared-rate.js';
import { createSharedRate } from '../../../../gateway/limits/shared-rate.js';
import { AppError } from '../../../../lib/errors.js';
import { vehicleClerk } from '../../../support/callers.js';
import { eventually } from '../../../support/eventually.js';

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'in',
    (error: AppError) => [error.code, error.extensions['retryAfterSeconds']],
  );

const REFUSED = ['RATE_LIMITED', 1];

describe('a client', () => {
  it('has its requests a second, and nobody else pays for it', async () => {
    const rate = createRate({ perSecond: 2, shared: null });
    const asked = ['a', 'a', 'a', 'b'].map((client) => outcome(rate.take(client)));
    expect(await Promise.all(asked)).toEqual(['in', 'in', REFUSED, 'in']);
    expect(await outcome(rate.take('a'))).toEqual(REFUSED);
    expect(() => rate.check('a')).toThrow(AppError);
    expect(() => rate.check('b')).not.toThrow();
  });

  it('may come back when its second is over', async () => {
    let now = 0;
    const shared: SharedRate = { note: () => undefined, spentUntil: () => 1000, close: () => undefined };
    const rate = createRate({ perSecond: 5, shared, now: () => now });
    expect(await outcome(rate.take('a'))).toEqual(REFUSED);
    now = 1000;
    expect(await outcome(rate.take('a'))).toBe('in');
  });
});

describe('replicas', () => {
  it('tell the store what they counted once in a while, and obey it', async () => {
    const told: [string | number, number | undefined][] = [];
    const consume = async (name: string | number, requests?: number) => {
      told.push([name, requests]);
      throw new RateLimiterRes(0, 700, 9);
    };
    const failures: Error[] = [];
    const nameOf = (client: string) => `hash of ${client.length}`;
    const shared = createSharedRate({
      store: { consume },
      nameOf,
      onFailure: (error) => failures.push(error),
      now: () => 50,
    });
    for (let count = 0; count < 3; count++) shared.note('abc');
    expect(shared.spentUntil('abc')).toBe(0);
    await eventually(() => expect(shared.spentUntil('abc')).toBe(750));
    expect([told, failures]).toEqual([[['hash of 3', 3]], []]);
    shared.close();
  });

  it('go on by themselves while the store is down', async () => {
    const failures: Error[] = [];
    const consume = async () => Promise.reject(new Error('down'));
    const shared = createSharedRate({ store: { consume }, nameOf: String, onFailure: (error) => failures.push(error) });
    shared.note('a');
    await eventually(() => expect(failures).toHaveLength(1));
    expect(shared.spentUntil('a')).toBe(0);
    shared.close();
  });
});

describe('admission', () => {
  const request = (remoteAddress: string) => ({ headers: {}, socket: { remoteAddress } }) as never;
  const clerk = vehicleClerk('10045*');

  it('charges one request once, however often it is asked about', async () => {
    const admit = createAdmit(async () => clerk, createRate({ perSecond: 1, shared: null }));
    const first = request('192.0.2.1');
    expect(await Promise.all([outcome(admit(first)), outcome(admit(first))])).toEqual(['in', 'in']);
    expect(await outcome(admit(request('192.0.2.1')))).toEqual(REFUSED);
  });

  it('charges a token that does not hold to the address, and then judges no more of them', async () => {
    let judged = 0;
    const identify = async () => {
      judged += 1;
      throw new AppError('UNAUTHENTICATED');
    };
    const admit = createAdmit(identify, createRate({ perSecond: 1, shared: null }));
    const codes = [];
    for (let count = 0; count < 3; count++) codes.push(await outcome(admit(request('192.0.2.2'))));
    expect(codes).toEqual([['UNAUTHENTICATED', undefined], REFUSED, REFUSED]);
    expect(judged).toBe(2);
  });

  it('charges nobody on loopback without a token', async () => {
    const admit = createAdmit(async () => null, createRate({ perSecond: 1, shared: null }));
    expect(await Promise.all([1, 2, 3].map(() => outcome(admit(request('127.0.0.1')))))).toEqual(['in', 'in', 'in']);
  });
});
