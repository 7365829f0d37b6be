import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { port, readSettings, wholeNumber } from '../../lib/settings.js';
import { createControl, type Fault } from '../control.js';
import type { RunningSimulator } from '../simulator.js';
import { readWorldSettings } from '../world-settings.js';
import { createArchive } from './archive.js';
import { createCounter } from './counter.js';
import type { Damage } from './damage.js';
import { createStore, EXPORT_FILE, type ScanDamage } from './store.js';

const SETTINGS = {
  CONTROL_PORT: port().default(0),
  /** AGS of the municipalities whose register this system holds, by commas; empty: all. */
  SERVES: z.string().default(''),
  /** Where the export and the scans are put; empty: a temporary folder that goes with the process. */
  EXPORT_FOLDER: z.string().default(''),
  PARCELS_PER_MUNICIPALITY: wholeNumber(1, 300).default(12),
};

/** Which bad file stands for which fault. A file does not answer late: `latencyMs` means nothing here. */
const DAMAGE_OF: Readonly<Record<string, Damage>> = {
  http500: 'html',
  html: 'html',
  truncated: 'half-written',
  refuse: 'removed',
  silent: 'empty',
};
const SPECIALS: readonly Damage[] = ['half-written', 'wrong-length', 'bad-count', 'duplicates', 'older'];
const SCAN_SPECIALS: readonly ScanDamage[] = ['no-scans', 'broken-scans'];

/** Starts the simulated register of building encumbrances: scans and one export at once, further ones by the control API. */
export async function start(env: Readonly<Record<string, string | undefined>>): Promise<RunningSimulator> {
  const settings = readSettings(SETTINGS, env);
  const { municipalities, seed } = readWorldSettings(env);
  const serves = settings.SERVES === '' ? municipalities.map(({ ags }) => ags) : settings.SERVES.split(',');
  const archive = createArchive(serves, { seed, parcels: settings.PARCELS_PER_MUNICIPALITY });
  const folder = resolve(settings.EXPORT_FOLDER || (await mkdtemp(join(tmpdir(), 'fachverbund-encumbrances-'))));
  const store = await createStore(folder, archive, () => new Date());
  const writeExport = async () => ({
    file: EXPORT_FILE,
    records: archive.entries().length,
    sequence: await store.writeExport(damageOf(control.fault)),
  });
  const control = createControl(createCounter(archive, { store, writeExport }), async ({ special, ...fault }) => {
    const scanDamage = SCAN_SPECIALS.find((damage) => damage === special) ?? null;
    if (special !== undefined && scanDamage === null && damageOf({ ...fault, special }) === null)
      throw new Error(`no such fault: ${String(special)}`);
    await store.restoreScans(scanDamage);
    await writeExport();
  });
  await store.writeScans(archive.scans());
  await writeExport();
  const controlUrl = await control.listen(settings.CONTROL_PORT);
  return {
    ready: { url: pathToFileURL(folder).href, controlUrl, exportFolder: folder },
    async close() {
      await control.close();
      if (settings.EXPORT_FOLDER === '') await rm(folder, { recursive: true, force: true });
    },
  };
}

function damageOf({ down, error, special }: Fault): Damage | null {
  if (down) return 'removed';
  if (error !== null) return DAMAGE_OF[error] ?? 'html';
  return SPECIALS.find((damage) => damage === special) ?? null;
}
