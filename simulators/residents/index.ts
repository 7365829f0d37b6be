import { z } from 'zod';
import { port, readSettings } from '../../lib/settings.js';
import { createControl } from '../control.js';
import type { RunningSimulator } from '../simulator.js';
import { people } from '../world.js';
import { readWorldSettings } from '../world-settings.js';
import { createFollowUps } from './follow-ups.js';
import { createGate } from './gate.js';
import { createMarks } from './marks.js';
import { createRegister } from './register.js';
import { createFrontDoor } from './server.js';

const SETTINGS = {
  /** AGS of the municipalities whose registers this system holds, separated by commas. */
  SERVES: z.string().regex(/^\d{8}(,\d{8})*$/, 'must be a list of AGS'),
  /** Technical users, each for the register of one municipality: AGS:name:password, by commas. */
  CREDENTIALS: z.string().regex(/^\d{8}:[^:,]+:[^,]+(,\d{8}:[^:,]+:[^,]+)*$/, 'must be a list of AGS:name:password'),
  PORT: port().default(0),
  CONTROL_PORT: port().default(0),
};

/** A simulated residents register; see README.md. */
export async function start(env: Readonly<Record<string, string | undefined>>): Promise<RunningSimulator> {
  const settings = readSettings(SETTINGS, env);
  const register = createRegister(people(readWorldSettings(env)), new Set(settings.SERVES.split(',')));
  const followUps = createFollowUps();
  const control = createControl(
    {
      'GET /follow-ups': () => followUps.all(),
      'POST /block': ({ ags, persona, registerKey, blocked }) => {
        const entry = register.setBlock(String(ags), { persona, registerKey }, blocked === true);
        return { ags: entry.ags, registerKey: entry.key, blocked: entry.blocked };
      },
    },
    ({ down }) => door.shut(down),
  );
  const door = createFrontDoor(
    { register, marks: createMarks(), now: Date.now, followUps },
    createGate(settings.CREDENTIALS),
    control,
  );
  const url = await door.open(settings.PORT);
  const controlUrl = await control.listen(settings.CONTROL_PORT);
  return {
    ready: { url, controlUrl },
    close: async () => {
      await door.shut(true);
      await control.close();
    },
  };
}
