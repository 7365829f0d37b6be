import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findFreePorts } from '../../scripts/ports.js';
import { type Program, type RunningProgram, startProgram } from '../../scripts/program.js';
import { ROOT } from '../../scripts/root.js';
import { exampleParcel } from '../../simulators/encumbrances/archive.js';
import { createSheetLinks } from '../../subgraphs/encumbrances/sheet-link.js';
import { ask } from '../support/ask.js';
import { buildingClerk } from '../support/callers.js';
import { eventually } from '../support/eventually.js';
import { createGatewayKey } from '../support/gateway-key.js';

const HOMBURG = '10045114';
const LINK_KEY = 'a key of the tests that is long enough to be one';
const SHEET = `query ($ags: AGS!, $key: ID!) { parcel(ags: $ags, key: $key) { encumbrances { sheet { url expiresAt } } } }`;

interface Answer {
  readonly parcel: { readonly encumbrances: readonly { readonly sheet: { readonly url: string } }[] };
}

/** One archive and the subgraph that reads it; the test holds the key of the links. */
describe('a link to a sheet that lives a second', () => {
  const root = mkdtempSync(join(tmpdir(), 'fachverbund-test-'));
  const gateway = createGatewayKey();
  const running: RunningProgram[] = [];
  let publicUrl: string;

  const start = async (kind: string, env: Program['env']) => {
    const base = { PATH: process.env.PATH ?? '', COOPERATION_PATH: join(ROOT, 'cooperation.yaml') };
    const program = { name: kind, script: kind, args: ['encumbrances'], env: { ...base, ...env } };
    const logFile = join(root, `${running.length}.log`);
    running.unshift(await startProgram(program, logFile, new AbortController().signal));
  };
  beforeAll(async () => {
    const [port = 0] = await findFreePorts(1);
    publicUrl = `http://127.0.0.1:${port}`;
    const EXPORT_FOLDER = join(root, 'export');
    await start('simulators/main.js', { EXPORT_FOLDER, SERVES: HOMBURG, POPULATION_TODAY: '2026-03-20' });
    await start('subgraphs/main.js', {
      ...gateway.env,
      EXPORT_FOLDER,
      PROVIDER: 'spk',
      PORT: String(port),
      PUBLIC_URL: publicUrl,
      SHEET_LINK_KEY: LINK_KEY,
      SHEET_LINK_SECONDS: '1',
    });
  }, 60_000);
  afterAll(async () => {
    for (const program of running) await program.stop();
    rmSync(root, { recursive: true, force: true });
  });

  const statusOf = async (url: string) => {
    const answer = await fetch(url);
    return [answer.status, (await answer.text()).slice(0, 5)];
  };
  const linkOf = ({ file = `${HOMBURG}-1000.pdf`, ags = HOMBURG, madeAgoMs = 0, key = LINK_KEY }) =>
    createSheetLinks({ key, publicUrl, lifetimeMs: 300_000, now: () => Date.now() - madeAgoMs }).make({
      ags,
      file,
      subject: 'building-clerk',
      requestId: 'r-1',
    }).url;

  it('is gone after it', async () => {
    const variables = { ags: HOMBURG, key: exampleParcel(HOMBURG) };
    const signed = gateway.signAs('encumbrances', buildingClerk(HOMBURG));
    const { data } = await ask<Answer>(`${publicUrl}/graphql`, SHEET, { variables, signed });
    const url = data?.parcel.encumbrances[0]?.sheet.url ?? '';
    await eventually(async () => expect(await statusOf(url)).toEqual([410, '']), 10_000);
  });

  it.each<[string, Parameters<typeof linkOf>[0], readonly [number, string]]>([
    ['in its time', {}, [200, '%PDF-']],
    ['of six minutes ago', { madeAgoMs: 360_000 }, [410, '']],
    ['of another key', { key: `${LINK_KEY}!` }, [404, '']],
    ['to a sheet that the register does not name', { file: `${HOMBURG}-9999.pdf` }, [404, '']],
    ['to a file outside', { file: '../baulasten.dat' }, [404, '']],
    ['to the sheet of a municipality that is not served', { ags: '10041100' }, [404, '']],
  ])('is answered by what it is bound to: one %s', async (_, link, expected) => {
    expect(await statusOf(linkOf(link))).toEqual(expected);
  });
});
