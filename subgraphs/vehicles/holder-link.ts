import { toLinkedPerson } from '../../lib/link.js';
import { isCitizen } from './access.js';
import type { Context } from './loaders.js';
import type { Vehicle } from './record.js';

/**
 * The holder of a vehicle as the residents register can find them. Null for a company, and where this register does not
 * tell the holder from others: then a search in the residents register could find the wrong one. In the place of a holder
 * under a block (§ 41 StVG) a link to nobody, except to themselves: no link would be answered sooner than one to somebody
 * unknown.
 */
export async function holderLinkOf({ ags, holder }: Vehicle, { caller, loaders }: Context): Promise<string | null> {
  if (holder === null || holder.isCutOff) return null;
  const person = toLinkedPerson(holder);
  const vehicles = await loaders.byHolder.load({ ags, person });
  if (!vehicles?.length) return null;
  return holder.isBlocked && !isCitizen(caller) ? loaders.linker.sealNobody(person) : loaders.linker.seal(person);
}
