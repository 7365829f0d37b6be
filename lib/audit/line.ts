import { createHash } from 'node:crypto';

/** What stays of a line for ever: the chain lives over headers, so a payload can be deleted without breaking it. */
export interface LineHeader {
  /** From 1, without gaps. */
  readonly sequence: number;
  /** Link of the line before, `FIRST_PREVIOUS` for the first. */
  readonly previous: string;
  /** `access`: an `AuditEntry`; `note`: what happened to the log itself. */
  readonly kind: 'access' | 'note';
  /** Subgraph whose register was read; `null` for a note. */
  readonly register: string | null;
  /** German date, YYYY-MM-DD, from which the payload must be gone; `null`: it stays. */
  readonly deleteFrom: string | null;
  /** Whether a signature closes this line: the last one of each commit has one. */
  readonly signed: boolean;
  /** SHA-256 of the payload's bytes, hexadecimal. */
  readonly digest: string;
}

export interface Line extends LineHeader {
  /** SHA-256 of the header's bytes, hexadecimal, as the line states it. */
  readonly hash: string;
  /** JSON text; `null` where it was deleted. */
  readonly payload: string | null;
  /** Ed25519, base64url; `null` exactly where `signed` is false. */
  readonly signature: string | null;
}

/** What a line will hold once it has its place in the chain. */
export interface Draft extends Pick<LineHeader, 'kind' | 'register' | 'deleteFrom' | 'digest'> {
  readonly payload: string;
}

export const FIRST_PREVIOUS = '0'.repeat(64);

const MEMBERS = ['sequence', 'previous', 'kind', 'register', 'deleteFrom', 'signed', 'digest'] as const;
/** After the header come members of known length, the payload, and for a signed line members of known length again. */
const HASH_MEMBER = ',"hash":"';
const PAYLOAD_MEMBER = '","payload":';
const SIGNATURE_MEMBER = ',"signature":"';
const HASH_LENGTH = 64;
const SIGNATURE_LENGTH = 86;
const HEX = /^[0-9a-f]{64}$/;

/** SHA-256 of ASCII text, hexadecimal. */
export const digestOf = (text: string): string => createHash('sha256').update(text, 'latin1').digest('hex');

/** JSON of ASCII characters alone: one character is one byte, in whatever encoding a verifier reads the file. */
export const toAsciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The bytes the hash is made of: the line from its `{` to the closing quote of `digest`. */
export function formatHeader(header: LineHeader): string {
  const members = MEMBERS.map((name) => `"${name}":${toAsciiJson(header[name])}`);
  return `{${members.join(',')}`;
}

/**
 * Puts a draft at its place.
 *
 * @param sign Closes the line, which then stands for itself and all lines since the signature before; `null`: a later
 *   line of the same commit does.
 */
export function chain(
  draft: Draft,
  place: Pick<LineHeader, 'sequence' | 'previous'>,
  sign: ((sequence: number, hash: string) => string) | null,
): Line {
  const { payload, ...rest } = draft;
  const header: LineHeader = { ...rest, ...place, signed: sign !== null };
  const hash = digestOf(formatHeader(header));
  return { ...header, hash, payload, signature: sign === null ? null : sign(header.sequence, hash) };
}

/**
 * What the next line has as `previous`: over the hash and, where there is one, the signature, so that the signatures are
 * part of the chain and the last of them stands for all.
 */
export const linkOf = ({ hash, signature }: Pick<Line, 'hash' | 'signature'>): string =>
  digestOf(`${hash}${signature ?? ''}`);

/** @returns The line without its line feed. */
export function formatLine(line: Line): string {
  const signature = line.signature === null ? '' : `${SIGNATURE_MEMBER}${line.signature}"`;
  return `${formatHeader(line)}${HASH_MEMBER}${line.hash}${PAYLOAD_MEMBER}${line.payload ?? 'null'}${signature}}`;
}

/**
 * Reads a line as strictly as it was written: there is one form of it.
 *
 * @param text One byte a character (latin1), without line feed.
 * @returns `null` for anything else. Neither hash, digest nor signature is checked.
 */
export function readLine(text: string): Line | null {
  const end = text.indexOf(HASH_MEMBER);
  const payloadAt = end + HASH_MEMBER.length + HASH_LENGTH + PAYLOAD_MEMBER.length;
  if (end < 0 || !text.startsWith(PAYLOAD_MEMBER, payloadAt - PAYLOAD_MEMBER.length)) return null;
  const header = readHeader(text.slice(0, end));
  if (header === null) return null;
  const hash = text.slice(end + HASH_MEMBER.length, payloadAt - PAYLOAD_MEMBER.length);
  if (!HEX.test(hash)) return null;
  const signatureAt = text.length - (header.signed ? SIGNATURE_MEMBER.length + SIGNATURE_LENGTH + 2 : 1);
  const payload = text.slice(payloadAt, signatureAt);
  const line: Line = {
    ...header,
    hash,
    payload: payload === 'null' ? null : payload,
    signature: header.signed ? text.slice(signatureAt + SIGNATURE_MEMBER.length, -2) : null,
  };
  return payload !== '' && formatLine(line) === text ? line : null;
}

function readHeader(text: string): LineHeader | null {
  try {
    const header = JSON.parse(`${text}}`) as LineHeader;
    const isSound = Number.isSafeInteger(header.sequence) && header.sequence > 0 && HEX.test(header.digest);
    return isSound && formatHeader(header) === text ? header : null;
  } catch {
    return null;
  }
}

/** Whether everything in the line fits itself: hash, payload, form. What comes before and after is not looked at. */
export const isIntact = (line: Line): boolean =>
  digestOf(formatHeader(line)) === line.hash && (line.payload === null || digestOf(line.payload) === line.digest);
