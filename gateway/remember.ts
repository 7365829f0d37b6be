/** What is made of a text that people write takes 50 times the memory of the text, of a dense one 140 times. */
const BYTES_PER_CHARACTER = 64;
const BYTES_PER_TEXT = 1024;
const MOST_BYTES = 32 * 2 ** 20;
/** One text may not push out all others. */
const LARGEST_SHARE = 16;

/**
 * Makes something once for each text, as long as it is remembered: the longest known is forgotten first, which costs
 * nothing while there is room, and what is very long is made each time.
 *
 * @param maxBytes Of what is remembered, about: judged by the length of the texts.
 */
export function remember<Value>(
  make: (text: string) => Value,
  { maxBytes = MOST_BYTES }: { readonly maxBytes?: number } = {},
): (text: string) => Value {
  const known = new Map<string, Value>();
  let bytes = 0;
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = make(text);
    const added = bytesOf(text);
    if (added > maxBytes / LARGEST_SHARE) return made;
    for (const oldest of known.keys()) {
      if (bytes + added <= maxBytes) break;
      known.delete(oldest);
      bytes -= bytesOf(oldest);
    }
    known.set(text, made);
    bytes += added;
    return made;
  };
}

const bytesOf = (text: string): number => BYTES_PER_TEXT + text.length * BYTES_PER_CHARACTER;
