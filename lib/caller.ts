/** Trust levels of a login, weakest first (TR-03107-1; `acr` values as the citizen account sends them). */
export const TRUST_LEVELS = ['normal', 'substanziell', 'hoch'] as const;
export type TrustLevel = (typeof TRUST_LEVELS)[number];

export const ROLES = ['citizen', 'caseworker', 'agent-115', 'partner', 'protection-officer', 'operator'] as const;
export type Role = (typeof ROLES)[number];

export const OFFICES = ['residents', 'housing-benefit', 'vehicles', 'building'] as const;
export type Office = (typeof OFFICES)[number];

/** What a citizen account delivers about its owner; there is no tax id in it. */
export interface Account {
  readonly familyName: string;
  /** All given names in the order of the account, separated by single spaces. */
  readonly givenNames: string;
  /** YYYY-MM-DD, or shorter where the register knows no more. */
  readonly dateOfBirth: string;
  readonly street: string;
  readonly houseNumber: string;
  readonly postalCode: string;
  readonly place: string;
}

/** Who asks, as the gateway has verified it. Absent facts are `null`. */
export interface Caller {
  readonly subject: string;
  readonly role: Role;
  readonly office: Office | null;
  /** AGS of 8 digits, or a prefix ending in `*` (`10045*`). */
  readonly municipalities: readonly string[];
  readonly trustLevel: TrustLevel | null;
  readonly account: Account | null;
  readonly purpose: string | null;
  readonly fileReference: string | null;
  /** On whose behalf a system asks (RFC 8693 `act`); absent: for itself. */
  readonly actingFor?: string;
  /** Words of the token's `scope` claim. */
  readonly scopes: readonly string[];
}

/** The one header in which the gateway tells a subgraph who asks. */
export const CALLER_HEADER = 'x-fachverbund-caller';

/** Header values carry ASCII only, hence base64url of UTF-8 JSON. */
export const encodeCaller = (caller: Caller): string => Buffer.from(JSON.stringify(caller)).toString('base64url');

/** @returns The caller, or `null` where the header is absent or unreadable: nobody is asking. */
export function decodeCaller(header: string | undefined): Caller | null {
  if (header === undefined) return null;
  try {
    return readCaller(JSON.parse(Buffer.from(header, 'base64url').toString('utf8')));
  } catch {
    return null;
  }
}

/** @returns `null` for anything that is not a caller. */
export function readCaller(value: unknown): Caller | null {
  if (value === null || typeof value !== 'object') return null;
  const { subject, role, municipalities } = value as Partial<Caller>;
  if (typeof subject !== 'string' || !ROLES.some((known) => known === role)) return null;
  if (!Array.isArray(municipalities)) return null;
  return value as Caller;
}

/** Whether `pattern` (an AGS, a prefix ending in `*`, or `*`) covers the municipality `ags`. */
export const covers = (pattern: string, ags: string): boolean =>
  pattern.endsWith('*') ? ags.startsWith(pattern.slice(0, -1)) : pattern === ags;

export const isCompetentFor = (caller: Caller, ags: string): boolean =>
  caller.municipalities.some((pattern) => covers(pattern, ags));
