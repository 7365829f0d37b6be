import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { isForEverybody } from '../../lib/cache-control.js';
import { AppError } from '../../lib/errors.js';

/** One HTTP exchange with a subgraph instance; `body` is decoded, at most `maxBytes` long. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: Buffer;
  /**
   * Header `Cache-Control`, several joined by commas; absent or empty where none was sent, `no-store` where `Vary` or
   * `Age` say that it may not be kept.
   */
  readonly cacheControl?: string;
  /** Header `Age`; absent or 0 where none was sent. */
  readonly ageSeconds?: number;
}

/** What comes of an exchange: one of the two is called, once, unless it was given up. */
export interface Outcome {
  /** Redirects are answers like any other: nothing is sent anywhere else. */
  answered(answer: HttpAnswer): void;
  /** @param error AppError `SUBGRAPH_MALFORMED` for an answer that is too long or coded more than once; else the connection's. */
  failed(error: unknown): void;
}

/** Requests to one instance that its sockets have not finished with. */
export interface Load {
  inFlight: number;
}

/**
 * Reads one answer from a socket. One object for each exchange, without closures, in the form that undici's own `request`
 * has: for the newer one it makes two objects more and reads all headers.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #maxBytes: number;
  readonly #load: Load;
  readonly #outcome: Outcome;
  #abort: ((reason: Error) => void) | null = null;
  #status = 0;
  #encoding = '';
  #cacheControl = '';
  #ageSeconds = 0;
  #first: Buffer | null = null;
  #more: Buffer[] | null = null;
  #length = 0;
  #reason: Error | null = null;
  #hasEnded = false;

  /** @param maxBytes Longest answer, before and after decoding. */
  constructor(maxBytes: number, load: Load, outcome: Outcome) {
    this.#maxBytes = maxBytes;
    this.#load = load;
    this.#outcome = outcome;
    load.inFlight += 1;
  }

  /** Why it was given up; `null`: it was not. */
  get reason(): Error | null {
    return this.#reason;
  }

  /** Nobody waits for the outcome any more; it is not told. */
  giveUp(reason: Error): void {
    this.#reason = reason;
    this.#abort?.(reason);
  }

  onConnect(abort: (reason?: Error) => void): void {
    this.#abort = abort;
    if (this.#reason) abort(this.#reason);
  }

  onHeaders(status: number, headers: readonly Buffer[]): boolean {
    // Said again after an informational answer, of which nothing is kept.
    this.#status = status;
    this.#encoding = readHeader(headers, ENCODING).trim().toLowerCase();
    const age = readHeader(headers, AGE).trim();
    const isKept = /^\d{0,9}$/.test(age) && isForEverybody(readHeader(headers, VARY));
    this.#cacheControl = isKept ? readHeader(headers, CACHE_CONTROL) : 'no-store';
    this.#ageSeconds = isKept ? Number(age) : 0;
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.#length += chunk.length;
    if (this.#length > this.#maxBytes) this.#abort?.(tooLong());
    else if (this.#first === null) this.#first = chunk;
    else if (this.#more === null) this.#more = [chunk];
    else this.#more.push(chunk);
    return true;
  }

  onComplete(): void {
    if (!this.#end()) return;
    const first = this.#first ?? NOTHING;
    const body = this.#more ? Buffer.concat([first, ...this.#more], this.#length) : first;
    if (this.#encoding === '' || this.#encoding === 'identity') this.#answer(body);
    else this.#decode(body);
  }

  onError(error: Error): void {
    if (this.#end()) this.#outcome.failed(error);
  }

  /** @returns Whether somebody waits for the outcome. */
  #end(): boolean {
    if (this.#hasEnded) return false;
    this.#hasEnded = true;
    this.#load.inFlight -= 1;
    return this.#reason === null;
  }

  #answer(body: Buffer): void {
    this.#outcome.answered({
      status: this.#status,
      body,
      cacheControl: this.#cacheControl,
      ageSeconds: this.#ageSeconds,
    });
  }

  #decode(coded: Buffer): void {
    decode(coded, this.#encoding, this.#maxBytes).then(
      (body) => this.#answer(body),
      (error: unknown) => this.#outcome.failed(error),
    );
  }
}

const NOTHING = Buffer.alloc(0);
const ENCODING = 'content-encoding';
const CACHE_CONTROL = 'cache-control';
const AGE = 'age';
const VARY = 'vary';

/** @param headers Names and values in turn. @returns All values of the name, joined by commas; `''` for none. */
function readHeader(headers: readonly Buffer[], wanted: string): string {
  let found = '';
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index];
    if (name?.length === wanted.length && name.toString('latin1').toLowerCase() === wanted)
      found = found === '' ? String(headers[index + 1]) : `${found}, ${headers[index + 1]}`;
  }
  return found;
}

type Decode = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;
const DECODERS = new Map<string, Decode>([
  ['gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/** One coding at most: a chain of them is how a small answer fills the memory. */
async function decode(body: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  const read = DECODERS.get(encoding);
  if (!read) throw new AppError('SUBGRAPH_MALFORMED');
  try {
    return await read(body, { maxOutputLength: maxBytes });
  } catch {
    throw new AppError('SUBGRAPH_MALFORMED');
  }
}

const tooLong = () => new AppError('SUBGRAPH_MALFORMED');
