import { NO_RECORDS } from '../../lib/connection.js';
import { isCitizen, mayReadOffice } from './access.js';
import { holderLinkOf } from './holder-link.js';
import type { Context } from './loaders.js';
import { readPlate } from './plate.js';
import type { Vehicle as VehicleRecord } from './record.js';
import { vehiclesOf } from './resident-vehicles.js';
import type { Resolvers } from './schema.generated.js';
import { listVehicles } from './vehicle-list.js';

export const resolvers: Resolvers = {
  Query: {
    vehicle: (_, { ags, plate }, context) => vehicleByPlate(ags, plate, context),
    vehicles: (_, args, context) => (mayRead(args.ags, context) ? listVehicles(args, context.loaders) : NO_RECORDS),
  },
  Resident: {
    __resolveReference: (reference) => reference,
    vehicles: (resident, _, context) => vehiclesOf(resident, context),
  },
  Vehicle: {
    __resolveReference: (reference, context) =>
      'vin' in reference ? vehicleByVin(reference, context) : vehicleByPlate(reference.ags, reference.plate, context),
    holderLink: (vehicle, _, context) => holderLinkOf(vehicle, context),
    ownRecord: (vehicle, _, context) => proofOf(vehicle, context),
  },
};

/** A citizen gets to no vehicle but their own. */
const proofOf = ({ ags, vin }: VehicleRecord, { caller, loaders }: Context): string | null =>
  caller && isCitizen(caller)
    ? (loaders.ownRecords?.prove({ subject: caller.subject, type: 'Vehicle', key: [ags, vin] }) ?? null)
    : null;

/** A citizen reads their own vehicles through their own record alone: a plate does not prove whose it is. */
const mayRead = (ags: string, { caller, serves }: Context) => serves(ags) && mayReadOffice(caller, ags);

function vehicleByPlate(ags: string, written: string, context: Context) {
  const plate = readPlate(written);
  return plate !== null && mayRead(ags, context) ? context.loaders.byPlate.load({ ags, plate }) : null;
}

const vehicleByVin = (key: { ags: string; vin: string }, context: Context) =>
  mayRead(key.ags, context) ? context.loaders.byVin.load(key) : null;
