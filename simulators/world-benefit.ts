import type { BenefitFacts, HomeAt } from './person.js';
import type { Calendar } from './world-calendar.js';
import type { Numbers } from './world-numbers.js';
import type { Random } from './world-random.js';

/** The household behind a case. */
export interface Applicant {
  readonly officeAgs: string;
  readonly district: string;
  readonly householdSize: number;
  readonly applicantFamilyName: string;
  readonly applicantHome: HomeAt;
}

/**
 * a, b · 10⁴, c · 10⁵ of § 19 WoGG, then the usual rent limit and the heating amount in euro, by household size. Good
 * enough for believable amounts; what is due exactly is for the office's computation.
 */
const FIGURES: readonly (readonly [number, number, number, number, number])[] = [
  [0.04, 4.797, 4.08, 427, 110],
  [0.03, 3.571, 3.04, 518, 143],
  [0.02, 2.917, 2.45, 617, 170],
  [0.01, 2.163, 1.76, 720, 198],
  [0, 1.907, 1.72, 821, 225],
  [-0.01, 1.722, 1.66, 920, 253],
];

/** @param isKept A persona's case: granted and running. */
export function drawBenefit(
  random: Random,
  applicant: Applicant,
  parts: { readonly calendar: Calendar; readonly numbers: Numbers; readonly isKept?: boolean },
): BenefitFacts {
  const status = parts.isKept ? 2 : drawStatus(random);
  const size = Math.min(applicant.householdSize, FIGURES.length);
  const rent = 310 + size * 105 + random.int(-60, 140) + random.int(0, 99) / 100;
  let income = 560 + size * 340 + random.int(0, 420) + random.int(0, 99) / 100;
  while (status !== 3 && amountOf(size, rent, income) < 10) income *= 0.85;
  return {
    officeAgs: applicant.officeAgs,
    caseNumber: parts.numbers.caseNumber(applicant.district),
    status,
    householdSize: applicant.householdSize,
    grossColdRentCents: Math.round(rent * 100),
    monthlyIncomeCents: Math.round((status === 3 ? income + 1500 : income) * 100),
    monthlyAmountCents: status === 1 || status === 3 ? 0 : amountOf(size, rent, income) * 100,
    ...drawPeriod(random, status, parts.calendar),
    applicantFamilyName: applicant.applicantFamilyName,
    applicantHome: applicant.applicantHome,
  };
}

function drawStatus(random: Random): 1 | 2 | 3 | 4 | 5 {
  const draw = random.next();
  if (draw < 0.7) return 2;
  if (draw < 0.78) return 1;
  if (draw < 0.85) return 3;
  return draw < 0.9 ? 4 : 5;
}

/** § 19 WoGG in whole euro. */
function amountOf(size: number, rent: number, income: number): number {
  const [a, b, c, limit, heating] = FIGURES[size - 1] ?? [0, 0, 0, 0, 0];
  const considered = Math.min(rent, limit) + heating;
  return Math.max(0, Math.round(1.15 * (considered - (a + b * 1e-4 * considered + c * 1e-5 * income) * income)));
}

/** Twelve months from the first of a month (§ 25 WoGG); an ended case lies back, an open one begins now. */
function drawPeriod(
  random: Random,
  status: BenefitFacts['status'],
  calendar: Calendar,
): { periodStart: string; periodEnd: string } {
  const monthsAgo = { 1: [0, 1], 2: [1, 11], 3: [1, 10], 4: [3, 11], 5: [13, 36] }[status];
  const start = calendar.monthStart(calendar.today, -random.int(monthsAgo[0] ?? 0, monthsAgo[1] ?? 0));
  return { periodStart: calendar.iso(start), periodEnd: calendar.iso(calendar.monthStart(start, 12) - 1) };
}
