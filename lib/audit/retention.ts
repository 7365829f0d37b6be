import type { AuditEntry } from './entry.js';

/** How long accesses to a register are kept. */
export interface Retention {
  readonly paragraph: string;
  readonly text: string;
  /** @returns First date on which the entry must be gone. Dates are German ones, YYYY-MM-DD. */
  readonly deleteFrom: (date: string) => string;
}

/** To the end of the calendar year after the one of `date`: never less than twelve months. */
const endOfNextYear = (date: string): string => `${yearOf(date) + 2}-01-01`;
const sixMonths = (date: string): string => addMonths(date, 6);
const twoYears = (date: string): string => addMonths(date, 24);

/** Retention by register; what is not named here has `OTHER_RETENTION`. */
export const RETENTIONS: Readonly<Record<string, Retention>> = {
  residents: {
    paragraph: '§ 40 (5) BMG',
    text: 'at least 12 months, to the end of the calendar year following',
    deleteFrom: endOfNextYear,
  },
  vehicles: { paragraph: '§ 36 (7) StVG', text: '6 months', deleteFrom: sixMonths },
  'housing-benefit': { paragraph: '§ 79 (4) SGB X', text: '6 months', deleteFrom: sixMonths },
};

/** Entries with an identification number, whatever the register: the longer duty holds for the whole entry. */
export const IDENTIFICATION_NUMBER_RETENTION: Retention = {
  paragraph: '§ 9 IDNrG',
  text: '2 years',
  deleteFrom: twoYears,
};

export const OTHER_RETENTION: Retention = {
  paragraph: '§ 5 (3) EGovG, § 9 IDNrG',
  text: '2 years',
  deleteFrom: twoYears,
};

/** Fields that hold the identification number of § 139b AO, by the last part of their coordinate. */
const IDENTIFICATION_NUMBER = /\.(identificationNumber|taxId|taxIdentificationNumber|idNr)$/;

export const hasIdentificationNumber = (fields: readonly string[]): boolean =>
  fields.some((field) => IDENTIFICATION_NUMBER.test(field));

export const findRetention = ({ register, records }: Pick<AuditEntry, 'register' | 'records'>): Retention =>
  retentionOf(
    register,
    records.some(({ fields }) => hasIdentificationNumber(fields)),
  );

/** @param hasNumber Whether an identification number is in the entry. */
export function retentionOf(register: string, hasNumber: boolean): Retention {
  if (hasNumber) return IDENTIFICATION_NUMBER_RETENTION;
  return (Object.hasOwn(RETENTIONS, register) && RETENTIONS[register]) || OTHER_RETENTION;
}

const yearOf = (date: string): number => Number(date.slice(0, 4));

/** The same day `months` later, or the last one of a shorter month: 31 August and six months is 28 February. */
export function addMonths(date: string, months: number): string {
  const month = Number(date.slice(5, 7)) - 1 + months;
  const day = Number(date.slice(8, 10));
  const lastDay = new Date(Date.UTC(yearOf(date), month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(yearOf(date), month, Math.min(day, lastDay))).toISOString().slice(0, 10);
}
