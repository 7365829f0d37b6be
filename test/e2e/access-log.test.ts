import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startFederation, type TestFederation } from '../support/federation.js';

/** What an office reads of somebody they see in their own access log, and nobody else does. */
interface Log {
  readonly me: {
    readonly id: string;
    readonly ags: string;
    readonly accessLog: {
      readonly edges: readonly { readonly cursor: string; readonly node: Record<string, unknown> }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    } | null;
  };
}

const LOG = `query Log($first: Int, $after: String) {
  me { id ags accessLog(first: $first, after: $after) {
    edges { cursor node { at register controller role office municipalities purpose fileReference fields } }
    pageInfo { hasNextPage endCursor }
  } }
}`;
const READ = `query Read($ags: AGS!, $id: ID!) {
  resident(ags: $ags, id: $id) { familyName doctorate currentAddress { street } }
}`;
const OFFICE = {
  persona: 'benefit-clerk',
  headers: { 'x-purpose': 'housing-benefit.case', 'x-file-reference': 'WG-2026/17' },
};

jest.setTimeout(120_000);

let federation: TestFederation;
beforeAll(async () => {
  federation = await startFederation({
    subgraphs: ['residents', 'vehicles', 'housing-benefit', 'access-log'],
    size: 500,
  });
});
afterAll(() => federation?.stop());

const readLog = async (persona = 'citizen', variables: object = {}) => {
  const answer = await federation.query<Log>(LOG, { persona, variables: { ...variables } });
  expect(answer.errors).toEqual([]);
  return answer.data?.me as Log['me'];
};

