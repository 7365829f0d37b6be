import { isUtf8 } from 'node:buffer';
import { AppError } from '../../lib/errors.js';
import { hasRepeatedMember } from '../../lib/repeated-members.js';

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
  if (hasRepeatedMember(text, value))
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
