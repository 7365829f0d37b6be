import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { Dispatcher, Pool } from 'undici';
import { AppError } from '../../lib/errors.js';

/** One HTTP exchange with a subgraph instance; `body` is decoded, at most `maxBytes` long. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: Buffer;
}

export interface HttpQuestion {
  /** Path of the instance's URL. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Longest answer, before and after decoding. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Posts to an instance. Redirects are answers like any other: nothing is sent anywhere else.
 *
 * @throws The reason of `signal`; AppError `SUBGRAPH_MALFORMED` for an answer that is too long or coded more than once;
 *   the error of the connection otherwise.
 */
export async function exchange(pool: Pool, question: HttpQuestion): Promise<HttpAnswer> {
  const { status, encoding, body } = await post(pool, question);
  return { status, body: await decode(body, encoding, question.maxBytes) };
}

interface RawAnswer {
  status: number;
  encoding: string;
  body: Buffer;
}

function post(pool: Pool, { path, headers, body, maxBytes, signal }: HttpQuestion): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const answer: RawAnswer = { status: 0, encoding: '', body: Buffer.alloc(0) };
    const chunks: Buffer[] = [];
    let length = 0;
    let connection: Dispatcher.DispatchController | null = null;
    const leave = () => {
      connection?.abort(signal.reason as Error);
      reject(signal.reason);
    };
    const end = () => signal.removeEventListener('abort', leave);
    signal.addEventListener('abort', leave, { once: true });
    pool.dispatch(
      { path, method: 'POST', headers, body },
      {
        onRequestStart(controller) {
          connection = controller;
          if (signal.aborted) controller.abort(signal.reason as Error);
        },
        onResponseStart(_controller, status, responseHeaders) {
          answer.status = status;
          answer.encoding = String(responseHeaders['content-encoding'] ?? '');
        },
        onResponseData(controller, chunk) {
          chunks.push(chunk);
          length += chunk.length;
          if (length > maxBytes) controller.abort(tooLong());
        },
        onResponseEnd() {
          end();
          answer.body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, length);
          resolve(answer);
        },
        onResponseError(_controller, error) {
          end();
          reject(error);
        },
      },
    );
  });
}

type Decode = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;
const DECODERS = new Map<string, Decode>([
  ['gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/** One coding at most: a chain of them is how a small answer fills the memory. */
async function decode(body: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  const name = encoding.trim().toLowerCase();
  if (name === '' || name === 'identity') return body;
  const read = DECODERS.get(name);
  if (!read) throw new AppError('SUBGRAPH_MALFORMED');
  try {
    return await read(body, { maxOutputLength: maxBytes });
  } catch {
    throw new AppError('SUBGRAPH_MALFORMED');
  }
}

const tooLong = () => new AppError('SUBGRAPH_MALFORMED');
