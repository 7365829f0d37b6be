import { readCooperationFile } from '../../lib/cooperation/read.js';
import { type Linker, type RegisteredHome, toLinkedPerson } from '../../lib/link.js';
import { type Decision, toHistory } from '../../simulators/housing-benefit/history.js';
import type { BenefitFacts, Person } from '../../simulators/person.js';
import { people } from '../../simulators/world.js';
import { createCalendar } from '../../simulators/world-calendar.js';
import { benefitClerk } from './benefit-office.js';

/** What is true in the simulated world about the cases that the tests of the housing-benefit subgraph ask for. */
export const SAARBRUECKEN = '10041100';
export const HOMBURG = '10045114';
export const ST_INGBERT = '10045117';
export const NEUNKIRCHEN = '10043114';
export const DEADLINE_MS = 800;
export const POPULATION = { size: 4000, today: '2026-03-20' };
export const CLERK = benefitClerk('10041*', '10045*');

const { municipalities } = readCooperationFile('cooperation.yaml');
export const served = municipalities.map(({ ags }) => ags).filter((ags) => !ags.startsWith('10043'));
const truth = [...people({ municipalities, seed: 1, ...POPULATION })];
export const calendar = createCalendar(POPULATION.today);
export type Applicant = Person & { readonly housingBenefit: BenefitFacts };
export const applicants = truth.filter((person): person is Applicant => person.housingBenefit !== null);
export const persona = (name: string) => applicants.find((person) => person.persona === name) as Applicant;
export const casesAt = (ags: string) =>
  applicants.map(({ housingBenefit }) => housingBenefit).filter(({ officeAgs }) => officeAgs === ags);
export const historyOf = (facts: BenefitFacts) => toHistory(facts, calendar);

const KINDS = { '01': 'FIRST_GRANT', '02': 'CONTINUATION', '03': 'INCREASE', '05': 'REFUSAL', '06': 'STOP' };
/** A decision as the subgraph answers it. */
export const toAnswer = (decision: Decision) => ({
  kind: KINDS[decision.kind],
  decidedOn: calendar.iso(decision.decidedOn),
  validFrom: calendar.iso(decision.validFrom),
  validTo: decision.validTo === null ? null : calendar.iso(decision.validTo),
  monthlyAmountCents: decision.amountCents,
});

export interface Page<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
export interface Case {
  readonly ags: string;
  readonly caseNumber: string;
  readonly status: string | null;
  readonly monthlyAmountCents: number | null;
  readonly applicantLink: string | null;
  readonly decisions: readonly Record<string, unknown>[];
  readonly payments: Page<{ readonly forMonth: string; readonly amountCents: number }>;
  readonly [field: string]: unknown;
}

/** As the residents register would refer to the applicant of a case. */
export const linkOf = (linker: Linker, person: Applicant, home: RegisteredHome | null = null): string =>
  linker.seal(
    toLinkedPerson(
      {
        familyName: person.housingBenefit.applicantFamilyName,
        givenName: person.givenNames[0] ?? '',
        dateOfBirth: person.dateOfBirth,
      },
      home,
    ),
  );
