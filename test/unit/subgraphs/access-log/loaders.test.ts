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
    Array.from({ length: 5 }, (_, index) => ({ sequence: 5 - index }) as Access)
      .filter(({ sequence }) => after === null || sequence < after)
      .slice(0, first),
  position: () => ({
    seal: (sequence) => `p${sequence}`,
    open: (text) => (/^p\d$/.test(text) ? Number(text[1]) : null),
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
  expect([first?.edges.map(({ node }) => node.sequence), first?.pageInfo.hasNextPage]).toEqual([[5, 4, 3], true]);
  const rest = await ask(citizen, proof, { first: 3, after: first?.pageInfo.endCursor });
  expect([rest?.edges.map(({ node }) => node.sequence), rest?.pageInfo.hasNextPage]).toEqual([[2, 1], false]);
});

it('refuses a cursor that it did not give', async () => {
  await expect(ask(citizen, proof, { after: 'AAAAAAAAAAA.eHg' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});
