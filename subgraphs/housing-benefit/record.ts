import type { SqlRow } from '../../lib/connect/sql.js';
import { AppError } from '../../lib/errors.js';
import type { RegisteredHome, RegisteredPerson } from '../../lib/link.js';
import { groupBy } from './group-by.js';
import type { PaymentPosition } from './payment-position.js';
import type { HousingBenefitDecisionKind, HousingBenefitStatus } from './schema.generated.js';

/**
 * A value of the register, or what is wrong with it. graphql-js reports an `AppError` it finds in the place of a value
 * for that field alone, so one odd column does not take its record along.
 */
export type Field<Value> = Value | AppError;

export interface CaseRecord {
  readonly ags: string;
  readonly caseNumber: string;
  readonly status: Field<HousingBenefitStatus>;
  readonly householdSize: Field<number | null>;
  readonly grossColdRentCents: Field<number | null>;
  readonly monthlyIncomeCents: Field<number | null>;
  readonly monthlyAmountCents: Field<number | null>;
  readonly periodStart: Field<string | null>;
  readonly periodEnd: Field<string | null>;
  readonly applicant: Applicant | null;
}

export interface Applicant extends RegisteredPerson {
  /** § 51 BMG, as this register was told. */
  readonly isBlocked: boolean;
}

/** A person in this register; each entry is another person, or the same one entered twice. */
export interface PersonRecord extends Applicant {
  readonly placeOfBirth: string;
  readonly home: RegisteredHome;
  readonly cases: readonly CaseRecord[];
}

export interface DecisionRecord {
  readonly decidedOn: Field<string | null>;
  readonly kind: Field<HousingBenefitDecisionKind>;
  readonly validFrom: Field<string | null>;
  readonly validTo: Field<string | null>;
  readonly monthlyAmountCents: Field<number | null>;
}

export interface PaymentRecord {
  readonly forMonth: Field<string | null>;
  readonly paidOn: Field<string | null>;
  readonly amountCents: Field<number | null>;
  /** Where the payment stands in the list of its case. */
  readonly position: PaymentPosition;
}

/** Key table FALLSTATUS. */
export const STATUS_CODES = {
  '01': 'APPLIED',
  '02': 'GRANTED',
  '03': 'REFUSED',
  '04': 'STOPPED',
  '05': 'ENDED',
} as const satisfies Record<string, HousingBenefitStatus>;

/** Key table BESCHEIDART. */
export const DECISION_CODES = {
  '01': 'FIRST_GRANT',
  '02': 'CONTINUATION',
  '03': 'INCREASE',
  '04': 'EX_OFFICIO',
  '05': 'REFUSAL',
  '06': 'STOP',
} as const satisfies Record<string, HousingBenefitDecisionKind>;

/** @returns The code under which the register files a state. */
export const statusCode = (status: HousingBenefitStatus): string | null =>
  Object.entries(STATUS_CODES).find(([, known]) => known === status)?.[0] ?? null;

export const toCase = (ags: string, row: SqlRow): CaseRecord => ({
  ags,
  caseNumber: row.WG_NUMMER ?? '',
  status: code(row, 'STATUS', STATUS_CODES),
  householdSize: wholeNumber(row, 'HH_GROESSE'),
  grossColdRentCents: wholeNumber(row, 'MIETE'),
  monthlyIncomeCents: wholeNumber(row, 'EINKOMMEN'),
  monthlyAmountCents: wholeNumber(row, 'WOHNGELD'),
  periodStart: day(row, 'BWZ_VON'),
  periodEnd: day(row, 'BWZ_BIS'),
  applicant: toApplicant(row),
});

