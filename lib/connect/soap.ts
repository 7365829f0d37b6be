import { Agent, request } from 'undici';
import { withDeadline } from '../deadline.js';
import { AppError } from '../errors.js';
import { element, find, malformed, readXml, toDocument, type XmlElement } from './xml.js';

/**
 * One SOAP 1.1 operation that carries a whole message as base64 text and gives one back.
 *
 * The `soap` package is not used: it builds its calls from a WSDL, which such a service does not publish in a usable
 * form, it reads answers without a bound on size or depth, and all that is left to do is one element in an envelope.
 */
export interface SoapOperation {
  readonly url: string;
  readonly namespace: string;
  readonly operation: string;
  /** Element of the call that takes the message. */
  readonly parameter: string;
  /** Element of the answer that holds the message. */
  readonly result: string;
  readonly deadlineMs: number;
}

/** A technical user, sent as HTTP basic authentication. */
export interface SoapUser {
  readonly name: string;
  readonly password: string;
}

export interface SoapClient {
  /**
   * @param message XML text.
   * @param from As whom it is sent, and what ends the wait.
   * @returns The answer's XML text.
   * @throws AppError `LEGACY_TIMEOUT` after `deadlineMs`, `LEGACY_UNAVAILABLE` where no connection, an HTTP status of 5xx
   *   or a SOAP fault comes back, `LEGACY_MALFORMED` for anything else that is not an answer: another content type or
   *   status, more than 5 MiB, XML that `readXml` refuses, broken base64, an answer cut off.
   */
  call(message: string, from: { readonly user: SoapUser; readonly signal?: AbortSignal }): Promise<string>;
  close(): Promise<void>;
}

const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';
const MAX_ANSWER_BYTES = 5 * 1024 * 1024;
const MAX_SOCKETS = 32;

/** Sockets are kept alive and few; redirects are not followed, for they would send personal data elsewhere. */
export function createSoapClient(operation: SoapOperation): SoapClient {
  const agent = new Agent({ connections: MAX_SOCKETS, headersTimeout: 0, bodyTimeout: 0 });
  const { deadlineMs } = operation;
  return {
    call: (message, { user, signal }) =>
      withDeadline({ deadlineMs, code: 'LEGACY_TIMEOUT', parent: signal }, async (ended) =>
        readEnvelope(await post({ operation, agent, user }, toEnvelope(operation, message), ended), operation),
      ),
    close: () => agent.destroy(),
  };
}

export function toEnvelope({ namespace, operation, parameter }: SoapOperation, message: string): string {
  const call = element(
    `tns:${operation}`,
    element(`tns:${parameter}`, Buffer.from(message, 'utf8').toString('base64')),
    { 'xmlns:tns': namespace },
  );
  return toDocument(
    element('soapenv:Envelope', [element('soapenv:Header', null), element('soapenv:Body', call)], {
      'xmlns:soapenv': ENVELOPE,
    }),
  );
}

/** @throws AppError as `SoapClient.call` says of answers. */
export async function readEnvelope(text: string, { result }: Pick<SoapOperation, 'result'>): Promise<string> {
  const root = await readXml(text);
  const body = find(root, 'Body');
  if (root.name !== 'Envelope' || root.namespace !== ENVELOPE || body === null) throw malformed('no SOAP 1.1 envelope');
  if (find(body, 'Fault')) throw new AppError('LEGACY_UNAVAILABLE', undefined, { cause: new Error('SOAP fault') });
  const holder = find(body, result) ?? findBelow(body, result);
  if (holder === null) throw malformed(`no ${result} in the answer`);
  return decode(holder.text);
}

interface Line {
  readonly operation: SoapOperation;
  readonly agent: Agent;
  readonly user: SoapUser;
}

async function post({ operation, agent, user }: Line, envelope: string, signal: AbortSignal): Promise<string> {
  const answer = await request(operation.url, {
    dispatcher: agent,
    method: 'POST',
    body: envelope,
    signal,
    headers: {
      'content-type': 'text/xml; charset=utf-8',
      soapaction: '""',
      accept: 'text/xml',
      authorization: `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`,
    },
  }).catch((error: unknown) => {
    throw toFailure(error);
  });
  try {
    requireXml(answer.statusCode, answer.headers);
    return await readBody(answer.body);
  } finally {
    answer.body.on('error', () => undefined).destroy();
  }
}

function requireXml(status: number, headers: Readonly<Record<string, string | string[] | undefined>>): void {
  if (status >= 500) throw new AppError('LEGACY_UNAVAILABLE', undefined, { cause: new Error(`HTTP ${status}`) });
  if (status !== 200) throw malformed(`HTTP ${status}`);
  const type = String(headers['content-type'] ?? '').toLowerCase();
  if (!/^text\/xml\s*(;|$)/.test(type)) throw malformed('another content type than text/xml');
  if (/charset/.test(type) && !/charset\s*=\s*"?utf-?8"?\s*(;|$)/.test(type))
    throw malformed('another charset than UTF-8');
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
  } catch (error) {
    throw error instanceof AppError ? error : malformed(`the answer was cut off: ${(error as Error).message}`);
  }
  return toText(Buffer.concat(chunks));
}

function decode(base64: string): string {
  const compact = base64.replace(/\s+/g, '');
  if (compact.length === 0 || compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact))
    throw malformed('the message is not base64');
  return toText(Buffer.from(compact, 'base64'));
}

function toText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed('the answer is not UTF-8');
  }
}

/** An answer that is no HTTP is the system's broken word; everything else before an answer is a missing connection. */
function toFailure(error: unknown): AppError {
  const { name, code } = error as { readonly name?: string; readonly code?: string };
  if (name === 'HTTPParserError' || code === 'UND_ERR_HEADERS_OVERFLOW') return malformed('no HTTP answer');
  return new AppError('LEGACY_UNAVAILABLE', undefined, { cause: error });
}

const findBelow = (parent: XmlElement, name: string): XmlElement | null =>
  parent.children.map((child) => find(child, name)).find((found) => found !== null) ?? null;
