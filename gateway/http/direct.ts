import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { createFacts, type HostContext } from '../context.js';
import type { Answer } from '../execute/operation.js';
import type { Phase } from '../host.js';
import type { Identify } from '../identity/identify.js';
import { chooseMediaType, type MediaType } from '../media-type.js';
import type { CompiledGateway } from '../plan/compiled-gateway.js';
import type { Drain } from './drain.js';
import { EXPOSED_HEADERS, readRequestId, SECURITY_HEADERS } from './headers.js';
import { readBody } from './read-body.js';
import type { HttpEvent } from './server.js';

export interface DirectParts {
  readonly engine: Pick<CompiledGateway, 'lookup' | 'execute'>;
  readonly identify: Identify;
  readonly phases: readonly Phase[];
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly drain: Drain;
  readonly corsOrigins: readonly string[];
  readonly maxBodyBytes: number;
  readonly onEvent: (event: HttpEvent) => void;
}

export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Answers a POST whose operation is compiled already, without the host. Everything it is not sure of goes to the host,
 * which answers the same request with the same bytes: unusual headers, operations seen for the first time, refusals.
 */
export interface Direct {
  handle(request: IncomingMessage, response: ServerResponse, host: HttpHandler): void;
  /** The body of a request that went to the host after it had been read; `null`: it is still to be read. */
  bodyOf(request: IncomingMessage): Buffer | null;
}

export function createDirect(parts: DirectParts): Direct {
  const bodies = new WeakMap<IncomingMessage, Buffer>();
  const handle = (request: IncomingMessage, response: ServerResponse, host: HttpHandler): void => {
    const frame = parts.drain.isDraining ? null : readFrame(request, parts);
    if (!frame) {
      host(request, response);
      return;
    }
    response.once('close', parts.drain.enter());
    readWhole(request, (body) => {
      bodies.set(request, body);
      answer({ request, response, frame, body }, parts).then(
        (isAnswered) => isAnswered || host(request, response),
        () => response.destroy(),
      );
    });
  };
  return { handle, bodyOf: (request) => bodies.get(request) ?? null };
}

/** What the answer's headers depend on. */
interface Frame {
  readonly mediaType: MediaType;
  readonly origin: string | undefined;
}

const JSON_TYPES: ReadonlySet<string | undefined> = new Set([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
]);

/** @returns `null` where anything about the request is not plain. */
function readFrame(
  { method, url, headers }: IncomingMessage,
  { maxBodyBytes, corsOrigins }: DirectParts,
): Frame | null {
  if (method !== 'POST' || url !== '/graphql' || !JSON_TYPES.has(headers['content-type'])) return null;
  if (headers['content-encoding'] !== undefined || !(Number(headers['content-length']) <= maxBodyBytes)) return null;
  const { origin } = headers;
  if (origin !== undefined && corsOrigins.length > 0 && !corsOrigins.includes(origin)) return null;
  const mediaType = mediaTypeFor(headers);
  return mediaType && { mediaType, origin };
}

const mediaTypeFor = ({ accept }: IncomingHttpHeaders): MediaType | null =>
  accept === undefined || accept === '*/*' || accept === 'application/json'
    ? 'application/json'
    : chooseMediaType(accept);

function readWhole(request: IncomingMessage, onBody: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.once('end', () => onBody(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly frame: Frame;
  readonly body: Buffer;
}

/** @returns Whether the request is answered; nothing has been sent and no subgraph asked where it is not. */
async function answer({ request, response, frame, body }: Exchange, parts: DirectParts): Promise<boolean> {
  const startedAt = performance.now();
  const left = new AbortController();
  const facts = createFacts();
  const requestId = readRequestId(request);
  let hasRun = false;
  response.once('close', () => {
    if (!response.writableFinished) left.abort(new Error('The client has left.'));
  });
  try {
    const asked = readAsked(body);
    if (!asked) return false;
    const caller = await parts.identify(request.headers);
    const context: HostContext = { requestId, caller, facts, signal: left.signal };
    const operation = parts.engine.lookup(asked.query, asked.operationName, context);
    if (!operation) return false;
    for (const phase of parts.phases) phase({ ...operation, variables: asked.variables }, { context, method: 'POST' });
    facts.operation = hashOf(operation.definition, asked.query);
    facts.kind = operation.definition.operation;
    facts.role = caller?.role ?? null;
    facts.isDirect = true;
    const executed = await parts.engine.execute(operation, asked.variables, context);
    hasRun = true;
    const text = write(executed, context, parts.formatError);
    response.writeHead(200, headersOf(frame, requestId, Buffer.byteLength(text), parts.corsOrigins));
    response.end(text);
    parts.onEvent({
      requestId,
      method: 'POST',
      route: '/graphql',
      status: 200,
      durationMs: performance.now() - startedAt,
      facts,
    });
    return true;
  } catch (error) {
    // What has run must not run again; before that the host meets the same refusal, and knows how to say it.
    if (hasRun) throw error;
    return false;
  }
}

interface Asked {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

const hashes = new WeakMap<object, string>();

/** As the host computes it; once per compiled operation. */
function hashOf(definition: object, text: string): string {
  const hash = hashes.get(definition) ?? createHash('sha256').update(text).digest('hex').slice(0, 12);
  hashes.set(definition, hash);
  return hash;
}

const isName = (value: unknown): value is string => typeof value === 'string' && /^[_A-Za-z]\w*$/.test(value);

/** @returns `null` for anything but the plain form of a GraphQL request. */
function readAsked(body: Buffer): Asked | null {
  const asked = readBody(body);
  if (typeof asked !== 'object' || asked === null || Array.isArray(asked)) return null;
  const { query, operationName, variables, ...others } = asked as Record<string, unknown>;
  if (typeof query !== 'string' || Object.keys(others).length > 0) return null;
  if (operationName !== undefined && operationName !== null && !isName(operationName)) return null;
  if (typeof (variables ?? {}) !== 'object' || Array.isArray(variables)) return null;
  return { query, operationName: operationName ?? undefined, variables: (variables ?? {}) as Asked['variables'] };
}

function write({ data, errors }: Answer, { facts }: HostContext, formatError: DirectParts['formatError']): string {
  if (errors.length === 0) return `{"data":${data}}\n`;
  const formatted = errors.map(({ message, path, extensions }) => {
    const error = new GraphQLError(message, { ...(path && { path }), extensions });
    return formatError(error.toJSON(), error);
  });
  facts.codes = [...new Set(formatted.map(({ extensions }) => String(extensions?.code)))];
  return `{"errors":${JSON.stringify(formatted)},"data":${data}}\n`;
}

const FIXED_HEADERS = Object.entries(SECURITY_HEADERS).flat();

function headersOf(
  { mediaType, origin }: Frame,
  requestId: string,
  bytes: number,
  corsOrigins: readonly string[],
): string[] {
  const headers = [
    ...FIXED_HEADERS,
    'x-request-id',
    requestId,
    'content-type',
    `${mediaType}; charset=utf-8`,
    'content-length',
    String(bytes),
  ];
  if (corsOrigins.length > 0) headers.push('vary', 'Origin');
  if (corsOrigins.length > 0 && origin !== undefined)
    headers.push('access-control-allow-origin', origin, 'access-control-expose-headers', EXPOSED_HEADERS.join(', '));
  return headers;
}
