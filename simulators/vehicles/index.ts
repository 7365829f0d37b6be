import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { port, readSettings } from '../../lib/settings.js';
import { createControl, type Fault } from '../control.js';
import type { RunningSimulator } from '../simulator.js';
import { companies, people } from '../world.js';
import { readWorldSettings } from '../world-settings.js';
import type { Damage } from './damage.js';
import { createExporter, EXPORT_FILE } from './export.js';
import { createRegister } from './register.js';

const VEHICLE_SETTINGS = {
  CONTROL_PORT: port().default(0),
  /** AGS of the municipalities whose vehicle register this system holds, by commas; empty: all. */
  SERVES: z.string().default(''),
  /** Where exports are put; empty: a temporary folder that goes with the process. */
  EXPORT_FOLDER: z.string().default(''),
};

/** Which bad file stands for which fault. A file does not answer late: `latencyMs` means nothing here. */
const DAMAGE_OF: Readonly<Record<string, Damage>> = {
  http500: 'html',
  html: 'html',
  truncated: 'half-written',
  refuse: 'removed',
  silent: 'empty',
};
const SPECIALS: readonly Damage[] = ['wrong-length', 'older', 'duplicates', 'utf8', 'bad-count', 'half-written'];

/** Starts the simulated registration system: one export at once, further ones by `POST /export`. */
export async function start(env: Readonly<Record<string, string | undefined>>): Promise<RunningSimulator> {
  const settings = readSettings(VEHICLE_SETTINGS, env);
  const world = readWorldSettings(env);
  const serves = settings.SERVES === '' ? world.municipalities.map(({ ags }) => ags) : settings.SERVES.split(',');
  const register = createRegister(people(world), companies(world), new Set(serves));
  const folder = resolve(settings.EXPORT_FOLDER || (await mkdtemp(join(tmpdir(), 'fachverbund-vehicles-'))));
  const exporter = await createExporter(folder, register, () => new Date());
  const writeExport = async () => ({
    file: EXPORT_FILE,
    records: register.count,
    sequence: await exporter.write(damageOf(control.fault)),
  });
  const control = createControl(
    {
      'POST /export': () => {
        control.count('export');
        return writeExport();
      },
      'POST /block': async (body) => {
        const vehicles = register.setBlock(body, body.blocked === true);
        return { vehicles, ...(await writeExport()) };
      },
    },
    async () => void (await writeExport()),
  );
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
