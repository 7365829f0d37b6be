import { z } from 'zod';
import { readCooperationFile } from '../lib/cooperation/read.js';
import { readSettings, wholeNumber } from '../lib/settings.js';
import type { WorldSettings } from './person.js';

/** Settings that every simulator has, so that all of them live in the same world. */
export const WORLD_SETTINGS = {
  COOPERATION_PATH: z.string().default('cooperation.yaml'),
  POPULATION_SIZE: wholeNumber(0, 1_000_000).default(20_000),
  POPULATION_SEED: wholeNumber(0, 2_147_483_647).default(1),
  /** YYYY-MM-DD. */
  POPULATION_TODAY: z.iso
    .date({ error: 'must be a date, YYYY-MM-DD' })
    .default(() => new Date().toISOString().slice(0, 10)),
};

/** @throws SettingsError, CooperationError */
export function readWorldSettings(env: Readonly<Record<string, string | undefined>>): WorldSettings {
  const settings = readSettings(WORLD_SETTINGS, env);
  return {
    municipalities: readCooperationFile(settings.COOPERATION_PATH).municipalities,
    size: settings.POPULATION_SIZE,
    seed: settings.POPULATION_SEED,
    today: settings.POPULATION_TODAY,
  };
}
