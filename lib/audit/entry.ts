import type { Office, Role } from '../caller.js';

/**
 * One access to one register of one controller, as the audit log keeps it: § 40 BMG, § 36 (6) StVG, § 79 (4) SGB X. A
 * request that touches several registers or municipalities makes one entry for each.
 */
export interface AuditEntry {
  readonly requestId: string;
  /** When the answer was made, ISO 8601 with milliseconds, UTC. */
  readonly at: string;
  /** Name of the subgraph whose register was read. */
  readonly register: string;
  /** AGS of the municipality that answers for the data; `null` where the register belongs to none. */
  readonly controller: string | null;
  readonly caller: AuditCaller;
  readonly purpose: string | null;
  readonly fileReference: string | null;
  /** Why, beyond the purpose (Anlass), where the caller's system states it. */
  readonly occasion: string | null;
  readonly operation: AuditOperation;
  /** `sent`: data left the gateway; `denied`: asked for and refused; nothing of a register in it then but the fields. */
  readonly outcome: 'sent' | 'denied';
  /** Records that were sent, each once, with the fields of them that were really sent. Empty where `denied`. */
  readonly records: readonly AuditRecord[];
  /** Coordinates that were asked for and refused, sorted; `[]` where `sent`. */
  readonly deniedFields: readonly string[];
  /** For a search: what was searched for, and how many were found. */
  readonly search: AuditSearch | null;
  /** Kept from the person concerned (§ 34 (5) BMG). */
  readonly isWithheld: boolean;
}

export interface AuditCaller {
  readonly subject: string;
  readonly role: Role;
  readonly office: Office | null;
  /** Municipalities the caller works for, as in the token. */
  readonly municipalities: readonly string[];
  /** On whose behalf a system asks (RFC 8693 `act`); `null`: for itself. */
  readonly actingFor: string | null;
}

export interface AuditOperation {
  readonly kind: 'query' | 'mutation';
  /** First 12 hexadecimal digits of SHA-256 of its text. */
  readonly hash: string;
  /** As the client named it; `null` where it has no name. */
  readonly name: string | null;
}

export interface AuditRecord {
  /** Entity type, `Resident`. */
  readonly type: string;
  /** Key fields and their values, in the order of the key: `{ ags, id }`. */
  readonly key: Readonly<Record<string, string>>;
  /** Coordinates of what was sent, sorted: `Resident.familyName`, `Address.street`. */
  readonly fields: readonly string[];
}

export interface AuditSearch {
  /** Root field, `residents`. */
  readonly field: string;
  /** Its arguments as sent. */
  readonly criteria: Readonly<Record<string, unknown>>;
  /** Records the answer held. */
  readonly hits: number;
}

/** Where entries go. */
export interface AuditSink {
  /**
   * Makes entries durable, all or none, in the order given.
   *
   * @throws AppError `AUDIT_UNAVAILABLE` where that is not certain: then nothing of the answer may be sent.
   */
  append(entries: readonly AuditEntry[]): Promise<void>;
  /** Whether an `append` is likely to succeed now; asked before any subgraph is. */
  isWritable(): boolean;
  close(): Promise<void>;
}
