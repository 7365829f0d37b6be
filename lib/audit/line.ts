import { hash as hashOf } from 'node:crypto';

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

/** After the header come members of known length, the payload, and for a signed line members of known length again. */
const HASH_MEMBER = ',"hash":"';
const PAYLOAD_MEMBER = '","payload":';
const SIGNATURE_MEMBER = ',"signature":"';
const HASH_LENGTH = 64;
const SIGNATURE_LENGTH = 86;
const HEX = /^[0-9a-f]{64}$/;

/** SHA-256 of ASCII text, hexadecimal. */
export const digestOf = (text: string): string => hashOf('sha256', text);

const BEYOND_ASCII = /[\u007f-\uffff]/;
const EACH_BEYOND_ASCII = /[\u007f-\uffff]/g;

const PLAIN = /^[ !#-[\]-~]*$/;

/** Whether JSON of a text is the text between quotation marks; most are, and to ask is cheaper than to escape. */
export const isPlain = (text: string): boolean => PLAIN.test(text);

/** JSON of ASCII characters alone: one character is one byte, in whatever encoding a verifier reads the file. */
export function toAsciiJson(value: unknown): string {
  if (typeof value === 'string' && isPlain(value)) return `"${value}"`;
  const text = JSON.stringify(value);
  if (!BEYOND_ASCII.test(text)) return text;
  return text.replace(EACH_BEYOND_ASCII, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The bytes the hash is made of: the line from its `{` to the closing quote of `digest`. */
export function formatHeader({ sequence, previous, kind, register, deleteFrom, signed, digest }: LineHeader): string {
  const name = register === null ? 'null' : toAsciiJson(register);
  const date = deleteFrom === null ? 'null' : `"${deleteFrom}"`;
  return `{"sequence":${sequence},"previous":"${previous}","kind":"${kind}","register":${name},"deleteFrom":${date},"signed":${signed},"digest":"${digest}"`;
}

export type SignLine = (sequence: number, hash: string) => string;

/** A draft at its place: what is written, and what the next one must know. */
export interface Chained {
  readonly draft: Draft;
  readonly sequence: number;
  readonly header: string;
  readonly hash: string;
  readonly signature: string | null;
  /** `previous` of the next line. */
  readonly link: string;
}

/** Puts the drafts of one commit at their places; the last one is signed and stands for all. */
export function chainCommit(
  drafts: readonly Draft[],
  { sequence, link }: { readonly sequence: number; readonly link: string },
  sign: SignLine,
): Chained[] {
  let previous = link;
  return drafts.map((draft, at) => {
    const isLast = at === drafts.length - 1;
    const chained = chainDraft(draft, { sequence: sequence + 1 + at, previous }, isLast ? sign : null);
    previous = chained.link;
    return chained;
  });
}

function chainDraft(
  draft: Draft,
  { sequence, previous }: Pick<LineHeader, 'sequence' | 'previous'>,
  sign: SignLine | null,
): Chained {
  const { kind, register, deleteFrom, digest } = draft;
  const header = formatHeader({ sequence, previous, kind, register, deleteFrom, signed: sign !== null, digest });
  const hash = digestOf(header);
  const signature = sign === null ? null : sign(sequence, hash);
  return { draft, sequence, header, hash, signature, link: linkOf({ hash, signature }) };
}

/** A single line as a reader sees it. */
export function chain(draft: Draft, place: Pick<LineHeader, 'sequence' | 'previous'>, sign: SignLine | null): Line {
  const { hash, signature } = chainDraft(draft, place, sign);
  return { ...draft, ...place, signed: sign !== null, hash, signature };
}

/**
 * What the next line has as `previous`: the hash, or where there is a signature a hash over both, so that the signatures
 * are part of the chain and the last of them stands for all.
 */
export const linkOf = ({ hash, signature }: Pick<Line, 'hash' | 'signature'>): string =>
  signature === null ? hash : digestOf(`${hash}${signature}`);

/** @returns The line without its line feed. */
export const formatLine = (line: Line): string => joinLine(formatHeader(line), line.payload, line);

/** @returns The line without its line feed. */
export const formatChained = (line: Chained): string => joinLine(line.header, line.draft.payload, line);

function joinLine(
  header: string,
  payload: string | null,
  { hash, signature }: Pick<Line, 'hash' | 'signature'>,
): string {
  const end = signature === null ? '}' : `${SIGNATURE_MEMBER}${signature}"}`;
  return `${header}${HASH_MEMBER}${hash}${PAYLOAD_MEMBER}${payload ?? 'null'}${end}`;
}

/**
 * Reads a line as strictly as it was written: there is one form of it.
 *
 * @param text One byte a character (latin1), without line feed.
 * @returns `null` for anything else. Neither hash, digest nor signature is checked.
 */
export function readLine(text: string): Line | null {
  if (BEYOND_ASCII.test(text)) return null;
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
