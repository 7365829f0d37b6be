import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { startFederation, type TestFederation } from '../support/federation.js';

interface Hosting {
  readonly subgraph: string;
  readonly provider: string;
  readonly providerName: string;
}
interface Municipality {
  readonly ags: string;
  readonly name: string;
  readonly district: string;
  readonly hosting: readonly Hosting[];
}

const FIELDS = '{ ags name district hosting { subgraph provider providerName } }';

describe('the directory', () => {
  let federation: TestFederation;
  let agreement: string;
  beforeAll(async () => {
    federation = await startFederation({ subgraphs: ['directory'], identity: false, gateway: false, size: 0 });
    agreement = readFileSync(federation.cooperationPath, 'utf8');
  }, 60_000);
  afterAll(() => federation?.stop());

  const municipality = async (ags: string) => {
    const answer = await federation.querySubgraph<{ municipality: Municipality | null }>(
      'directory-ego',
      `query ($ags: AGS!) { municipality(ags: $ags) ${FIELDS} }`,
      { variables: { ags } },
    );
    expect(answer.errors).toEqual([]);
    return answer.data?.municipality ?? null;
  };
  /** Puts another agreement in force within a second. */
  const agree = async (text: string, look: () => Promise<void>) => {
    writeFileSync(federation.cooperationPath, text);
    await eventually(look, 1000);
  };

  it('knows the municipalities by name, without a token', async () => {
    const answer = await federation.querySubgraph<{ municipalities: Municipality[] }>(
      'directory-ego',
      `{ municipalities ${FIELDS} }`,
    );
    const names = answer.data?.municipalities.map(({ name }) => name) ?? [];
    expect(names).toHaveLength(12);
    expect(names).toEqual([...names].sort(new Intl.Collator('de').compare));
  });

  it('knows who hosts what for a municipality: housing benefit is computed elsewhere', async () => {
    expect(await municipality('10045114')).toEqual({
      ags: '10045114',
      name: 'Homburg',
      district: '10045',
      hosting: [
        { subgraph: 'access-log', provider: 'ego', providerName: 'eGo-Saar' },
        { subgraph: 'directory', provider: 'ego', providerName: 'eGo-Saar' },
        { subgraph: 'encumbrances', provider: 'spk', providerName: 'IT des Saarpfalz-Kreises' },
        { subgraph: 'housing-benefit', provider: 'iks', providerName: 'IKS Saarbrücken' },
        { subgraph: 'residents', provider: 'spk', providerName: 'IT des Saarpfalz-Kreises' },
        { subgraph: 'services', provider: 'ego', providerName: 'eGo-Saar' },
        { subgraph: 'vehicles', provider: 'spk', providerName: 'IT des Saarpfalz-Kreises' },
      ],
    });
  });

  it('answers null for a municipality that is not in the cooperation', async () => {
    expect(await municipality('05162024')).toBeNull();
  });

  it('resolves references in their order', async () => {
    const answer = await federation.querySubgraph(
      'directory-ego',
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Municipality { name } } }',
      { variables: { of: ['10045114', '05162024', '10041100'].map((ags) => ({ __typename: 'Municipality', ags })) } },
    );
    expect(answer).toMatchObject({
      data: { _entities: [{ name: 'Homburg' }, null, { name: 'Saarbrücken' }] },
      errors: [],
    });
  });

  it('follows an agreement that changes, within a second', async () => {
    const joining = '  - { ags: "10045199", name: Neustadt, district: "10045" }\n';
    await agree(agreement.replace(/^providers:/m, `${joining}providers:`), async () =>
      expect((await municipality('10045199'))?.name).toBe('Neustadt'),
    );
    await agree(agreement, async () => expect(await municipality('10045199')).toBeNull());
  });

  it('keeps the agreement in force while the file is wrong', async () => {
    const log = join(dirname(federation.cooperationPath), 'run', 'logs', 'directory-ego.log');
    writeFileSync(federation.cooperationPath, agreement.replace('provider: iks', 'provider: nobody'));
    await eventually(() =>
      expect(readFileSync(log, 'utf8')).toMatch(/unknown provider nobody.*cooperation file refused/),
    );
    expect((await municipality('10045114'))?.hosting).toHaveLength(7);
    await agree(agreement.replace('Homburg', 'Homburg (Saar)'), async () =>
      expect((await municipality('10045114'))?.name).toBe('Homburg (Saar)'),
    );
  });
});
