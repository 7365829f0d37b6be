import { AppError } from '../../lib/errors.js';
import { isCitizen, isSelf, mayReadOffice } from './access.js';
import type { Context } from './loaders.js';
import type { Vehicle } from './record.js';

/** A resident as this register can know one: by links, see `lib/link.ts`. */
export interface ResidentReference {
  readonly ags: string;
  /** Null where the residents register holds more than one such person. */
  readonly vehiclesLink?: string | null;
  /** For one's own record alone: where else to look, with the home there as proof. */
  readonly vehiclesFormerly?: readonly FormerResidence[] | null;
}

interface FormerResidence {
  readonly ags: string;
  readonly link: string;
}

/**
 * The vehicles of a resident at the offices this instance runs, by plate. Municipalities it does not serve are left
 * out: another instance answers for them. Nothing for those who may not read them.
 *
 * @throws AppError `MATCH_UNCERTAIN` to the citizen themself where the registers do not identify them without doubt;
 *   to everyone else that is the same as no vehicle.
 */
export async function vehiclesOf(resident: ResidentReference, context: Context): Promise<Vehicle[]> {
  const { ags, vehiclesLink, vehiclesFormerly } = resident;
  const asked = [
    context.serves(ags) ? vehiclesAt({ ags, link: vehiclesLink ?? null, isFormer: false }, context) : [],
    ...(vehiclesFormerly ?? [])
      .filter((former) => context.serves(former.ags))
      .map((former) => vehiclesAt({ ...former, isFormer: true }, context)),
  ];
  const found = await Promise.all(asked);
  const isCertain = found.every((vehicles) => vehicles !== null);
  if (!isCertain && isCitizen(context.caller)) throw new AppError('MATCH_UNCERTAIN');
  return isCertain ? byPlate(found.flat()) : [];
}

/** @returns `null` where the person is not identified. */
async function vehiclesAt(
  { ags, link, isFormer }: { ags: string; link: string | null; isFormer: boolean },
  { caller, loaders }: Context,
): Promise<readonly Vehicle[] | null> {
  const isOwn = isCitizen(caller);
  if (!isOwn && !mayReadOffice(caller, ags)) return [];
  const person = link === null ? null : loaders.linker.open(link);
  if (person === null) return null;
  if (isOwn && !isSelf(caller, person)) return [];
  if (isFormer && person.home === null) return []; // elsewhere the name alone proves nothing
  const vehicles = await loaders.byHolder.load({ ags, person });
  // A block (§ 41 StVG) parts person and vehicle for everyone but the person.
  return isOwn ? vehicles : (vehicles?.filter(({ holder }) => !holder?.isBlocked) ?? null);
}

/** The same municipality may be asked twice: as the present residence and as a former one. */
const byPlate = (vehicles: readonly Vehicle[]): Vehicle[] =>
  [...new Map(vehicles.map((vehicle) => [`${vehicle.ags} ${vehicle.vin}`, vehicle])).values()].sort((a, b) =>
    a.plate.localeCompare(b.plate, 'de', { numeric: true }),
  );
