import type { Entry } from './entry.js';

/** How the values of one cache are written down. */
export interface ValueCodec<Value> {
  encode(value: Value): Buffer;
  /** @throws Anything, where the bytes are no such value. */
  decode(bytes: Buffer): Value;
}

/** JSON values, as subgraphs answer. */
export const JSON_VALUES: ValueCodec<unknown> = {
  encode: (value) => Buffer.from(JSON.stringify(value)),
  decode: (bytes) => JSON.parse(bytes.toString('utf8')) as unknown,
};

/** Everything of an entry but its value, in front of it as one line of JSON: the times and tags are sealed with it. */
type Head = Omit<Entry<unknown>, 'value'>;

export function encodeEntry<Value>({ value, ...head }: Entry<Value>, codec: ValueCodec<Value>): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), codec.encode(value)]);
}

/** @returns `null` for what is no entry. */
export function decodeEntry<Value>(bytes: Buffer, codec: ValueCodec<Value>): Entry<Value> | null {
  try {
    const end = bytes.indexOf('\n');
    const head: unknown = JSON.parse(bytes.toString('utf8', 0, end));
    return isHead(head) ? { ...head, value: codec.decode(bytes.subarray(end + 1)) } : null;
  } catch {
    return null;
  }
}

const NUMBERS = ['storedAt', 'freshMs', 'staleMs', 'errorMs', 'asOf', 'bytes'] as const;

function isHead(value: unknown): value is Head {
  if (typeof value !== 'object' || value === null) return false;
  const head = value as Partial<Record<keyof Head, unknown>>;
  return (
    NUMBERS.every((name) => Number.isFinite(head[name])) &&
    typeof head.isPublic === 'boolean' &&
    Array.isArray(head.tags) &&
    head.tags.every((tag) => typeof tag === 'string')
  );
}
