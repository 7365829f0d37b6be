import DataLoader from 'dataloader';
import { withDeadline } from '../../lib/deadline.js';
import type { LinkedPerson, Linker } from '../../lib/link.js';
import type { OwnRecords } from '../../lib/own-record.js';
import type { RequestContext } from '../../lib/subgraph/context.js';
import type { VehicleConnector } from './connector.js';
import { matchHolder } from './holder-match.js';
import { type Plate, writePlate } from './plate.js';
import type { Vehicle } from './record.js';
import type { VehicleIndex, VehicleList } from './vehicle-index.js';

export type Context = RequestContext<Loaders>;

/** What loaders are made from; lives as long as the process. */
export interface VehicleSource {
  readonly connector: VehicleConnector;
  /** Seals and opens links to the residents register. */
  readonly linker: Linker;
  /** `null`: nobody reads the access log of a vehicle. */
  readonly ownRecords?: OwnRecords | null;
  /** Longest wait for one list, ms. */
  readonly deadlineMs: number;
}

export interface Loaders {
  readonly linker: Linker;
  readonly ownRecords: OwnRecords | null;
  readonly byPlate: DataLoader<{ readonly ags: string; readonly plate: Plate }, Vehicle | null, string>;
  readonly byVin: DataLoader<{ readonly ags: string; readonly vin: string }, Vehicle | null, string>;
  /** Vehicles a person holds in one municipality; `null` where the register does not identify the person. */
  readonly byHolder: DataLoader<
    { readonly ags: string; readonly person: LinkedPerson },
    readonly Vehicle[] | null,
    string
  >;
  list(wanted: VehicleList): Promise<readonly Vehicle[]>;
}

/** Per request: all of it reads one export, the one in force when it first asks. */
export function createLoaders(
  { connector, linker, ownRecords = null, deadlineMs }: VehicleSource,
  signal: AbortSignal,
): Loaders {
  let taken: VehicleIndex | null = null;
  const index = () => {
    taken ??= connector.current();
    return taken;
  };
  return {
    linker,
    ownRecords,
    byPlate: new DataLoader(async (keys) => keys.map(({ ags, plate }) => index().byPlate(ags, plate)), {
      cacheKeyFn: ({ ags, plate }) => `${ags} ${writePlate(plate)}`,
    }),
    byVin: new DataLoader(async (keys) => keys.map(({ ags, vin }) => index().byVin(ags, vin)), {
      cacheKeyFn: ({ ags, vin }) => `${ags} ${vin}`,
    }),
    byHolder: new DataLoader(
      async (keys) => keys.map(({ ags, person }) => matchHolder(index().byBirth(ags, person.dateOfBirth), person)),
      { cacheKeyFn: ({ ags, person }) => JSON.stringify([ags, person]) },
    ),
    list: (wanted) =>
      withDeadline({ deadlineMs, code: 'LEGACY_TIMEOUT', parent: signal }, (ends) => index().list(wanted, ends)),
  };
}
