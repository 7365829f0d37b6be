import { toLinkedPerson } from '../../lib/link.js';
import type { Context } from './loaders.js';
import type { Vehicle } from './record.js';

/**
 * The holder of a vehicle as the residents register can find them. Null for a company; for a holder under a block
 * (§ 41 StVG) except to themselves; and where this register does not tell the holder from others: then a search in the residents register
 * could find the wrong one.
 */
export async function holderLinkOf({ ags, holder }: Vehicle, { caller, loaders }: Context): Promise<string | null> {
  if (holder === null || holder.isCutOff) return null;
  if (holder.isBlocked && caller?.role !== 'citizen') return null;
  const person = toLinkedPerson(holder);
  const vehicles = await loaders.byHolder.load({ ags, person });
  return vehicles?.length ? loaders.linker.seal(person) : null;
}
