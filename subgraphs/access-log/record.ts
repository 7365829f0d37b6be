import type { Access as LoggedAccess } from '../../lib/audit/accesses.js';

/** One access as the log tells of it, and its place there. */
export type AccessRecord = LoggedAccess;

/** Whether it is an office's: that people read their own record is no news to them. */
export const isOfOffice = ({ role }: AccessRecord): boolean => role !== 'citizen';
