import { z } from 'zod';
import { port, readSettings } from '../../lib/settings.js';
import { createControl } from '../control.js';
import type { RunningSimulator } from '../simulator.js';
import { people } from '../world.js';
import { createCalendar } from '../world-calendar.js';
import { readWorldSettings } from '../world-settings.js';
import { createDatabase, type Database, type Reader } from './database.js';
import { type Applicant, loadCases } from './load.js';
import { createProxy } from './proxy.js';
import { createSpecials } from './specials.js';

const SETTINGS = {
  /** Of the database as adapters see it; 0 takes a free one. */
  PORT: port().default(0),
  CONTROL_PORT: port().default(0),
  /** AGS of the municipalities whose cases this system holds, by commas; empty: all. */
  SERVES: z.string().default(''),
  /** A PostgreSQL server, as superuser; empty: one of its own is started. */
  DATABASE_URL: z.string().default(''),
};

/** Starts the simulated housing-benefit system: a PostgreSQL database behind a door that can misbehave. */
export async function start(env: Readonly<Record<string, string | undefined>>): Promise<RunningSimulator> {
  const settings = readSettings(SETTINGS, env);
  const world = readWorldSettings(env);
  const municipalities =
    settings.SERVES === '' ? world.municipalities.map(({ ags }) => ags) : settings.SERVES.split(',');
  const database = await createDatabase(settings.DATABASE_URL || null);
  try {
    const held = { serves: new Set(municipalities), calendar: createCalendar(world.today) };
    const applicants = await loadCases(database.owner, people(world), held);
    await database.announceChanges();
    const running = await open(database, applicants, settings);
    database.server.ownSignals();
    return running;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function open(
  database: Database,
  applicants: readonly Applicant[],
  ports: { readonly PORT: number; readonly CONTROL_PORT: number },
): Promise<RunningSimulator> {
  const specials = createSpecials(database);
  const control = createControl({ 'POST /block': (body) => setBlock(database, applicants, body) }, async (fault) => {
    proxy.follow(fault);
    await specials.follow(fault);
  });
  const proxy = createProxy(database.server, {
    fault: () => control.fault,
    beforeCall: async () => (specials.killsBackends() ? database.endReaders() : undefined),
    onCall: () => control.count('transaction'),
  });
  const url = urlOf(database.reader, await proxy.listen(ports.PORT));
  return {
    ready: { url, databaseUrl: url, controlUrl: await control.listen(ports.CONTROL_PORT) },
    async close() {
      await control.close();
      await proxy.close();
      await specials.follow({ latencyMs: 0, error: null, down: false });
      await database.close();
    },
  };
}

const urlOf = ({ user, password, database, search }: Reader, port: number): string =>
  `postgres://${user}:${password}@127.0.0.1:${port}/${database}${search}`;

/** @returns How many applicants of this system were meant: none, where the person has no case here. */
async function setBlock(
  { owner }: Database,
  applicants: readonly Applicant[],
  { ags, persona, registerKey, blocked }: Record<string, unknown>,
): Promise<{ applicants: number; blocked: boolean }> {
  const meant = applicants.filter((one) =>
    persona === undefined
      ? one.municipalities[0] === ags && one.registerKey === registerKey
      : one.municipalities.includes(String(ags)) && one.persona === persona,
  );
  for (const { mandant, persNr } of meant)
    await owner.query('UPDATE "WOHNGELD"."PERSON" SET "SPERRE" = $3 WHERE "MANDANT" = $1 AND "PERS_NR" = $2', [
      mandant,
      persNr,
      blocked === true ? '1' : '0',
    ]);
  return { applicants: meant.length, blocked: blocked === true };
}
