import { isUtf8 } from 'node:buffer';
import { AppError } from '../../lib/errors.js';

/**
 * Reads a request body as JSON.
 *
 * @returns Plain data; a member called `__proto__` is one like any other.
 * @throws AppError `BAD_REQUEST` for bytes that are not UTF-8, text that is not JSON, and objects that name a member
 *   twice: two readers of such a text may see two different requests.
 */
export function readBody(body: Buffer): unknown {
  if (!isUtf8(body)) throw new AppError('BAD_REQUEST', 'The request body is not UTF-8.');
  const text = body.toString('utf8');
  const value = parse(text);
  if (countMembers(value) !== countWrittenMembers(text))
    throw new AppError('BAD_REQUEST', 'An object of the request body names a member twice.');
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('BAD_REQUEST', 'The request body is not JSON.');
  }
}

/** Members of all objects in a JSON value; without recursion, for it may be nested as deep as the body is long. */
function countMembers(value: unknown): number {
  const rest: unknown[] = [value];
  let count = 0;
  while (rest.length > 0) {
    const item = rest.pop();
    if (typeof item !== 'object' || item === null) continue;
    const values = Object.values(item);
    if (!Array.isArray(item)) count += values.length;
    for (const inner of values) if (typeof inner === 'object') rest.push(inner);
  }
  return count;
}

/** Members as written: strings followed by a colon, in a text known to be JSON. */
function countWrittenMembers(text: string): number {
  let count = 0;
  for (const [, colon] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"\s*(:)?/g)) if (colon) count += 1;
  return count;
}
