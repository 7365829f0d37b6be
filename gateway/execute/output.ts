import { AppError } from '../../lib/errors.js';

const START_BYTES = 64 * 1024;
/** A buffer that one large answer made larger than this is not kept for the next. */
const MAX_KEPT_BYTES = 4 * 1024 * 1024;
/** From here on the native write is quicker than a loop. */
const LONG = 96;

/** Anything but printable ASCII that stands in JSON as it is. */
const SPECIAL = /[^ !#-[\]-~]/;

/**
 * JSON text as it is written, byte by byte: joining thousands of small texts would cost more than all else that is done
 * for an answer. One answer is written at a time, without waiting for anything, so that all can share one output.
 */
export class Output {
  readonly #maxBytes: number;
  readonly #startBytes: number;
  #bytes: Buffer;
  #length = 0;
  #isAscii = true;

  /** @param maxBytes Longest answer: writing more throws AppError `LIMIT_COST`. */
  constructor(maxBytes = DEFAULT_MAX_BYTES) {
    this.#maxBytes = maxBytes;
    this.#startBytes = Math.min(START_BYTES, maxBytes);
    this.#bytes = Buffer.allocUnsafeSlow(this.#startBytes);
  }

  /** Where the next byte goes. */
  get length(): number {
    return this.#length;
  }

  reset(): void {
    this.#length = 0;
    this.#isAscii = true;
    if (this.#bytes.length > MAX_KEPT_BYTES) this.#bytes = Buffer.allocUnsafeSlow(this.#startBytes);
  }

  /** Takes back everything from there on. */
  rewind(length: number): void {
    this.#length = length;
  }

  /** @param text Printable ASCII, as in names, numbers and punctuation. */
  ascii(text: string): void {
    let at = this.#reserve(text.length);
    const bytes = this.#bytes;
    for (let index = 0; index < text.length; index++) bytes[at++] = text.charCodeAt(index);
    this.#length = at;
  }

  /** @param json JSON text of any characters. */
  json(json: string): void {
    const most = json.length * 3;
    const at = this.#reserve(this.#length + most > this.#maxBytes ? Buffer.byteLength(json) : most);
    const written = this.#bytes.write(json, at, 'utf8');
    if (written !== json.length) this.#isAscii = false;
    this.#length = at + written;
  }

  /** The text as a JSON string. */
  quoted(text: string): void {
    if (text.length > LONG ? this.#quoteLong(text) : this.#quoteShort(text)) return;
    this.json(JSON.stringify(text));
  }

  /** Writes again what was written there. */
  repeat(from: number, to: number): void {
    const at = this.#reserve(to - from);
    this.#bytes.copyWithin(at, from, to);
    this.#length = at + to - from;
  }

  toString(): string {
    return this.#bytes.toString(this.#isAscii ? 'latin1' : 'utf8', 0, this.#length);
  }

  /** @returns A copy between two texts of ASCII. */
  toBytes(before: string, after: string): Buffer {
    const copy = Buffer.allocUnsafeSlow(before.length + this.#length + after.length);
    copy.write(before, 0, 'latin1');
    this.#bytes.copy(copy, before.length, 0, this.#length);
    copy.write(after, before.length + this.#length, 'latin1');
    return copy;
  }

  /** @returns False where something has to be escaped; nothing is written then. */
  #quoteShort(text: string): boolean {
    let at = this.#reserve(text.length + 2);
    const bytes = this.#bytes;
    bytes[at++] = QUOTE;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code < SPACE || code > TILDE || code === QUOTE || code === BACKSLASH) return false;
      bytes[at++] = code;
    }
    bytes[at++] = QUOTE;
    this.#length = at;
    return true;
  }

  #quoteLong(text: string): boolean {
    if (SPECIAL.test(text)) return false;
    const at = this.#reserve(text.length + 2);
    this.#bytes[at] = QUOTE;
    this.#bytes.write(text, at + 1, 'latin1');
    this.#bytes[at + text.length + 1] = QUOTE;
    this.#length = at + text.length + 2;
    return true;
  }

  /** @returns Where to write that many bytes. */
  #reserve(bytes: number): number {
    const needed = this.#length + bytes;
    if (needed > this.#bytes.length) {
      if (needed > this.#maxBytes) throw tooLong(this.#maxBytes);
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, Math.min(this.#bytes.length * 2, this.#maxBytes)));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    return this.#length;
  }
}

export const DEFAULT_MAX_BYTES = 64 * 2 ** 20;

const tooLong = (limit: number): AppError =>
  new AppError('LIMIT_COST', `The answer is longer than ${limit} bytes.`, { detail: { limit } });

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const TILDE = 0x7e;
