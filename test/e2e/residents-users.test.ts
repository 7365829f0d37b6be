import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../lib/caller.js';
import { createSoapClient, type SoapUser } from '../../lib/connect/soap.js';
import { createResidentsConnector, type Entry } from '../../subgraphs/residents/connector.js';
import { readCredentials } from '../../subgraphs/residents/credentials.js';
import { readAuthor } from '../../subgraphs/residents/message.js';
import type { Pseudonyms } from '../../subgraphs/residents/pseudonyms.js';
import { type ResidentsOffice, startResidentsOffice } from '../support/residents-office.js';

const HOMBURG = '10045114';
const ST_INGBERT = '10045117';
const CLERK: Caller = {
  subject: 'clerk-7',
  role: 'caseworker',
  office: 'residents',
  municipalities: ['10045*'],
  trustLevel: 'hoch',
  account: null,
  scopes: [],
  purpose: 'residents.inquiry',
  fileReference: 'EMA 7/2026',
};
const SEARCH = { familyName: 'Niemandsohn', givenName: 'A', dateOfBirth: '1984' };

describe('the technical users of a residents register', () => {
  let office: ResidentsOffice;
  beforeAll(async () => {
    office = await startResidentsOffice({
      provider: 'spk',
      serves: [HOMBURG, ST_INGBERT],
      size: 200,
      today: '2026-03-20',
      deadlineMs: 1400,
    });
  }, 60_000);
  beforeEach(() => office.control.resetCalls());
  afterAll(() => office?.stop());

  const users = () => readCredentials(office.register.credentials);
  /** Speaks to the register as the users of the map, by AGS. */
  const speakAs = (known: ReadonlyMap<string, SoapUser>) =>
    createResidentsConnector({
      soap: createSoapClient({
        url: office.register.url,
        namespace: 'urn:akdb:ok.komm:xmeld-service',
        operation: 'callApplicationByte',
        parameter: 'xmlParameter',
        result: 'callApplicationByteReturn',
        deadlineMs: 1400,
      }),
      users: known,
      author: readAuthor('dbs:100410000001|A|a@b.example|S|1|66111|P'),
      pseudonyms: {} as Pseudonyms, // what is asked here has no name outside the register
      isMember: () => false,
    });
  const asking = {
    caller: CLERK,
    account: null,
    elements: new Set(['familyName' as const]),
    signal: new AbortController().signal,
  };
  const searchAs = async (user: SoapUser | undefined) => {
    const connector = speakAs(new Map(user ? [[HOMBURG, user]] : []));
    try {
      return await connector.search(HOMBURG, SEARCH, asking);
    } finally {
      await connector.close();
    }
  };
  const userOf = (ags: string) => users().get(ags) as SoapUser;

  it('let in who asks for their own municipality', async () => {
    expect(await searchAs(userOf(HOMBURG))).toEqual([]);
    expect((await office.control.calls()).byKind).toEqual({ 1330: 1 });
  });

  it.each<[string, () => SoapUser]>([
    ['with another password', () => ({ ...userOf(HOMBURG), password: userOf(ST_INGBERT).password })],
    ['with another name', () => ({ ...userOf(HOMBURG), name: 'fachverbund' })],
    ['without a name or password', () => ({ name: '', password: '' })],
  ])('shut out whoever comes %s, and are counted', async (_, user) => {
    await expect(searchAs(user())).rejects.toMatchObject({ extensions: { code: 'LEGACY_MALFORMED' } });
    expect((await office.control.calls()).byKind).toEqual({ refused: 1 });
  });

  it('shut out whoever names nobody', async () => {
    const answer = await fetch(office.register.url, {
      method: 'POST',
      headers: { 'content-type': 'text/xml', soapaction: '""' },
      body: '<a/>',
    });
    expect([answer.status, (await office.control.calls()).byKind]).toEqual([401, { refused: 1 }]);
  });

  it('see no other municipality, though it is in the same house', async () => {
    await expect(searchAs(userOf(ST_INGBERT))).rejects.toMatchObject({ cause: new Error('refusal 22') });
  });

  it('are each asked for what is theirs: a batch of several municipalities is one message for each', async () => {
    const connector = speakAs(users());
    const entries: Entry[] = [HOMBURG, ST_INGBERT, HOMBURG].map((ags, index) => ({ ags, registerKey: `9${index}` }));
    expect(await connector.findMany(entries, asking)).toEqual(entries.map(() => ({ count: 0, resident: null })));
    expect((await office.control.calls()).byKind).toEqual({ 9330: 2 });
    await connector.close();
  });

  it('that one municipality lacks cost its people alone, and nobody is asked', async () => {
    const connector = speakAs(new Map([[HOMBURG, userOf(HOMBURG)]]));
    const entries: Entry[] = [ST_INGBERT, HOMBURG].map((ags) => ({ ags, registerKey: '90' }));
    expect(await connector.findMany(entries, asking)).toMatchObject([
      { extensions: { code: 'LEGACY_UNAVAILABLE' } },
      { count: 0, resident: null },
    ]);
    expect((await office.control.calls()).byKind).toEqual({ 9330: 1 });
    await connector.close();
  });
});
