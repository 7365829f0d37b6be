import { AppError } from '../../lib/errors.js';

/** Purposes (Zwecke) for which a caseworker or a partner's system may ask. */
export const PURPOSES = [
  'residents.inquiry',
  'residents.registration',
  'housing-benefit.case',
  'vehicles.registration',
  'encumbrances.inquiry',
  'service.information',
  'data-protection.control',
] as const;

/** What a caseworker states with a request. */
export interface Statement {
  readonly purpose: string | null;
  readonly fileReference: string | null;
}

export const isPurpose = (text: unknown): text is (typeof PURPOSES)[number] =>
  PURPOSES.some((purpose) => purpose === text);

/** 1 to 120 letters, digits and ` ./-_`, at least one digit. */
export const isFileReference = (text: string): boolean =>
  text.length <= 120 && /^[\p{L}\p{Nd} ./_-]+$/u.test(text) && /\p{Nd}/u.test(text);

/**
 * Reads `X-Purpose` and `X-File-Reference`. Header values arrive byte by byte; letters beyond ASCII are UTF-8 in them.
 *
 * @throws AppError `BAD_USER_INPUT` with `argument`, the header's name, for a malformed one.
 */
export function readStatement(headers: Readonly<Record<string, string | string[] | undefined>>): Statement {
  const purpose = readHeader(headers['x-purpose']);
  if (purpose !== null && !isPurpose(purpose)) throw malformed('X-Purpose');
  const fileReference = readHeader(headers['x-file-reference']);
  if (fileReference !== null && !isFileReference(fileReference)) throw malformed('X-File-Reference');
  return { purpose, fileReference };
}

function readHeader(value: string | string[] | undefined): string | null {
  if (value === undefined) return null;
  const text = Array.isArray(value) ? value.join(', ') : value;
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return (decoded.includes('�') ? text : decoded).trim().normalize('NFC');
}

const malformed = (header: string) =>
  new AppError('BAD_USER_INPUT', `The header ${header} is malformed.`, { detail: { argument: header } });
