import { createHash } from 'node:crypto';
import type { BenefitFacts } from '../person.js';
import { type Calendar, dayOf } from '../world-calendar.js';

/** Days are whole numbers since 1970-01-01, amounts euro cents. */
export interface Decision {
  /** 01 first grant, 02 continuation, 03 increase, 05 refusal, 06 stop. */
  readonly kind: '01' | '02' | '03' | '05' | '06';
  readonly decidedOn: number;
  readonly validFrom: number;
  /** Last day, or `null`: open. */
  readonly validTo: number | null;
  readonly amountCents: number;
}

export interface Payment {
  /** First day of the month it is for. */
  readonly month: number;
  readonly paidOn: number;
  readonly amountCents: number;
}

export interface History {
  readonly decisions: readonly Decision[];
  readonly payments: readonly Payment[];
}

/**
 * What the office did in a case, in the order of time: it decided, some cases twelve months before as well, raised some
 * grants, and paid monthly in advance (§ 26 WoGG) what was in force in the month. The same facts give the same history.
 */
export function toHistory(facts: BenefitFacts, calendar: Calendar): History {
  const decisions = toDecisions(facts, calendar).filter(({ decidedOn }) => decidedOn <= calendar.today);
  return { decisions, payments: toPayments(decisions, calendar) };
}

function toDecisions(facts: BenefitFacts, calendar: Calendar): Decision[] {
  const start = dayOf(facts.periodStart);
  const end = dayOf(facts.periodEnd);
  const chance = createHash('sha256').update(facts.caseNumber).digest();
  const decidedOn = Math.min(start + 12 + ((chance[0] ?? 0) % 16), calendar.today);
  if (facts.status === 1) return [];
  if (facts.status === 3) return [{ kind: '05', decidedOn, validFrom: start, validTo: null, amountCents: 0 }];

  const amountCents = facts.monthlyAmountCents;
  const lower = (step: number) => Math.max(1000, amountCents - step * 100);
  const isContinued = (chance[1] ?? 0) % 3 === 0;
  const raisedFrom = calendar.monthStart(start, 2);
  const isRaised = (chance[2] ?? 0) % 6 === 0 && raisedFrom < calendar.today && raisedFrom < end;
  const former = calendar.monthStart(start, -12);
  const grants: Decision[] = [];
  if (isContinued)
    grants.push({ kind: '01', decidedOn: former + 20, validFrom: former, validTo: start - 1, amountCents: lower(14) });
  const granted = { kind: isContinued ? '02' : '01', decidedOn, validFrom: start } as const;
  if (isRaised)
    grants.push(
      { ...granted, validTo: raisedFrom - 1, amountCents: lower(9) },
      { kind: '03', decidedOn: raisedFrom - 4, validFrom: raisedFrom, validTo: end, amountCents },
    );
  else grants.push({ ...granted, validTo: end, amountCents });
  return facts.status === 4 ? stop(grants, calendar) : grants;
}

/** Void from the beginning of this month on (§ 28 WoGG). */
function stop(grants: readonly Decision[], calendar: Calendar): Decision[] {
  const from = calendar.monthStart(calendar.today, 0);
  const kept = grants
    .filter(({ validFrom }) => validFrom < from)
    .map((grant) => ({ ...grant, validTo: Math.min(grant.validTo ?? from, from - 1) }));
  return [...kept, { kind: '06', decidedOn: from, validFrom: from, validTo: null, amountCents: 0 }];
}

function toPayments(decisions: readonly Decision[], calendar: Calendar): Payment[] {
  const payments: Payment[] = [];
  for (const { decidedOn, validFrom, validTo, amountCents } of decisions)
    for (let month = validFrom; amountCents > 0 && month <= (validTo ?? month); month = calendar.monthStart(month, 1)) {
      const paidOn = Math.max(month - 3, decidedOn + 5);
      if (paidOn > calendar.today) break;
      payments.push({ month, paidOn, amountCents });
    }
  return payments;
}