describe('accessLog', () => {
  it('shows the person which office read what of them, why and when, and no clerk', async () => {
    const { ags, id, accessLog } = await readLog();
    expect(accessLog?.edges).toEqual([]);
    const read = await federation.query(READ, { ...OFFICE, variables: { ags, id } });
    expect(read.errors).toEqual([]);
    const after = await readLog();
    expect(after.accessLog?.edges.map(({ node }) => node)).toEqual([
      {
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        register: 'residents',
        controller: ags,
        role: 'caseworker',
        office: 'housing-benefit',
        municipalities: ['10045*'],
        purpose: 'housing-benefit.case',
        fileReference: 'WG-2026/17',
        fields: ['Address.street', 'Resident.currentAddress', 'Resident.familyName'],
      },
    ]);
    expect(JSON.stringify(after)).not.toContain('clerk');
  });

  it('goes on with the next page, and refuses the cursor of somebody else', async () => {
    const { ags, id } = await readLog();
    for (let count = 0; count < 3; count++) await federation.query(READ, { ...OFFICE, variables: { ags, id } });
    const first = await readLog('citizen', { first: 2 });
    expect([first.accessLog?.edges.length, first.accessLog?.pageInfo.hasNextPage]).toEqual([2, true]);
    const second = await readLog('citizen', { first: 2, after: first.accessLog?.pageInfo.endCursor });
    const at = [...(first.accessLog?.edges ?? []), ...(second.accessLog?.edges ?? [])].map(({ node }) =>
      String(node['at']),
    );
    expect(at).toHaveLength(4);
    expect(at).toEqual([...at].sort().reverse());
    const stolen = await federation.query(LOG, {
      persona: 'citizen-blocked',
      variables: { after: first.accessLog?.pageInfo.endCursor },
    });
    expect(stolen.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('shows each access once, whoever else was read at the same time', async () => {
    const personas = ['citizen', 'citizen-moved'];
    const people = await Promise.all(personas.map((persona) => readLog(persona)));
    const files = Array.from({ length: 12 }, (_, at) => `SHARED-${at}`);
    const reads = files.flatMap((file) =>
      people.map(({ ags, id }, at) => {
        const headers = { ...OFFICE.headers, 'x-file-reference': `${file}-${personas[at]}` };
        return federation.query(READ, { ...OFFICE, headers, variables: { ags, id } });
      }),
    );
    for (const { errors } of await Promise.all(reads)) expect(errors).toEqual([]);
    for (const persona of personas) {
      const seen: string[] = [];
      for (let after: string | null = null; ; ) {
        const { accessLog }: Log['me'] = await readLog(persona, { first: 5, after });
        seen.push(...(accessLog?.edges ?? []).map(({ node }) => String(node['fileReference'])));
        after = accessLog?.pageInfo.endCursor ?? null;
        if (!accessLog?.pageInfo.hasNextPage) break;
      }
      const shared = seen.filter((file) => file.startsWith('SHARED-'));
      expect(shared.toSorted()).toEqual(files.map((file) => `${file}-${persona}`).toSorted());
    }
  });

  it('shows what was read of their vehicles and cases without their own record', async () => {
    const LOGS = `{ me { ags
      vehicles { ags plate accessLog { edges { node { register office fields } } } }
      housingBenefitCases { ags caseNumber accessLog { edges { node { register office fields } } } } } }`;
    type Own = { ags: string; plate: string; caseNumber: string; accessLog: { edges: unknown[] } | null };
    type Logs = { me: { vehicles: Own[]; housingBenefitCases: Own[] } };
    const { data } = await federation.query<Logs>(LOGS, { persona: 'citizen' });
    const [vehicle] = data?.me.vehicles ?? [];
    const [found] = data?.me.housingBenefitCases ?? [];
    if (!vehicle || !found) throw new Error('This citizen has both.');
    expect([vehicle.accessLog?.edges, found.accessLog?.edges]).toEqual([[], []]);
    const office = await federation.query(
      'query($ags: AGS!, $plate: String!) { vehicle(ags: $ags, plate: $plate) { make } }',
      {
        persona: 'vehicle-clerk',
        headers: { 'x-purpose': 'vehicles.registration', 'x-file-reference': 'KFZ-1' },
        variables: { ags: vehicle.ags, plate: vehicle.plate },
      },
    );
    const benefit = await federation.query(
      'query($ags: AGS!, $caseNumber: ID!) { housingBenefitCase(ags: $ags, caseNumber: $caseNumber) { status } }',
      { ...OFFICE, variables: { ags: found.ags, caseNumber: found.caseNumber } },
    );
    expect([...office.errors, ...benefit.errors]).toEqual([]);
    const after = (await federation.query<Logs>(LOGS, { persona: 'citizen' })).data?.me;
    const logOf = (own: Own | undefined) => own?.accessLog?.edges;
    expect(logOf(after?.vehicles.find(({ plate }) => plate === vehicle.plate))).toEqual([
      { node: { register: 'vehicles', office: 'vehicles', fields: ['Vehicle.make'] } },
    ]);
    expect(logOf(after?.housingBenefitCases.find(({ caseNumber }) => caseNumber === found.caseNumber))).toEqual([
      { node: { register: 'housing-benefit', office: 'housing-benefit', fields: ['HousingBenefitCase.status'] } },
    ]);
  });

  it('is there for nobody else: not for the office, not for another citizen', async () => {
    const { ags, id } = await readLog();
    const query =
      'query($ags: AGS!, $id: ID!) { resident(ags: $ags, id: $id) { familyName accessLog { edges { cursor } } } }';
    const office = await federation.query<{ resident: unknown }>(query, { ...OFFICE, variables: { ags, id } });
    expect(office.data?.resident).toMatchObject({ accessLog: null });
    expect(office.errors[0]?.extensions.code).toBe('FORBIDDEN');
    const other = await readLog('citizen-blocked');
    expect(other.accessLog?.edges).toEqual([]);
  });

  it('leaves the rest of the record alone while it is down', async () => {
    await federation.stopPart('access-log-ego');
    const answer = await federation.query<Log>(LOG, { persona: 'citizen' });
    expect(answer.data?.me).toMatchObject({ accessLog: null, id: expect.any(String) });
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['SUBGRAPH_UNAVAILABLE']);
    await federation.restartPart('access-log-ego');
  });
});
