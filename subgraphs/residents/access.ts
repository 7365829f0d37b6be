import { type Account, type Caller, isCompetentFor } from '../../lib/caller.js';
import type { RequestContext } from '../../lib/subgraph/context.js';
import { isGranted, type OfficeGrant } from '../../lib/subgraph/grants.js';

/**
 * What a caller may see of one register: nothing, their own record, one person by their exact key, or everybody's that
 * no block hides. A citizen's own record is in the register of their own municipality, and needs a login of the level
 * hoch (§ 10 (2) BMG).
 */
export type Access =
  | { readonly to: 'nothing' }
  | { readonly to: 'self'; readonly caller: Caller; readonly account: Account }
  | { readonly to: 'key'; readonly caller: Caller }
  | { readonly to: 'register'; readonly caller: Caller };

const NOTHING: Access = { to: 'nothing' };

const OFFICES: readonly OfficeGrant[] = [
  { office: 'residents', purposes: ['residents.inquiry', 'residents.registration'], law: '§ 2, § 3 (1) BMG' },
  {
    office: 'housing-benefit',
    purposes: ['housing-benefit.case'],
    law: '§ 34 (1), § 34a (1), (2) BMG; § 33 (2) No. 5 WoGG',
  },
  {
    office: 'vehicles',
    purposes: ['vehicles.registration'],
    law: '§ 34 (1), § 34a (1), (2) BMG; § 33 (1) StVG; § 75 (2) FZV',
  },
];

/** What another authority's system may have for its one purpose, § 34 (1), § 39 (3) BMG: no search, exact keys alone. */
const PARTNER_PURPOSE = 'residents.inquiry';

/** Nothing, unless a role earns it where this instance serves the municipality. */
export function accessTo(ags: string, { caller, serves }: Pick<RequestContext, 'caller' | 'serves'>): Access {
  if (caller === null || !serves(ags)) return NOTHING;
  if (isGranted(OFFICES, caller, ags)) return { to: 'register', caller };
  if (caller.role === 'partner') return isPartnerOf(caller, ags) ? { to: 'key', caller } : NOTHING;
  if (caller.role !== 'citizen' || caller.trustLevel !== 'hoch' || caller.account === null) return NOTHING;
  return caller.municipalities[0] === ags ? { to: 'self', caller, account: caller.account } : NOTHING;
}

/** A partner is bound to the municipalities that its token names; one of elsewhere has none of ours, and names none. */
const isPartnerOf = (caller: Caller, ags: string): boolean =>
  caller.purpose === PARTNER_PURPOSE && (caller.municipalities.length === 0 || isCompetentFor(caller, ags));
