/**
 * Follows what a PostgreSQL server sends and tells each `ReadyForQuery`: the end of an answer, with `I` outside a
 * transaction, `T` inside one, `E` in a failed one. Bytes may come in pieces of any size.
 *
 * @see PostgreSQL documentation, "Message Formats": a letter, four bytes of length, content
 */
export function createFrameReader(onReady: (status: string) => void): (chunk: Buffer) => void {
  const head = Buffer.alloc(HEAD_BYTES);
  let headBytes = 0;
  let left = 0;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (headBytes < HEAD_BYTES) {
        const taken = chunk.copy(head, headBytes, at, Math.min(chunk.length, at + HEAD_BYTES - headBytes));
        headBytes += taken;
        at += taken;
        if (headBytes === HEAD_BYTES) left = head.readInt32BE(1) - 4;
      } else {
        if (head[0] === READY_FOR_QUERY) onReady(String.fromCharCode(chunk[at] ?? 0));
        const taken = Math.min(left, chunk.length - at);
        left -= taken;
        at += taken;
      }
      if (headBytes === HEAD_BYTES && left === 0) headBytes = 0;
    }
  };
}

/** An `ErrorResponse` that ends the connection, as the server sends it. @param code SQLSTATE. */
export function toErrorResponse(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.alloc(HEAD_BYTES);
  head.write('E', 'latin1');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** Whether the first bytes of a client ask for TLS or GSS encryption: the server answers them with a single letter. */
export const asksForEncryption = (chunk: Buffer): boolean =>
  chunk.length === 8 && chunk.readInt32BE(0) === 8 && ENCRYPTION_REQUESTS.has(chunk.readInt32BE(4));

/** Whether a client's message is the simple query `LISTEN`. */
export const isListen = (chunk: Buffer): boolean =>
  chunk[0] === QUERY && /^listen\s/i.test(chunk.toString('latin1', HEAD_BYTES, HEAD_BYTES + 8));

const HEAD_BYTES = 5;
const QUERY = 'Q'.charCodeAt(0);
const READY_FOR_QUERY = 'Z'.charCodeAt(0);
const ENCRYPTION_REQUESTS: ReadonlySet<number> = new Set([80_877_103, 80_877_104]);
