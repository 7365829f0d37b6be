import { z } from 'zod';
import { port, readSettings } from '../../lib/settings.js';
import { createControl } from '../control.js';
import type { RunningSimulator } from '../simulator.js';
import { people } from '../world.js';
import { readWorldSettings } from '../world-settings.js';
import type { EventNumber } from './event.js';
import { createFollowUps } from './follow-ups.js';
import { createGate } from './gate.js';
import { createMarks } from './marks.js';
import { createPush } from './push.js';
import { createRegister, type Entry, type Home } from './register.js';
import { createFrontDoor } from './server.js';

const SETTINGS = {
  /** AGS of the municipalities whose registers this system holds, separated by commas. */
  SERVES: z.string().regex(/^\d{8}(,\d{8})*$/, 'must be a list of AGS'),
  /** Technical users, each for the register of one municipality: AGS:name:password, by commas. */
  CREDENTIALS: z.string().regex(/^\d{8}:[^:,]+:[^,]+(,\d{8}:[^:,]+:[^,]+)*$/, 'must be a list of AGS:name:password'),
  /** Where registers send what they have to say by themselves; empty: nowhere. */
  PUSH_URL: z.string().default(''),
  /** Technical users as which they do: AGS:name:password, by commas. */
  PUSH_CREDENTIALS: z.string().default(''),
  PORT: port().default(0),
  CONTROL_PORT: port().default(0),
};

/** A simulated residents register; see README.md. */
export async function start(env: Readonly<Record<string, string | undefined>>): Promise<RunningSimulator> {
  const settings = readSettings(SETTINGS, env);
  const world = readWorldSettings(env);
  const register = createRegister(people(world), new Set(settings.SERVES.split(',')));
  const followUps = createFollowUps();
  const push = createPush({ url: settings.PUSH_URL, credentials: settings.PUSH_CREDENTIALS, now: Date.now });
  const report = (number: EventNumber, entry: Entry) => {
    for (const one of register.entriesOf(entry)) push.report(number, one);
  };
  const control = createControl(
    {
      'GET /follow-ups': () => followUps.all(),
      'GET /pushes': () => push.counts(),
      'POST /move': ({ ags, persona, registerKey, ...home }) => {
        const entry = register.move(String(ags), { persona, registerKey }, { ...readHome(home), day: world.today });
        report('0090', entry);
        return { ags: entry.ags, registerKey: entry.key };
      },
      'POST /block': ({ ags, persona, registerKey, blocked }) => {
        const entry = register.setBlock(String(ags), { persona, registerKey }, blocked === true);
        report(blocked === true ? '0093' : '0094', entry);
        return { ags: entry.ags, registerKey: entry.key, blocked: entry.blocked };
      },
      'POST /delete': ({ ags, registerKey }) => {
        const entry = register.erase(String(ags), { registerKey });
        return { ags: entry.ags, registerKey: entry.key };
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
      await push.close();
      await door.shut(true);
      await control.close();
    },
  };
}

function readHome({ street, houseNumber, postalCode }: Record<string, unknown>): Home {
  if (typeof street !== 'string' || typeof houseNumber !== 'string' || typeof postalCode !== 'string')
    throw new Error('street, houseNumber and postalCode are needed');
  return { street, houseNumber, postalCode };
}
