import { createSeal } from './seal.js';

/** A record as the proof names it. */
export interface OwnRecord {
  /** Subject of the caller whose record it is. */
  readonly subject: string;
  /** Entity type. */
  readonly type: string;
  /** Key values in the order of the key. */
  readonly key: readonly string[];
}

/**
 * A register's word that a record is the caller's own, for a subgraph that cannot know: it serves one caller and one
 * record, and says nothing to whoever has not got the key.
 */
export interface OwnRecords {
  prove(record: OwnRecord): string;
  isProven(record: OwnRecord, proof: string | null | undefined): boolean;
}

/** @param secret OWN_RECORD_KEY, at least 32 characters: known to the registers and the access log alone. */
export function createOwnRecords(secret: string): OwnRecords {
  const { seal, open } = createSeal(secret, 'own record');
  const textOf = ({ subject, type, key }: OwnRecord): string => JSON.stringify([subject, type, ...key]);
  return {
    prove: (record) => seal(textOf(record)),
    isProven: (record, proof) => typeof proof === 'string' && open(proof) === textOf(record),
  };
}