/** @param rows Each person once for every case, and once without one. */
export function toPersons(ags: string, rows: readonly SqlRow[]): PersonRecord[] {
  const entries = [...groupBy(rows, ({ MANDANT, PERS_NR }) => `${MANDANT} ${PERS_NR}`).values()];
  return entries.flatMap((entry) => {
    const [row] = entry;
    const applicant = row && toApplicant(row);
    if (!applicant) return [];
    const home = { street: row.STRASSE ?? '', houseNumber: row.HAUSNR ?? '', postalCode: row.PLZ ?? '' };
    const cases = entry.filter(({ WG_NUMMER }) => WG_NUMMER !== null).map((own) => toCase(ags, own));
    return [{ ...applicant, placeOfBirth: row.GEBORT ?? '', home, cases }];
  });
}

export const toDecision = (row: SqlRow): DecisionRecord => ({
  decidedOn: day(row, 'BESCHEIDDATUM'),
  kind: code(row, 'BESCHEIDART', DECISION_CODES),
  validFrom: day(row, 'GUELTIG_AB'),
  validTo: day(row, 'GUELTIG_BIS'),
  monthlyAmountCents: wholeNumber(row, 'BETRAG'),
});

export const toPayment = (row: SqlRow): PaymentRecord => ({
  forMonth: firstOfMonth(row, 'MONAT'),
  paidOn: day(row, 'ZAHLDATUM'),
  amountCents: wholeNumber(row, 'BETRAG'),
  position: { month: row.MONAT ?? '', number: Number(row.LFD_NR ?? 0) },
});

/** GEBDAT: TTMMJJJJ as in DSMeld sheet 0601, zeros for what is not known. @returns `null` where it is no date at all. */
export function toBirthDate(text: string | null | undefined): string | null {
  const [, days = '', months = '', year = ''] = /^(\d{2})(\d{2})(\d{4})$/.exec(text ?? '') ?? [];
  if (year === '' || year === '0000') return null;
  if (months === '00') return days === '00' ? year : null;
  if (days === '00') return toDay(`${year}${months}01`)?.slice(0, 7) ?? null;
  return toDay(`${year}${months}${days}`);
}

/** @param date YYYY-MM-DD, YYYY-MM or YYYY. @returns GEBDAT, TTMMJJJJ. */
export function fromBirthDate(date: string): string {
  const [year = '', month = '00', days = '00'] = date.split('-');
  return `${days}${month}${year}`;
}

function toApplicant(row: SqlRow): Applicant | null {
  const [familyName, givenName] = [row.FAMNAME, row.VORNAMEN?.split(' ')[0]];
  const dateOfBirth = toBirthDate(row.GEBDAT);
  if (!familyName || !givenName || !dateOfBirth) return null;
  // Anything but an explicit "no" counts as a block: an unknown flag must not disclose anybody.
  return { familyName, givenName, dateOfBirth, isBlocked: row.SPERRE !== '0' };
}

function code<Value extends string>(row: SqlRow, column: string, table: Readonly<Record<string, Value>>): Field<Value> {
  const text = row[column] ?? '';
  return (Object.hasOwn(table, text) ? table[text] : undefined) ?? malformed(column);
}

/** Amounts are euro cents. */
function wholeNumber(row: SqlRow, column: string): Field<number | null> {
  const text = row[column];
  if (text === null || text === undefined) return null;
  return /^\d{1,9}$/.test(text) ? Number(text) : malformed(column);
}

/** JJJJMMTT; blank, zeros and the last day of 9999 stand for "none" and "open". */
function day(row: SqlRow, column: string): Field<string | null> {
  const text = row[column]?.trim() ?? '';
  if (NO_DAY.has(text)) return null;
  return toDay(text) ?? malformed(column);
}

function firstOfMonth(row: SqlRow, column: string): Field<string | null> {
  return toDay(`${row[column] ?? ''}01`) ?? malformed(column);
}

function toDay(text: string): string | null {
  const [, year, month, days] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  const iso = `${year}-${month}-${days}`;
  const instant = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(iso) ? iso : null;
}

const NO_DAY: ReadonlySet<string> = new Set(['', '00000000', '99991231']);

/** Names the column and not its value: a log must not hold social data. */
const malformed = (column: string): AppError =>
  new AppError('LEGACY_MALFORMED', undefined, {
    cause: new Error(`${column} holds what its key table or format lacks`),
  });
