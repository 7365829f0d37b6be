import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ERROR_CODES } from '../../lib/errors.js';
import type { Audit } from '../audit/audit.js';
import type { Kept, ResponseCache, Visit } from '../cache/response-cache.js';
import { cacheHeadersOf, isUnchanged } from '../cache-headers.js';
import { createFacts, type HostContext } from '../context.js';
import type { Documents } from '../documents/open-documents.js';
import type { Answer } from '../execute/operation.js';
import type { Phase } from '../host.js';
import { Leaving } from '../leaving.js';
import type { Admit } from '../limits/admit.js';
import type { Operation } from '../operation.js';
import type { CompiledGateway } from '../plan/compiled-gateway.js';
import type { OperationEntry } from '../plan/operations.js';
import { refusalHeadersOf } from '../refuse.js';
import { DirectContext } from './direct-context.js';
import { type Frame, headersOf, readFrame } from './direct-frame.js';
import type { Drain } from './drain.js';
import { readClientName, readRequestId } from './headers.js';
import { type Asked, readAsked } from './read-asked.js';
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
  /** Absent or `null`: no finished answer is kept. */
  readonly responses?: ResponseCache | null;
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
    const context = new DirectContext({ requestId, caller, facts, client: readClientName(request), leaving });
    const found = parts.engine.find(query, asked.operationName, context);
    if (!found) return false;
    const { schema, document, definition } = found.operation;
    const given: Operation = { schema, document, definition, variables: asked.variables };
    const posted = { context, method: 'POST' };
    for (const phase of parts.phases) {
      const pending = phase(given, posted);
      if (pending) await pending;
    }
    facts.operation = hashOf(definition, query);
    facts.kind = definition.operation;
    facts.role = caller?.role ?? null;
    facts.isDirect = true;
    const reply = await answerOf({ found, given, asked, query, context }, parts);
    hasRun = true;
    const status = await send({ request, response, frame, context }, reply, parts);
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

interface Judged {
  readonly found: OperationEntry;
  /** The operation with the variables of this request. */
  readonly given: Operation;
  readonly asked: Asked;
  readonly query: string;
  readonly context: HostContext;
}

/** What is to be sent: what is kept, or what was made now. */
interface Reply {
  readonly given: Operation;
  readonly visit: Visit | null;
  readonly hit: Kept | null;
  readonly executed: Answer | null;
}

/** Nothing has been sent to a subgraph where this throws. */
async function answerOf({ found, given, asked, query, context }: Judged, parts: DirectParts): Promise<Reply> {
  const visiting = { operation: given, text: query, operationName: asked.operationName, context };
  const visit = parts.responses?.visit(visiting) ?? null;
  const looked = visit?.read() ?? null;
  const hit = looked instanceof Promise ? await looked : looked;
  if (hit) return { given, visit, hit, executed: null };
  const fitting = parts.engine.fit(found, context);
  const operation = fitting instanceof Promise ? await fitting : fitting;
  return { given, visit, hit, executed: await parts.engine.execute(operation, asked.variables, context) };
}

interface Sending extends Pick<Exchange, 'request' | 'response' | 'frame'> {
  readonly context: HostContext;
}

/** Writes down what an answer discloses, then sends it. @returns The status. */
async function send(
  { request, response, frame, context }: Sending,
  { visit, hit, executed, given }: Reply,
  parts: DirectParts,
): Promise<number> {
  const { facts, requestId, sources } = context;
  const { corsOrigins } = parts;
  const disclosed = executed ?? hit?.response.disclosed;
  const recorded = parts.audit?.record({ context, operation: given, disclosed });
  const refusal = recorded ? await recorded : null;
  if (refusal) {
    const text = writeRefusal(refusal, facts);
    const { status } = ERROR_CODES[refusal.code];
    const more = refusalHeadersOf(refusal);
    const bytes = Buffer.byteLength(text);
    response.writeHead(status, headersOf(frame, requestId, { bytes, more, corsOrigins }));
    response.end(text);
    return status;
  }
  const text = executed ? writeAnswer(executed, context, parts.formatError) : (hit?.response.body ?? '');
  const kept = executed?.errors.length === 0 ? (visit?.keep(text, executed) ?? null) : null;
  const isKnown = isUnchanged(request.headers['if-none-match'], hit ?? kept);
  const more = cacheHeadersOf({ hit, kept, wasRead: visit?.wasRead ?? false, sources });
  const bytes = isKnown ? null : Buffer.byteLength(text);
  response.writeHead(isKnown ? 304 : 200, headersOf(frame, requestId, { bytes, more, corsOrigins }));
  response.end(isKnown ? undefined : text);
  return isKnown ? 304 : 200;
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
