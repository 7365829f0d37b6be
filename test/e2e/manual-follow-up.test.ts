import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLERKS, OTHERS, searchFor, watch } from '../support/block-watch.js';
import { startFederation, type TestFederation } from '../support/federation.js';

const ST_INGBERT = '10045117';
const FOLLOW_UP = `mutation ($ags: AGS!, $search: ResidentSearch!) {
  requestManualFollowUp(ags: $ags, search: $search) { ags reference receivedAt } }`;

/** Numbers and times differ from case to case. */
const withoutNumber = (text: string): string =>
  text.replace(/MV-\d+/, 'MV-0').replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/, 'T');

describe('a neutral answer, left to the office by hand', () => {
  let federation: TestFederation;
  beforeAll(async () => {
    federation = await startFederation({ subgraphs: ['directory', 'residents'], size: 300 });
  }, 120_000);
  afterAll(() => federation?.stop());

  const register = () => federation.control('residents-spk');
  const blocked = () => searchFor(federation.persona('citizen-blocked'));
  const request = (persona: string | null, search: object, headers = {}) =>
    federation.query<{ requestManualFollowUp: { reference: string } }>(FOLLOW_UP, {
      variables: { ags: ST_INGBERT, search },
      headers,
      ...(persona && { persona }),
    });
  const followUp = (persona: string | null, search: object, headers = {}) =>
    watch(register(), () => request(persona, search, headers));

  it.each(CLERKS)('is taken on for %s alike: blocked, unknown, or there', async (persona) => {
    const people = [
      blocked(),
      { ...blocked(), familyName: 'Niemandsohn' },
      searchFor(federation.persona('citizen-basic')),
    ];
    const seen = [];
    for (const search of people) {
      const answer = await followUp(persona, search);
      seen.push({ ...answer, text: withoutNumber(answer.text), length: answer.text.length });
    }
    const taken = `{"data":{"requestManualFollowUp":{"ags":"${ST_INGBERT}","reference":"MV-0","receivedAt":"T"}}}\n`;
    expect(seen[0]).toMatchObject({ status: 200, text: taken, calls: { 1322: 1 } });
    expect(seen.slice(1)).toEqual([seen[0], seen[0]]);
  });

  it('is on the office’s desk with who asks, for which file, and why', async () => {
    const { data } = await request('benefit-clerk', blocked());
    const { familyName, dateOfBirth } = blocked();
    expect(await register().followUps()).toContainEqual(
      expect.objectContaining({
        number: data?.requestManualFollowUp.reference,
        ags: ST_INGBERT,
        data: expect.objectContaining({ familyName, dateOfBirth }),
        office: {
          authority: 'Wohngeldbehörde 10045*',
          fileReference: 'WG 1/2026',
          occasion: 'housing-benefit.case',
          person: 'benefit-clerk',
        },
      }),
    );
  });

  it.each(OTHERS.filter((persona) => !CLERKS.some((clerk) => clerk === persona)))(
    'is not taken on for %s',
    async (persona) => {
      const { text, calls } = await followUp(persona, blocked());
      expect(text).toMatch(/FORBIDDEN|UNAUTHENTICATED|INSUFFICIENT_TRUST_LEVEL/);
      expect(calls).toEqual({});
    },
  );

  it.each([
    ['a file reference', { 'x-file-reference': '' }],
    ['the purpose of its office', { 'x-purpose': 'residents.inquiry' }],
  ])('is not taken on without %s', async (_, headers) => {
    const { text, calls } = await followUp('benefit-clerk', blocked(), headers);
    expect(text).toMatch(/FORBIDDEN|BAD_USER_INPUT/);
    expect(calls).toEqual({});
  });

  it('is refused for too little, whoever is meant', async () => {
    const little = (familyName: string) => followUp('residents-clerk', { familyName, givenName: 'A' });
    const [hidden, absent] = [await little(blocked().familyName), await little('Niemandsohn')];
    expect(hidden.text).toContain('TOO_LITTLE_GIVEN');
    expect(absent).toEqual(hidden);
  });
});
