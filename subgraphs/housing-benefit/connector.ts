import type { SqlSource, Statement } from '../../lib/connect/sql.js';
import type { Closable } from '../../lib/subgraph/define.js';
import type { PaymentPosition } from './payment-position.js';
import { askAll, type Terms, toQuestion } from './questions.js';
import {
  type CaseRecord,
  type DecisionRecord,
  fromBirthDate,
  type PaymentRecord,
  type PersonRecord,
  statusCode,
  toCase,
  toDecision,
  toPayment,
  toPersons,
} from './record.js';
import type { HousingBenefitStatus } from './schema.generated.js';
import {
  asMunicipality,
  casePage,
  casesByNumber,
  decisionsOfCases,
  paymentPages,
  personsByBirthDate,
} from './statements.js';

export interface CaseKey {
  readonly ags: string;
  readonly caseNumber: string;
}

export interface BirthDateKey {
  readonly ags: string;
  /** YYYY-MM-DD, YYYY-MM or YYYY: found where the register knows it exactly so. */
  readonly dateOfBirth: string;
}

export interface CasePage {
  readonly ags: string;
  readonly status: HousingBenefitStatus | null;
  /** Case number after which the page begins. */
  readonly after: string | null;
  readonly limit: number;
}

/** A page of payments of one case, the latest first. */
export interface PaymentPage extends CaseKey {
  readonly after: PaymentPosition | null;
  readonly limit: number;
}

/**
 * Reads cases from the housing-benefit database (PostgreSQL, schema WOHNGELD). Each method is one call: one
 * transaction, one round trip, whatever the number of keys and municipalities; inside it, every statement sees exactly
 * one municipality. Answers stand in the order of the keys.
 *
 * Every method throws AppError `LEGACY_UNAVAILABLE`, `LEGACY_TIMEOUT` or `LEGACY_MALFORMED`; a single column that is
 * wrong is an `AppError` in its own field.
 */
export interface HousingBenefitConnector extends Closable {
  /** `null` where the office has no such case. */
  casesByNumber(keys: readonly CaseKey[], signal: AbortSignal): Promise<(CaseRecord | null)[]>;
  casesOfMunicipality(page: CasePage, signal: AbortSignal): Promise<CaseRecord[]>;
  /** Everybody of the register with this date of birth. */
  personsByBirthDate(keys: readonly BirthDateKey[], signal: AbortSignal): Promise<PersonRecord[][]>;
  /** Decisions, the latest first, and pages of payments, both kinds in the same call. */
  details(
    keys: { readonly decisions: readonly CaseKey[]; readonly payments: readonly PaymentPage[] },
    signal: AbortSignal,
  ): Promise<{ readonly decisions: DecisionRecord[][]; readonly payments: PaymentRecord[][] }>;
}

export function createConnector(source: SqlSource): HousingBenefitConnector {
  return {
    async casesByNumber(keys, signal) {
      const [cases = []] = await askAll(source, [toQuestion(keys, byNumber(casesByNumber))], signal);
      return keys.map(({ ags }, index) => cases[index]?.map((row) => toCase(ags, row))[0] ?? null);
    },
    async casesOfMunicipality({ ags, status, after, limit }, signal) {
      const page = casePage(ags, status && statusCode(status), after, limit);
      const [, rows = []] = await source.read([asMunicipality(ags), page], signal);
      return rows.map((row) => toCase(ags, row));
    },
    async personsByBirthDate(keys, signal) {
      const [persons = []] = await askAll(source, [toQuestion(keys, BY_BIRTH_DATE)], signal);
      return keys.map(({ ags }, index) => toPersons(ags, persons[index] ?? []));
    },
    async details({ decisions, payments }, signal) {
      const questions = [toQuestion(decisions, byNumber(decisionsOfCases)), toQuestion(payments, BY_PAGE)];
      const [decisionRows = [], paymentRows = []] = await askAll(source, questions, signal);
      return {
        decisions: decisionRows.map((rows) => rows.map(toDecision)),
        payments: paymentRows.map((rows) => rows.map(toPayment)),
      };
    },
    close: () => source.close(),
  };
}

const byNumber = (statement: (ags: string, caseNumbers: readonly string[]) => Statement): Terms<CaseKey> => ({
  statement: (ags, own) =>
    statement(
      ags,
      own.map(({ caseNumber }) => caseNumber),
    ),
  ofKey: ({ caseNumber }) => caseNumber,
  ofRow: ({ WG_NUMMER }) => WG_NUMMER,
});

const BY_BIRTH_DATE: Terms<BirthDateKey> = {
  statement: (ags, own) =>
    personsByBirthDate(
      ags,
      own.map(({ dateOfBirth }) => fromBirthDate(dateOfBirth)),
    ),
  ofKey: ({ dateOfBirth }) => fromBirthDate(dateOfBirth),
  ofRow: ({ GEBDAT }) => GEBDAT,
};

const BY_PAGE: Terms<PaymentPage> = {
  statement: (ags, own) =>
    paymentPages(
      ags,
      own.map(({ caseNumber }) => caseNumber),
      own.map(({ after }) => after?.month ?? null),
      own.map(({ after }) => after?.number ?? null),
      own.map(({ limit }) => limit),
    ),
  ofKey: (_, place) => String(place + 1),
  ofRow: ({ SEITE }) => SEITE,
};
