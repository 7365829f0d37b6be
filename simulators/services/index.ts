import { port, readSettings, wholeNumber } from '../../lib/settings.js';
import { createControl } from '../control.js';
import type { RunningSimulator } from '../simulator.js';
import { placesOf } from '../world-places.js';
import { readWorldSettings } from '../world-settings.js';
import { createEditors } from './editors.js';
import { isSpecial } from './faults.js';
import { createFeed } from './feed.js';
import { MADE_UP_LIMIT } from './made-up.js';
import { createFrontDoor } from './server.js';
import { stockCatalogue } from './stock.js';

const SETTINGS = {
  PORT: port().default(0),
  CONTROL_PORT: port().default(0),
  /** How many services the catalogue has; beyond those of catalogue.yaml they are made up. */
  SERVICES_COUNT: wholeNumber(1, MADE_UP_LIMIT).default(300),
};

/** A simulated editorial system of a service catalogue; see README.md. */
export async function start(env: Readonly<Record<string, string | undefined>>): Promise<RunningSimulator> {
  const settings = readSettings(SETTINGS, env);
  const now = () => new Date();
  const feed = createFeed(stockCatalogue(placesOf(readWorldSettings(env)), settings.SERVICES_COUNT), now);
  const editors = createEditors(feed, now);
  const control = createControl(
    { 'POST /publish': editors.publish, 'POST /delete': editors.erase },
    ({ down, special }) => {
      if (!isSpecial(special)) throw new Error(`no such fault: ${String(special)}`);
      return door.shut(down);
    },
  );
  const door = createFrontDoor(feed, control);
  const url = await door.open(settings.PORT);
  const controlUrl = await control.listen(settings.CONTROL_PORT);
  return {
    ready: { url, controlUrl },
    async close() {
      await door.shut(true);
      await control.close();
    },
  };
}
