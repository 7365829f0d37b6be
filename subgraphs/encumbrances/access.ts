import type { Caller } from '../../lib/caller.js';
import { isGranted, type OfficeGrant } from '../../lib/subgraph/grants.js';

/**
 * The building authority keeps the register and examines who has a legitimate interest (berechtigtes Interesse), in each
 * case and under its file. Nobody else is in this table. No citizen is: a login proves who somebody is, not that they own
 * the parcel, buy it or act as notary, and no register joined here knows owners; they ask the authority, which reads for
 * them under a file reference.
 */
const OFFICES: readonly OfficeGrant[] = [
  { office: 'building', purposes: ['encumbrances.inquiry'], law: '§ 83 LBO (Saarland)' },
];

/** No, unless a caseworker of the building authority asks who is competent for the municipality. */
export const mayRead = (caller: Caller | null, ags: string): boolean => isGranted(OFFICES, caller, ags);
