import { expect, it } from '@jest/globals';
import type { Access } from '../../../../lib/audit/accesses.js';
import type { Caller } from '../../../../lib/caller.js';
import { createOwnRecords } from '../../../../lib/own-record.js';
import type { AccessLogConnector } from '../../../../subgraphs/access-log/connector.js';
import { createLoaders } from '../../../../subgraphs/access-log/loaders.js';
import { someCaller } from '../../../support/some-caller.js';

const ownRecords = createOwnRecords('a secret that is long enough to be one');
const key = { ags: '10045114', id: 'abc' };
const citizen = someCaller({ subject: 'citizen-1', role: 'citizen', trustLevel: 'hoch' });
const proof = ownRecords.prove({ subject: 'citizen-1', type: 'Resident', key: Object.values(key) });
const connector: AccessLogConnector = {
  ownRecords,
  read: async ({ first, after }) =>
    [5, 4, 4, 4, 1]
      .map((sequence, at) => ({ sequence, item: 5 - at }) as Access)
      .filter(({ sequence, item }) => after === null || sequence < after.sequence || item < after.item)
      .slice(0, first),
  position: () => ({
    seal: ({ sequence, item }) => `p${sequence}${item}`,
    open: (text) => (/^p\d\d$/.test(text) ? { sequence: Number(text[1]), item: Number(text[2]) } : null),
  }),
  close: async () => undefined,
};
const ask = (caller: Caller | null, given: string | null, page = {}) =>
  createLoaders(connector, { caller } as never).accesses({ type: 'Resident', key, proof: given, page });

it.each<[string, Caller | null, string | null]>([
  ['nobody', null, proof],
  ['an office', someCaller({ subject: 'citizen-1', role: 'caseworker', trustLevel: 'hoch' }), proof],
  ['a login that is too weak', { ...citizen, trustLevel: 'substanziell' }, proof],
  ['another citizen with a proof that is not theirs', { ...citizen, subject: 'citizen-2' }, proof],
  ['a citizen without a proof', citizen, null],
])('tells %s nothing', async (_, caller, given) => {
  expect(await ask(caller, given)).toBeNull();
});

it('pages through the log of one’s own record, newest first', async () => {
  const first = await ask(citizen, proof, { first: 3 });
  const placesOf = (page: typeof first) => page?.edges.map(({ node: { sequence, item } }) => [sequence, item]);
  expect([placesOf(first), first?.pageInfo.hasNextPage]).toEqual([
    [
      [5, 5],
      [4, 4],
      [4, 3],
    ],
    true,
  ]);
  const rest = await ask(citizen, proof, { first: 3, after: first?.pageInfo.endCursor });
  expect([placesOf(rest), rest?.pageInfo.hasNextPage]).toEqual([
    [
      [4, 2],
      [1, 1],
    ],
    false,
  ]);
});

it('refuses a cursor that it did not give', async () => {
  await expect(ask(citizen, proof, { after: 'AAAAAAAAAAA.eHg' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});
