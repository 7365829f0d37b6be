import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { exampleParcel } from '../../simulators/encumbrances/archive.js';
import { buildingClerk } from '../support/callers.js';
import { eventually } from '../support/eventually.js';
import { startFederation, type TestFederation } from '../support/federation.js';

jest.setTimeout(60_000);

const HOMBURG = '10045114';
const SAARBRUECKEN = '10041100';
const KEY = exampleParcel(HOMBURG);
const PARCEL = `query ($ags: AGS!, $key: ID!) { parcel(ags: $ags, key: $key) {
  ags key cadastralDistrict section number recordedAt
  encumbrances { sheetNumber entryNumber kind content enteredOn deletedOn sheet { url expiresAt bytes } } } }`;

interface Parcel {
  readonly recordedAt: string;
  readonly encumbrances: readonly {
    readonly entryNumber: number;
    readonly content: string;
    readonly sheet: { readonly url: string; readonly expiresAt: string; readonly bytes: number } | null;
  }[];
}

let federation: TestFederation;

beforeAll(async () => {
  federation = await startFederation({ subgraphs: ['directory', 'encumbrances'], size: 200 });
}, 120_000);
afterAll(() => federation?.stop());

const ask = (
  persona?: string,
  variables = { ags: HOMBURG, key: KEY },
  headers: Readonly<Record<string, string>> = {},
) => federation.query<{ parcel: Parcel | null }>(PARCEL, { ...(persona && { persona }), variables, headers });
const parcel = async (variables = { ags: HOMBURG, key: KEY }): Promise<Parcel> => {
  const { data, errors } = await ask('building-clerk', variables);
  expect(errors).toEqual([]);
  return data?.parcel as Parcel;
};
const sheetUrl = async (variables?: { ags: string; key: string }) =>
  (await parcel(variables)).encumbrances[0]?.sheet?.url ?? '';
