import type { Caller } from '../../lib/caller.js';

/** A caller of whom only what is given is known. */
export const someCaller = (facts: Partial<Caller> = {}): Caller => ({
  subject: 'somebody',
  role: 'agent-115',
  office: null,
  municipalities: [],
  trustLevel: null,
  account: null,
  purpose: null,
  fileReference: null,
  scopes: [],
  ...facts,
});
