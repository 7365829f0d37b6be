import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { ERROR_CODES } from '../../lib/errors.js';
import type { Audit } from '../audit/audit.js';
import { createFacts, type HostContext } from '../context.js';
import type { AskedDocument } from '../documents/choose-document.js';
import type { Documents } from '../documents/open-documents.js';
import { EXPLAIN_HEADER } from '../explanation.js';
import type { Phase } from '../host.js';
import { Leaving } from '../leaving.js';
import type { Admit } from '../limits/admit.js';
import { chooseMediaType, type MediaType } from '../media-type.js';
import type { CompiledGateway } from '../plan/compiled-gateway.js';
import { refusalHeadersOf } from '../refuse.js';
import type { Drain } from './drain.js';
import { EXPOSED_HEADERS, readClientName, readRequestId, SECURITY_HEADERS } from './headers.js';
import { readBody } from './read-body.js';
import type { HttpEvent } from './server.js';
import { type FormatError, writeAnswer, writeRefusal } from './write-answer.js';

export interface DirectParts {
  readonly engine: Pick<CompiledGateway, 'find' | 'fit' | 'execute'>;
  readonly admit: Admit;
  readonly documents: Pick<Documents, 'takesIds' | 'choose'>;
  readonly phases: readonly Phase[];
  readonly formatError: FormatError;
  /** Absent or `null`: nobody records who was told what. */
  readonly audit?: Audit | null;
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
  // Of the few that go to the host: what every request adds to such a map costs each collection of garbage.
  const bodies = new WeakMap<IncomingMessage, Buffer>();
  const handle = (request: IncomingMessage, response: ServerResponse, host: HttpHandler): void => {
    const frame = parts.drain.isDraining ? null : readFrame(request, parts);
    if (!frame) {
      host(request, response);
      return;
    }
    const leave = parts.drain.enter();
    const leaving = new Leaving();
    response.once('close', () => {
      leave();
      if (!response.writableFinished) leaving.leave(new Error('The client has left.'));
    });
    readWhole(request, (body) => {
      answer({ request, response, frame, body, leaving }, parts).then(
        (isAnswered) => {
          if (isAnswered) return;
          bodies.set(request, body);
          host(request, response);
        },
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
  if (headers['x-cost'] !== undefined || headers[EXPLAIN_HEADER] !== undefined) return null; // the host tells
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
  /** Of the client. */
  readonly leaving: Leaving;
}

/** @returns Whether the request is answered; nothing has been sent and no subgraph asked where it is not. */
async function answer({ request, response, frame, body, leaving }: Exchange, parts: DirectParts): Promise<boolean> {
  const startedAt = performance.now();
  const facts = createFacts();
  const requestId = readRequestId(request);
  let hasRun = false;
  try {
    const asked = readAsked(body);
    if (!asked || (asked.isNamed && !parts.documents.takesIds)) return false;
    const caller = await parts.admit(request);
    const query = parts.documents.choose(asked.document);
    const context: HostContext = {
      requestId,
      caller,
      facts,
      client: readClientName(request),
      leaving,
      get signal() {
        return leaving.signal;
      },
    };
    const found = parts.engine.find(query, asked.operationName, context);
    if (!found) return false;
    const given = { ...found.operation, variables: asked.variables };
    for (const phase of parts.phases) {
      const pending = phase(given, { context, method: 'POST' });
      if (pending) await pending;
    }
    const operation = await parts.engine.fit(found, context);
    facts.operation = hashOf(operation.definition, query);
    facts.kind = operation.definition.operation;
    facts.role = caller?.role ?? null;
    facts.isDirect = true;
    const executed = await parts.engine.execute(operation, asked.variables, context);
    hasRun = true;
    const recorded = parts.audit?.record({ context, operation: given, disclosed: executed });
    const refusal = recorded ? await recorded : null;
    const status = refusal ? ERROR_CODES[refusal.code].status : 200;
    const text = refusal ? writeRefusal(refusal, facts) : writeAnswer(executed, facts, parts.formatError);
    const headers = headersOf(frame, requestId, Buffer.byteLength(text), parts.corsOrigins);
    if (refusal) headers.push(...Object.entries(refusalHeadersOf(refusal)).flat());
    response.writeHead(status, headers);
    response.end(text);
    parts.onEvent({
      requestId,
      method: 'POST',
      route: '/graphql',
      status,
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
  readonly document: AskedDocument;
  /** Whether something beside a text may say which document is meant. */
  readonly isNamed: boolean;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

const hashes = new WeakMap<object, string>();

/** As the host computes it; once per compiled operation. */
function hashOf(definition: object, text: string): string {
  const known = hashes.get(definition);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  hashes.set(definition, hash);
  return hash;
}

const isName = (value: unknown): value is string => typeof value === 'string' && /^[_A-Za-z]\w*$/.test(value);

/** @returns `null` for anything but the plain form of a GraphQL request. */
function readAsked(body: Buffer): Asked | null {
  const asked = readBody(body);
  if (typeof asked !== 'object' || asked === null || Array.isArray(asked)) return null;
  const { query, documentId, extensions, operationName, variables, ...others } = asked as Record<string, unknown>;
  const isNamed = documentId !== undefined || extensions !== undefined;
  if (!(typeof query === 'string' || (isNamed && query === undefined)) || Object.keys(others).length > 0) return null;
  if (typeof (documentId ?? '') !== 'string' || typeof (extensions ?? {}) !== 'object' || Array.isArray(extensions))
    return null;
  if (operationName !== undefined && operationName !== null && !isName(operationName)) return null;
  if (typeof (variables ?? {}) !== 'object' || Array.isArray(variables)) return null;
  return {
    document: { query, documentId, extensions },
    isNamed,
    operationName: operationName ?? undefined,
    variables: (variables ?? {}) as Asked['variables'],
  };
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
