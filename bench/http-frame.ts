/** One HTTP/1.1 message within bytes that may hold more. */
export interface Frame {
  readonly head: string;
  readonly body: Buffer;
  /** Where the next message begins. */
  readonly end: number;
}

/**
 * Cuts the first message out of received bytes: what a load generator and a stand-in need of HTTP, and no more.
 *
 * @returns `null` while it is not complete.
 */
export function readFrame(bytes: Buffer): Frame | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = bytes.toString('latin1', 0, headEnd);
  const start = headEnd + 4;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined && /\r\ntransfer-encoding: *chunked/i.test(head)) return readChunked(bytes, head, start);
  const end = start + Number(length ?? 0);
  return bytes.length < end ? null : { head, body: bytes.subarray(start, end), end };
}

function readChunked(bytes: Buffer, head: string, start: number): Frame | null {
  const parts: Buffer[] = [];
  for (let position = start; ; ) {
    const lineEnd = bytes.indexOf('\r\n', position);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(bytes.toString('latin1', position, lineEnd), 16);
    const next = lineEnd + 2 + size + 2;
    if (bytes.length < next) return null;
    if (size === 0) return { head, body: Buffer.concat(parts), end: next };
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    position = next;
  }
}