const audited = () => {
  const folder = join(dirname(federation.cooperationPath), 'run', 'audit');
  const segments = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  return segments.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
};
const logged = (text: string) =>
  readFileSync(join(dirname(federation.cooperationPath), 'run', 'logs', 'encumbrances-spk.log'), 'utf8')
    .split('\n')
    .filter((line) => line.includes(text))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('a caseworker of the building authority', () => {
  it('reads what burdens a parcel, deleted entries among it', async () => {
    const sheet = { url: expect.stringMatching(/^http:/), expiresAt: expect.any(String), bytes: expect.any(Number) };
    expect(await parcel()).toEqual({
      ags: HOMBURG,
      key: KEY,
      cadastralDistrict: '100451',
      section: '140',
      number: '42/7',
      recordedAt: expect.stringMatching(/Z$/),
      encumbrances: [
        { entryNumber: 1, deletedOn: null },
        { entryNumber: 2, deletedOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
      ].map((entry) => ({
        ...entry,
        sheetNumber: '1000',
        kind: expect.stringMatching(/^[A-Z]+$/),
        content: expect.stringMatching(/\.$/),
        enteredOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        sheet,
      })),
    });
  });

  it('downloads the sheet as a PDF that nobody keeps or shows in another page', async () => {
    const [entry] = (await parcel()).encumbrances;
    const lifetimeMs = new Date(entry?.sheet?.expiresAt ?? '').getTime() - Date.now();
    expect(lifetimeMs).toBeGreaterThan(60_000);
    expect(lifetimeMs).toBeLessThanOrEqual(300_000);
    const answer = await fetch(entry?.sheet?.url ?? '');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([answer.status, bytes.toString('latin1', 0, 5), bytes.length]).toEqual([200, '%PDF-', entry?.sheet?.bytes]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename="${HOMBURG}-1000.pdf"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'accept-ranges': 'none',
    });
  });

  it('leaves with the download a line that leads to the entry of the audit log', async () => {
    const { headers, data } = await ask('building-clerk');
    await (await fetch(data?.parcel?.encumbrances[0]?.sheet?.url ?? '')).arrayBuffer();
    const requestId = headers.get('x-request-id');
    expect(requestId).toMatch(/\w/);
    await eventually(() => expect(logged('sheet sent').at(-1)).toMatchObject({ requestId, ags: HOMBURG }));
    const entries = audited().filter((line) => line.includes(`"${requestId}"`));
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatch(/"register":"encumbrances".*EncumbranceSheet\.url/);
    expect(entries[0]).not.toContain('/sheets/');
  });

  it('gets a link of their own with each answer', async () => {
    expect(await sheetUrl()).not.toBe(await sheetUrl());
  });

  it('gets the whole sheet where a part is asked for', async () => {
    const answer = await fetch(await sheetUrl(), { headers: { range: 'bytes=0-3' } });
    expect([answer.status, (await answer.arrayBuffer()).byteLength > 500]).toEqual([200, true]);
  });

  it('reads nothing of a municipality that is not theirs', async () => {
    const { data, errors } = await ask('building-clerk', { ags: SAARBRUECKEN, key: exampleParcel(SAARBRUECKEN) });
    expect([data, errors]).toEqual([{ parcel: null }, []]);
  });

  it.each([
    ['a parcel without a sheet', HOMBURG, '10045114000001______'],
    ['a parcel of another municipality', HOMBURG, exampleParcel('10045117')],
  ])('is answered null for %s', async (_, ags, key) => {
    const { data, errors } = await ask('building-clerk', { ags, key });
    expect([data, errors]).toEqual([{ parcel: null }, []]);
  });

  it.each(['10045114000042000', `${KEY}_`, '1004511400004 2000__', '10045114000000____-_', ''])(
    'is told before anything runs that %j is no parcel key',
    async (key) => {
      const { status, errors } = await ask('building-clerk', { ags: HOMBURG, key });
      expect([status, errors[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
    },
  );

  it('is resolved as entities in their order, unknown ones null, by the gateway alone', async () => {
    const keys = [KEY, '10045114000001______', exampleParcel('10045117')];
    const of = keys.map((key, index) => ({ __typename: 'Parcel', ags: index === 2 ? '10045117' : HOMBURG, key }));
    const document =
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Parcel { key encumbrances { entryNumber } } } }';
    const answer = await federation.querySubgraph('encumbrances-spk', document, {
      variables: { of },
      caller: buildingClerk('10045*'),
    });
    expect([answer.data, answer.errors]).toEqual([
      {
        _entities: [
          { key: KEY, encumbrances: [{ entryNumber: 1 }, { entryNumber: 2 }] },
          null,
          { key: keys[2], encumbrances: [{ entryNumber: 1 }, { entryNumber: 2 }] },
        ],
      },
      [],
    ]);
  });
});

describe('everybody else', () => {
  it.each([
    ['citizen', 200],
    ['citizen-basic', 200],
    ['residents-clerk', 200],
    ['benefit-clerk', 200],
    ['vehicle-clerk', 200],
    ['agent-115', 200],
    ['partner', 403],
    ['protection-officer', 403],
    ['operator', 403],
  ])('as %s is denied', async (persona, status) => {
    const answer = await ask(persona, undefined, { ...(persona === 'protection-officer' && CONTROL) });
    expect([answer.status, answer.data?.parcel ?? null]).toEqual([status, null]);
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    expect(answer.text).not.toContain('sheets');
  });

  it('without a token is not signed in', async () => {
    const { data, errors } = await ask();
    expect([data?.parcel ?? null, errors[0]?.extensions.code]).toEqual([null, 'UNAUTHENTICATED']);
  });

  it.each([
    ['for another purpose', { 'x-purpose': 'vehicles.registration' }],
    ['without a file', { 'x-file-reference': '' }],
  ])('is denied as a building clerk %s', async (_, headers) => {
    const { data, errors } = await ask('building-clerk', undefined, headers);
    expect([data?.parcel ?? null, errors.length]).toEqual([null, 1]);
  });

  it.each([
    ['a citizen', { ...buildingClerk('10045*'), role: 'citizen' as const, trustLevel: 'hoch' as const }],
    ['another office', { ...buildingClerk('10045*'), office: 'vehicles' as const }],
    ['the office of elsewhere', buildingClerk(SAARBRUECKEN)],
    ['the office without a file', { ...buildingClerk('10045*'), fileReference: null }],
  ])('is told nothing by the subgraph itself: %s', async (_, caller) => {
    const { data, errors } = await federation.querySubgraph('encumbrances-spk', PARCEL, {
      variables: { ags: HOMBURG, key: KEY },
      caller,
    });
    expect([data, errors]).toEqual([{ parcel: null }, []]);
  });
});

describe('a link', () => {
  const status = async (url: string, init?: RequestInit) => {
    const answer = await fetch(url, init);
    return [answer.status, await answer.text()];
  };

  it('tells neither the parcel nor who asked', async () => {
    const link = new URL(await sheetUrl()).pathname.split('/').at(-1) ?? '';
    const read = link + Buffer.from(link, 'base64url').toString('latin1');
    expect(read).not.toMatch(new RegExp(`${KEY}|${HOMBURG}|1000|pdf|clerk`));
  });

  it('leads nowhere when one character of it is another', async () => {
    const url = await sheetUrl();
    const start = url.lastIndexOf('/') + 1;
    for (const at of [start, start + 20, url.length - 2]) {
      const forged = url.slice(0, at) + (url[at] === 'A' ? 'B' : 'A') + url.slice(at + 1);
      expect(await status(forged)).toEqual([404, '']);
    }
  });

  it.each(['', 'x', '../graphql', '%2e%2e%2fbaulasten.dat', '10045114-1000.pdf', 'A'.repeat(400), 'A'.repeat(4000)])(
    'that is made up leads nowhere: %s',
    async (link) => {
      const [code, text] = await status(new URL(`/sheets/${link}`, federation.part('encumbrances-spk').url).href);
      expect([401, 404]).toContain(code);
      expect(text).not.toContain('PDF');
    },
  );

  it('leads nowhere at the instance of another municipality', async () => {
    const elsewhere = new URL(new URL(await sheetUrl()).pathname, federation.part('encumbrances-iks').url);
    expect(await status(elsewhere.href)).toEqual([404, '']);
  });

  it('opens nothing but the sheet: all else still wants the proof of the gateway', async () => {
    const url = await sheetUrl();
    for (const [method, path] of [
      ['POST', url],
      ['DELETE', url],
      ['GET', `${url}/more`],
      ['GET', new URL('/sheets', url).href],
      ['POST', new URL('/graphql', url).href],
    ] as const)
      expect(await status(path, { method })).toEqual([401, '']);
  });
});

describe('the index export', () => {
  const control = () => federation.control('encumbrances-spk');

  it('brings an entry, and its sheet has it too', async () => {
    const before = (await parcel()).encumbrances[0]?.sheet?.bytes ?? 0;
    await control().enter({
      ags: HOMBURG,
      parcelKey: KEY,
      content: 'Größe 3 m², Gebühr 5 €.',
      enteredOn: '2026-03-19',
    });
    const { encumbrances } = await eventually(async () => {
      const found = await parcel();
      expect(found.encumbrances).toHaveLength(3);
      return found;
    });
    expect(encumbrances[2]).toMatchObject({
      entryNumber: 3,
      content: 'Größe 3 m², Gebühr 5 €.',
      enteredOn: '2026-03-19',
      deletedOn: null,
    });
    expect(encumbrances[2]?.sheet?.bytes).toBeGreaterThan(before);
  });

  it.each([
    ['half written', { special: 'half-written' }],
    ['a byte short', { special: 'wrong-length' }],
    ['with a wrong count', { special: 'bad-count' }],
    ['with an entry that stands twice', { special: 'duplicates' }],
    ['older than the one in force', { special: 'older' }],
    ['empty', { error: 'silent' }],
    ['that is an error page', { error: 'html' }],
    ['that is gone', { down: true }],
  ])('is refused with one line where it comes %s, and the last good one stays', async (_, fault) => {
    const refusals = logged('refused,').length;
    const { recordedAt } = await parcel();
    await control().fault(fault);
    await eventually(() => expect(logged('refused,')).toHaveLength(refusals + 1));
    expect(JSON.stringify(logged('refused,').at(-1))).not.toMatch(/Eigentümer|10045114|\/tmp/);
    expect((await parcel()).recordedAt).toBe(recordedAt);
    const taken = logged('taken over').length;
    await control().fault({});
    await eventually(() => expect(logged('taken over')).toHaveLength(taken + 1));
    expect(logged('refused,')).toHaveLength(refusals + 1);
  });
});

describe('the store of scans', () => {
  const control = () => federation.control('encumbrances-spk');
  afterAll(() => control().fault({}));

  it.each([
    ['is not there', { special: 'no-scans' }, 'LEGACY_UNAVAILABLE', 503],
    ['holds what is no PDF', { special: 'broken-scans' }, 'LEGACY_MALFORMED', 502],
  ])('that %s costs the sheets alone', async (_, fault, code, status) => {
    await control().fault({});
    const url = await sheetUrl();
    await control().fault(fault);
    const { data, errors } = await ask('building-clerk');
    expect(data?.parcel?.encumbrances.map(({ sheet }) => sheet)).toEqual([null, null, null]);
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set([code]));
    const download = await fetch(url);
    expect([download.status, await download.text()]).toEqual([status, '']);
    await control().fault({});
    expect((await parcel()).encumbrances).toHaveLength(3);
  });
});

const CONTROL = { 'x-purpose': 'data-protection.control', 'x-file-reference': 'DSB 1/2026' };
