import { describe, expect, it } from '@jest/globals';
import { readRedisUrl } from '../../../lib/redis-target.js';

describe('readRedisUrl', () => {
  it.each([
    ['redis://a', { isCluster: false, addresses: [{ host: 'a', port: 6379 }], access: {} }],
    [
      'rediss://u:p%40@a:1/2',
      {
        isCluster: false,
        addresses: [{ host: 'a', port: 1 }],
        access: { username: 'u', password: 'p@', db: 2, tls: {} },
      },
    ],
    ['redis://[::1]:7', { isCluster: false, addresses: [{ host: '::1', port: 7 }], access: {} }],
    ['redis-cluster://:p@a:1', { isCluster: true, addresses: [{ host: 'a', port: 1 }], access: { password: 'p' } }],
    [
      'redis://a:1, redis://b:2',
      {
        isCluster: true,
        addresses: [
          { host: 'a', port: 1 },
          { host: 'b', port: 2 },
        ],
        access: {},
      },
    ],
    ['rediss-cluster://a', { isCluster: true, addresses: [{ host: 'a', port: 6379 }], access: { tls: {} } }],
  ])('reads %s', (url, target) => {
    expect(readRedisUrl(url)).toEqual(target);
  });

  it.each([
    '',
    ',',
    'http://a',
    'redis://',
    'redis:secret',
    'redis://a/x',
    'redis-cluster://a/1',
    'redis://a,rediss://b',
  ])('refuses %j', (url) => {
    expect(() => readRedisUrl(url)).toThrow(/^(?!.*secret)/);
  });
});
