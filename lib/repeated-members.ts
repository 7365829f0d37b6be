/**
 * Whether an object of a JSON text names a member twice: two readers of such a text may see two different values.
 *
 * @param value What `JSON.parse` made of `text`.
 */
export const hasRepeatedMember = (text: string, value: unknown): boolean =>
  countMembers(value) !== countWrittenMembers(text);

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
  for (let start = text.indexOf('"'); start >= 0; ) {
    const end = endOfString(text, start);
    let next = end + 1;
    while (isSpace(text.charCodeAt(next))) next++;
    if (text.charCodeAt(next) === COLON) count += 1;
    start = text.indexOf('"', next);
  }
  return count;
}

/** @returns Where the quote is that ends the string which begins there. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let slash = end - 1;
    while (text.charCodeAt(slash) === BACKSLASH) slash--;
    if ((end - slash) % 2 === 1) return end;
  }
}

const COLON = 0x3a;
const BACKSLASH = 0x5c;
const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
