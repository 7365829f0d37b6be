import { expect, it } from '@jest/globals';
import { clientOf } from '../../../../gateway/limits/client.js';
import { vehicleClerk } from '../../../support/callers.js';

it.each([
  ['127.0.0.1', null],
  ['::1', null],
  ['::ffff:127.0.0.1', null],
  [undefined, null],
  ['192.0.2.7', 'address 192.0.2.7'],
  ['::ffff:192.0.2.7', 'address 192.0.2.7'],
  ['2001:db8:0:1:aaaa:bbbb:cccc:dddd', 'address 2001:db8:0:1::/64'],
  ['2001:db8:0:1::1', 'address 2001:db8:0:1::/64'],
  ['2001:0db8::1', 'address 2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'address fe80:0:0:0::/64'],
  ['::2', 'address 0:0:0:0::/64'],
])('nobody signed in at %s is %s', (address, client) => {
  expect(clientOf(null, address)).toBe(client);
});

it('somebody signed in is who they are, wherever they ask from', () => {
  const clerk = vehicleClerk('10045*');
  expect([clientOf(clerk, '192.0.2.7'), clientOf(clerk, '127.0.0.1')]).toEqual(Array(2).fill('subject vehicle-clerk'));
});
