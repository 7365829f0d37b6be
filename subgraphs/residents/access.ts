import { type Account, type Caller, isCompetentFor } from '../../lib/caller.js';
import type { RequestContext } from '../../lib/subgraph/context.js';

/**
 * What a caller may see of one register: nothing, their own record, or everybody's that no block hides. A citizen's own
 * record is in the register of their own municipality, and needs a login of the level hoch (§ 10 (2) BMG).
 */
export type Access =
  | { readonly to: 'nothing' }
  | { readonly to: 'self'; readonly caller: Caller; readonly account: Account }
  | { readonly to: 'register'; readonly caller: Caller };

const NOTHING: Access = { to: 'nothing' };

export function accessTo(ags: string, { caller, serves }: Pick<RequestContext, 'caller' | 'serves'>): Access {
  if (caller === null || !serves(ags)) return NOTHING;
  if (caller.role === 'caseworker') return isCompetentFor(caller, ags) ? { to: 'register', caller } : NOTHING;
  if (caller.role !== 'citizen' || caller.trustLevel !== 'hoch' || caller.account === null) return NOTHING;
  return caller.municipalities[0] === ags ? { to: 'self', caller, account: caller.account } : NOTHING;
}
