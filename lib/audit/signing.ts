import { type KeyObject, sign, verify } from 'node:crypto';

/** Signs the end of a commit: it stands for its line and, through the chain, for all before. */
export const signLine = (key: KeyObject, sequence: number, hash: string): string =>
  sign(null, Buffer.from(lineText(sequence, hash)), key).toString('base64url');

/** @param keys Public keys that may have signed: more than one after a change of keys. */
export const isSignedBy = (
  keys: readonly KeyObject[],
  { sequence, hash, signature }: { readonly sequence: number; readonly hash: string; readonly signature: string },
): boolean => isValid(keys, lineText(sequence, hash), signature);

/** How far the log had got, kept apart from it: what is cut off or replaced afterwards is missed. */
export interface Head {
  readonly sequence: number;
  /** Hash of the line of that sequence. */
  readonly hash: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly signature: string;
}

export function signHead(key: KeyObject, head: Omit<Head, 'signature'>): Head {
  return { ...head, signature: sign(null, Buffer.from(headText(head)), key).toString('base64url') };
}

export const isHeadSignedBy = (keys: readonly KeyObject[], head: Head): boolean =>
  isValid(keys, headText(head), head.signature);

/** @returns `null` for anything that is not a head. Its signature is not checked. */
export function readHead(text: string): Head | null {
  try {
    const head = JSON.parse(text) as Head;
    const { sequence, hash, at, signature } = head;
    const isSound = Number.isSafeInteger(sequence) && [hash, at, signature].every((part) => typeof part === 'string');
    return isSound ? { sequence, hash, at, signature } : null;
  } catch {
    return null;
  }
}

/** The first line says what is signed, so that no signature passes for one of another kind. */
const lineText = (sequence: number, hash: string): string => `fachverbund-audit-line-1\n${sequence}\n${hash}`;
const headText = ({ sequence, hash, at }: Omit<Head, 'signature'>): string =>
  `fachverbund-audit-head-1\n${sequence}\n${hash}\n${at}`;

function isValid(keys: readonly KeyObject[], text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  // One text for one signature: base64url has spare bits at its end.
  if (bytes.length !== 64 || bytes.toString('base64url') !== signature) return false;
  return keys.some((key) => verify(null, Buffer.from(text), key, bytes));
}
