import { type Caller, TRUST_LEVELS, type TrustLevel } from '../../lib/caller.js';
import type { Grant, Policies } from './policies.js';
import type { Requirement, Right } from './rules.js';

/**
 * Whether a caller has a right, and if not, what is missing: a stronger login (`level`), a purpose or file reference
 * that the caller could state (`unstated`), or anything that they cannot mend (`denied`).
 */
export type Verdict =
  | { readonly kind: 'granted' }
  | { readonly kind: 'level'; readonly level: TrustLevel }
  | { readonly kind: 'unstated' }
  | { readonly kind: 'denied' };

export const GRANTED: Verdict = { kind: 'granted' };
const UNSTATED: Verdict = { kind: 'unstated' };
const DENIED: Verdict = { kind: 'denied' };

/** What one caller is granted. */
export interface Judge {
  /** No, unless all requirements are met. The verdict names what is hardest to mend. */
  judge(requirements: readonly Requirement[]): Verdict;
}

export function createJudge(caller: Caller, policies: Policies): Judge {
  const known = new Map<Right, Verdict>();
  const ofRight = (right: Right): Verdict => {
    const verdict = known.get(right) ?? judgeRight(right, caller, policies);
    known.set(right, verdict);
    return verdict;
  };
  const ofRequirement = (requirement: Requirement): Verdict =>
    mildest(requirement.map((rights) => hardest(rights.map(ofRight))));
  return { judge: (requirements) => hardest(requirements.map(ofRequirement)) };
}

/** Everything of a caller that verdicts depend on, as one text. */
export const fingerprint = (caller: Caller): string =>
  [
    caller.role,
    caller.office ?? '',
    caller.trustLevel ?? '',
    caller.purpose ?? '',
    caller.fileReference === null ? '' : 'file',
    caller.municipalities.length === 0 ? '' : 'municipality',
    ...caller.scopes,
  ].join('\n');

function judgeRight(right: Right, caller: Caller, { grants }: Policies): Verdict {
  if (right === 'signed in') return GRANTED;
  const at = right.indexOf(' ');
  const [kind, name] = [right.slice(0, at), right.slice(at + 1)];
  if (kind === 'scope') return caller.scopes.includes(name) ? GRANTED : DENIED;
  if (kind !== 'policy') return DENIED;
  return mildest(grants.filter(({ policies }) => policies.includes(name)).map((grant) => judgeGrant(grant, caller)));
}

function judgeGrant(grant: Grant, caller: Caller): Verdict {
  if (grant.role !== caller.role) return DENIED;
  if (grant.office !== undefined && grant.office !== caller.office) return DENIED;
  if (grant.municipality && caller.municipalities.length === 0) return DENIED;
  return hardest([judgePurpose(grant, caller), judgeFile(grant, caller), judgeLevel(grant, caller)]);
}

/** Only caseworkers state a purpose; that of a partner's system stands in its token. */
function judgePurpose({ purposes }: Grant, { role, purpose }: Caller): Verdict {
  if (!purposes || (purpose !== null && purposes.includes(purpose))) return GRANTED;
  return role === 'caseworker' && purpose === null ? UNSTATED : DENIED;
}

function judgeFile(grant: Grant, { role, fileReference }: Caller): Verdict {
  if (!grant.fileReference || fileReference !== null) return GRANTED;
  return role === 'caseworker' ? UNSTATED : DENIED;
}

function judgeLevel({ trustLevel: level }: Grant, caller: Caller): Verdict {
  if (level === undefined || rankOf(caller.trustLevel) >= rankOf(level)) return GRANTED;
  return { kind: 'level', level };
}

const rankOf = (level: TrustLevel | null): number => (level === null ? -1 : TRUST_LEVELS.indexOf(level));

/** How hard it is to mend. */
function hardness(verdict: Verdict): number {
  switch (verdict.kind) {
    case 'granted':
      return 0;
    case 'level':
      return 1 + rankOf(verdict.level);
    case 'unstated':
      return 1 + TRUST_LEVELS.length;
    case 'denied':
      return 2 + TRUST_LEVELS.length;
  }
}

/** Of nothing: granted. */
const hardest = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.reduce((worst, verdict) => (hardness(verdict) > hardness(worst) ? verdict : worst), GRANTED);

/** Of nothing: denied. */
const mildest = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.reduce((best, verdict) => (hardness(verdict) < hardness(best) ? verdict : best), DENIED);
