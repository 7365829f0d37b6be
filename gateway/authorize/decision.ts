import type { ErrorCode } from '../../lib/errors.js';

/** What the caller may not see of an operation; nothing else of the caller changes how it is planned. */
export interface Decision {
  /** Coordinates (`Type.field`) that are denied, each with the error its places get. */
  readonly denied: ReadonlyMap<string, Denial>;
  /** Equal for equal decisions, `''` where nothing is denied; part of the key of a compiled operation. */
  readonly variant: string;
}

export interface Denial {
  readonly code: Extract<ErrorCode, 'FORBIDDEN' | 'INSUFFICIENT_TRUST_LEVEL'>;
  readonly message: string;
  /** Public details: `{ requiredLevel: 'hoch' }`. */
  readonly detail?: Readonly<Record<string, unknown>>;
}
