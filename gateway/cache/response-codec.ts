import { createHash } from 'node:crypto';
import type { Disclosed } from '../disclosed.js';
import type { ValueCodec } from './entry-codec.js';

/** A finished answer without errors. */
export interface KeptResponse {
  /** As it is sent. */
  readonly body: Buffer;
  /** What it discloses, for the audit log: whoever gets it is written down. */
  readonly disclosed: Disclosed;
  /** Weak, for the same bytes are sent under two media types. */
  readonly etag: string;
}

export const createKeptResponse = (body: Buffer, { disclosed, searches }: Disclosed): KeptResponse => ({
  body,
  // Frozen: it is the same for every hit, and the log may remember what it has made of it.
  disclosed: Object.freeze({ disclosed, searches }),
  etag: `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
});

/** One line of JSON that says what it discloses, then the bytes. */
export const RESPONSES: ValueCodec<KeptResponse> = {
  encode: ({ body, disclosed }) => Buffer.concat([Buffer.from(`${JSON.stringify(disclosed)}\n`), body]),
  decode(bytes) {
    const end = bytes.indexOf('\n');
    const told: unknown = JSON.parse(bytes.toString('utf8', 0, end));
    if (end < 0 || !isDisclosed(told)) throw new TypeError('No kept response.');
    return createKeptResponse(Buffer.from(bytes.subarray(end + 1)), told);
  },
};

const isDisclosed = (value: unknown): value is Disclosed =>
  typeof value === 'object' &&
  value !== null &&
  Array.isArray((value as Partial<Disclosed>).disclosed) &&
  Array.isArray((value as Partial<Disclosed>).searches);

const RECORD_BYTES = 300;

/** About what it takes in memory. */
export const bytesOfResponse = ({ body, disclosed: { disclosed, searches } }: KeptResponse): number =>
  body.length + RECORD_BYTES * (1 + disclosed.length + searches.length);
