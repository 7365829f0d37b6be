import { entityTag, personTag, typeTag } from '../../lib/cache-tags.js';
import { type Linker, toLinkedPerson } from '../../lib/link.js';
import type { Invalidations } from '../../lib/subgraph/invalidate.js';
import type { CaseKey, HousingBenefitConnector } from './connector.js';

/** Where the database announces that a case has changed. */
export const CHANGE_CHANNEL = 'WG_AENDERUNG';

/** Makes caches forget what the register announces. */
export interface Changes {
  /** @param notice `{"tabelle","ags","nummer"}`: what has changed, nothing of what it says. */
  take(notice: string): void;
  /** Announcements may have been missed. */
  missed(): void;
  close(): Promise<void>;
}

export interface ChangeParts {
  readonly connector: Pick<HousingBenefitConnector, 'casesByNumber'>;
  readonly linker: Linker;
  readonly serves: (ags: string) => boolean;
  readonly invalidations: Pick<Invalidations, 'forget' | 'forgetAll'>;
}

/** As many cases are asked for in one call. */
const BATCH = 500;
/** More at once are not told one by one. */
const MOST = 2000;

export function followChanges({ connector, linker, serves, invalidations }: ChangeParts): Changes {
  const closed = new AbortController();
  const waiting = new Map<string, CaseKey>();
  let running: Promise<void> | null = null;
  const forgetAll = () => {
    waiting.clear();
    invalidations.forgetAll();
    // Who has moved away is a resident of another municipality, with a case here.
    invalidations.forget([typeTag('Resident')]);
  };
  /** A resident who had no case is known by no tag of the case. */
  const forgetApplicants = async () => {
    while (waiting.size > 0 && !closed.signal.aborted) {
      const keys = [...waiting.values()].slice(0, BATCH);
      for (const key of keys) waiting.delete(nameOf(key));
      try {
        const cases = await connector.casesByNumber(keys, closed.signal);
        const applicants = cases.flatMap((found) => (found?.applicant ? [found.applicant] : []));
        invalidations.forget(applicants.map((applicant) => personTag(linker.seal(toLinkedPerson(applicant)))));
      } catch {
        if (!closed.signal.aborted) forgetAll();
      }
    }
    running = null;
  };
  return {
    take(notice) {
      const change = readNotice(notice);
      if (change === null) return forgetAll();
      if (!serves(change.ags)) return;
      invalidations.forget(tagsOfChange(change));
      if (change.caseNumber === null) return;
      const key = { ags: change.ags, caseNumber: change.caseNumber };
      waiting.set(nameOf(key), key);
      if (waiting.size > MOST) forgetAll();
      running ??= forgetApplicants();
    },
    missed: forgetAll,
    async close() {
      closed.abort();
      await running;
    },
  };
}

/** `null` as case number: a person without a case. */
export interface Change {
  readonly ags: string;
  readonly caseNumber: string | null;
}

/** @returns `null` for what cannot be read. */
export function readNotice(notice: string): Change | null {
  try {
    const { ags, nummer } = JSON.parse(notice) as { readonly ags?: unknown; readonly nummer?: unknown };
    if (typeof ags !== 'string' || !/^\d{8}$/.test(ags)) return null;
    if (nummer !== null && (typeof nummer !== 'string' || nummer === '')) return null;
    return { ags, caseNumber: nummer };
  } catch {
    return null;
  }
}

/** The case itself, the answer that there is none, and lists. */
export const tagsOfChange = ({ ags, caseNumber }: Change): readonly string[] => [
  `housing-benefit:${ags}`,
  ...(caseNumber === null
    ? []
    : [entityTag('HousingBenefitCase', { ags, caseNumber }), `housing-benefit:${ags}:${caseNumber}`]),
];

const nameOf = ({ ags, caseNumber }: CaseKey): string => `${ags} ${caseNumber}`;
