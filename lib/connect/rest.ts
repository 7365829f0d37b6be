import { Agent, request } from 'undici';
import { withDeadline } from '../deadline.js';
import { AppError } from '../errors.js';

/** A system that speaks JSON over HTTP. */
export interface RestSystem {
  /** Base URL; the path of a request is appended to it. */
  readonly url: string;
  readonly deadlineMs: number;
}

export interface RestClient {
  /**
   * @param path Fixed text: what varies belongs into `message`, where nothing can be smuggled in.
   * @returns The JSON of the answer; its form is the caller's to prove.
   * @throws AppError `LEGACY_TIMEOUT` after `deadlineMs`, `LEGACY_UNAVAILABLE` where no connection or an HTTP status of
   *   5xx comes back, `LEGACY_MALFORMED` for anything else that is not an answer: another status or media type, more than
   *   5 MiB, no UTF-8, no JSON, an answer cut off.
   */
  post(path: string, message: object, signal?: AbortSignal): Promise<unknown>;
  /**
   * Asks for a resource, or whether it is still the one known.
   *
   * @throws The same as `post`; `gone` is no failure: the system no longer has what `question` names.
   */
  get(path: string, question: RestQuestion, signal?: AbortSignal): Promise<RestResource>;
  close(): Promise<void>;
}

export interface RestQuestion {
  readonly parameters: Readonly<Record<string, string>>;
  /** Entity tag of the resource as it is known here; `null` where it is not. */
  readonly knownTag: string | null;
}

/** `body`: the JSON of the answer; its form is the caller's to prove. `tag`: `null` where the system gives none. */
export type RestResource =
  | { readonly state: 'changed'; readonly body: unknown; readonly tag: string | null }
  | { readonly state: 'unchanged' }
  | { readonly state: 'gone' };

const MAX_ANSWER_BYTES = 5 * 1024 * 1024;
const MAX_SOCKETS = 32;

/** Sockets are kept alive and few; redirects are not followed, for they would send the message elsewhere. */
export function createRestClient({ url, deadlineMs }: RestSystem): RestClient {
  const agent = new Agent({ connections: MAX_SOCKETS, headersTimeout: 0, bodyTimeout: 0 });
  const base = url.replace(/\/$/, '');
  return {
    post: (path, message, signal) =>
      withDeadline({ deadlineMs, code: 'LEGACY_TIMEOUT', parent: signal }, async (ended) =>
        parse(await post(`${base}${path}`, message, { agent, signal: ended })),
      ),
    get: (path, question, signal) =>
      withDeadline({ deadlineMs, code: 'LEGACY_TIMEOUT', parent: signal }, (ended) =>
        get(`${base}${path}?${new URLSearchParams(question.parameters)}`, question.knownTag, { agent, signal: ended }),
      ),
    close: () => agent.destroy(),
  };
}

async function get(
  url: string,
  knownTag: string | null,
  way: { agent: Agent; signal: AbortSignal },
): Promise<RestResource> {
  const answer = await request(url, {
    dispatcher: way.agent,
    signal: way.signal,
    headers: { accept: 'application/json', ...(knownTag === null ? {} : { 'if-none-match': knownTag }) },
  }).catch((error: unknown) => {
    throw toFailure(error);
  });
  try {
    if (answer.statusCode === 304 && knownTag !== null) return { state: 'unchanged' };
    if (answer.statusCode === 410) return { state: 'gone' };
    requireJson(answer.statusCode, answer.headers);
    const tag = answer.headers.etag;
    return { state: 'changed', body: parse(await readBody(answer.body)), tag: typeof tag === 'string' ? tag : null };
  } finally {
    answer.body.on('error', () => undefined).destroy();
  }
}

async function post(url: string, message: object, way: { agent: Agent; signal: AbortSignal }): Promise<string> {
  const answer = await request(url, {
    dispatcher: way.agent,
    signal: way.signal,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(message),
  }).catch((error: unknown) => {
    throw toFailure(error);
  });
  try {
    requireJson(answer.statusCode, answer.headers);
    return await readBody(answer.body);
  } finally {
    answer.body.on('error', () => undefined).destroy();
  }
}

function requireJson(status: number, headers: Readonly<Record<string, string | string[] | undefined>>): void {
  if (status >= 500) throw new AppError('LEGACY_UNAVAILABLE', undefined, { cause: new Error(`HTTP ${status}`) });
  if (status !== 200) throw malformed(`HTTP ${status}`);
  if (!/^application\/json\s*(;|$)/i.test(String(headers['content-type'] ?? '')))
    throw malformed('another media type than application/json');
  if (headers['content-encoding'] !== undefined) throw malformed('a content encoding nobody asked for');
}

async function readBody(body: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MAX_ANSWER_BYTES) throw malformed(`more than ${MAX_ANSWER_BYTES} bytes`);
      chunks.push(chunk);
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (error) {
    throw error instanceof AppError ? error : malformed(`the answer cannot be read: ${(error as Error).message}`);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('the answer is not JSON'); // the reason of the parser would quote the answer
  }
}

/** An answer that is no HTTP is the system's broken word; everything else before an answer is a missing connection. */
function toFailure(error: unknown): AppError {
  const code = String((error as { code?: unknown }).code ?? '');
  if (code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW') return malformed(`no HTTP answer: ${code}`);
  return new AppError('LEGACY_UNAVAILABLE', undefined, { cause: error });
}

const malformed = (what: string): AppError => new AppError('LEGACY_MALFORMED', undefined, { cause: new Error(what) });
