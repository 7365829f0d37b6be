/**
 * Every failure a caller can see. `status` (HTTP) counts only when the whole request is refused; `retry` says whether
 * the same request may succeed later. The table is printed in `docs/errors.md`.
 */
export const ERROR_CODES = {
  UNAUTHENTICATED: { status: 401, retry: false, text: 'A valid access token is needed.' },
  FORBIDDEN: { status: 403, retry: false, text: 'The token does not grant this.' },
  INSUFFICIENT_TRUST_LEVEL: { status: 403, retry: false, text: 'A login with a higher trust level is needed.' },
  BAD_REQUEST: { status: 400, retry: false, text: 'The request is not a GraphQL request over HTTP.' },
  BAD_USER_INPUT: { status: 400, retry: false, text: 'An argument is malformed or out of range.' },
  METHOD_NOT_ALLOWED: { status: 405, retry: false, text: 'This HTTP method is not offered here.' },
  NOT_ACCEPTABLE: { status: 406, retry: false, text: 'None of the accepted media types is offered.' },
  PAYLOAD_TOO_LARGE: { status: 413, retry: false, text: 'The request body is too large.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, retry: false, text: 'The request body has an unsupported type or encoding.' },
  GRAPHQL_PARSE_FAILED: { status: 400, retry: false, text: 'The document is not GraphQL.' },
  GRAPHQL_VALIDATION_FAILED: { status: 400, retry: false, text: 'The operation does not fit the schema.' },
  OPERATION_NOT_FOUND: { status: 400, retry: false, text: 'The document has no such operation.' },
  TRUSTED_DOCUMENT_REQUIRED: { status: 403, retry: false, text: 'Only registered documents are answered here.' },
  LIMIT_TOKENS: { status: 400, retry: false, text: 'The document has too many tokens.' },
  LIMIT_DEPTH: { status: 400, retry: false, text: 'The operation is nested too deeply.' },
  LIMIT_SELECTIONS: { status: 400, retry: false, text: 'The expanded operation has too many selections.' },
  LIMIT_ALIASES: { status: 400, retry: false, text: 'The operation has too many aliases.' },
  LIMIT_ROOT_FIELDS: { status: 400, retry: false, text: 'The operation has too many root fields.' },
  LIMIT_DIRECTIVES: { status: 400, retry: false, text: 'The document has too many directives.' },
  LIMIT_VARIABLES: { status: 400, retry: false, text: 'The variables are too large or nested too deeply.' },
  LIMIT_COST: { status: 400, retry: false, text: 'The operation costs too much.' },
  LIMIT_PLANNING: { status: 400, retry: false, text: 'The operation takes too long to plan.' },
  RATE_LIMITED: { status: 429, retry: true, text: 'Too many requests.' },
  OVERLOADED: { status: 503, retry: true, text: 'The gateway is overloaded.' },
  SUBGRAPH_UNAVAILABLE: { status: 503, retry: true, text: 'A part of the federation cannot be reached.' },
  SUBGRAPH_TIMEOUT: { status: 504, retry: true, text: 'A part of the federation did not answer in time.' },
  SUBGRAPH_MALFORMED: { status: 502, retry: false, text: 'A part of the federation broke its contract.' },
  SUBGRAPH_ERROR: { status: 502, retry: false, text: 'A part of the federation reported an error.' },
  NOT_OFFERED_HERE: { status: 404, retry: false, text: 'This municipality does not offer this field.' },
  MATCH_UNCERTAIN: { status: 409, retry: false, text: 'The registers do not identify the person without doubt.' },
  LEGACY_UNAVAILABLE: { status: 503, retry: true, text: 'The source system cannot be reached.' },
  LEGACY_TIMEOUT: { status: 504, retry: true, text: 'The source system did not answer in time.' },
  LEGACY_MALFORMED: { status: 502, retry: false, text: 'The source system broke its contract.' },
  AUDIT_UNAVAILABLE: { status: 503, retry: true, text: 'Access cannot be recorded, so no personal data is sent.' },
  INTERNAL: { status: 500, retry: false, text: 'Our fault; see the request id.' },
} as const satisfies Record<string, { status: number; retry: boolean; text: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

export const isErrorCode = (value: unknown): value is ErrorCode =>
  typeof value === 'string' && Object.hasOwn(ERROR_CODES, value);

/**
 * A failure meant for the caller. `message` and `detail` are public; `cause` is logged and never sent.
 * graphql-js keeps `extensions` of a plain `Error`, so a code thrown in a connector reaches the client.
 */
export class AppError extends Error {
  readonly extensions: { readonly code: ErrorCode; readonly [detail: string]: unknown };

  constructor(
    code: ErrorCode,
    message: string = ERROR_CODES[code].text,
    options: { detail?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.extensions = { ...options.detail, code };
  }

  get code(): ErrorCode {
    return this.extensions.code;
  }
}
