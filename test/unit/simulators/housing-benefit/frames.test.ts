import { describe, expect, it } from '@jest/globals';
import {
  asksForEncryption,
  createFrameReader,
  isListen,
  toErrorResponse,
} from '../../../../simulators/housing-benefit/frames.js';

const frame = (letter: string, content: string | Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(Buffer.byteLength(content) + 4);
  return Buffer.concat([Buffer.from(letter, 'latin1'), length, Buffer.from(content)]);
};

/** BEGIN, an answer whose rows hold the bytes of a ReadyForQuery, COMMIT. */
const ANSWER = Buffer.concat([
  frame('C', 'BEGIN\0'),
  frame('Z', 'T'),
  frame('2', ''),
  frame('D', Buffer.concat([Buffer.from('row '), frame('Z', 'I')])),
  frame('C', 'SELECT 1\0'),
  frame('Z', 'T'),
  frame('C', 'COMMIT\0'),
  frame('Z', 'I'),
]);

describe('reading what a PostgreSQL server sends', () => {
  it.each([[1], [2], [3], [5], [6], [7], [1000]])('finds the ends of answers in pieces of %i bytes', (size) => {
    const seen: string[] = [];
    const read = createFrameReader((status) => void seen.push(status));
    for (let at = 0; at < ANSWER.length; at += size) read(ANSWER.subarray(at, at + size));
    expect(seen).toEqual(['T', 'T', 'I']);
  });
});

describe('what is sent in the place of a server', () => {
  it('is a message that says its length', () => {
    const error = toErrorResponse('58000', 'no disk');
    expect(error.toString('latin1', 0, 1)).toBe('E');
    expect(error.readInt32BE(1)).toBe(error.length - 1);
    expect(error.toString('utf8', 5)).toBe('SFATAL\0VFATAL\0C58000\0Mno disk\0\0');
  });
});

describe('asking for encryption', () => {
  const request = (length: number, code: number): Buffer => {
    const bytes = Buffer.alloc(8);
    bytes.writeInt32BE(length);
    bytes.writeInt32BE(code, 4);
    return bytes;
  };

  it.each([
    ['TLS', request(8, 80_877_103), true],
    ['GSS', request(8, 80_877_104), true],
    ['a cancellation', request(16, 80_877_102), false],
    ['a login', request(8, 196_608), false],
    ['something longer', Buffer.concat([request(8, 80_877_103), Buffer.alloc(1)]), false],
  ])('%s: %s', (_, bytes, expected) => expect(asksForEncryption(bytes)).toBe(expected));
});

describe('a client that listens', () => {
  it.each([
    ['is told by its message', frame('Q', 'LISTEN "WG_AENDERUNG"\0'), true],
    ['is none that asks something else', frame('Q', 'SELECT 1\0'), false],
    ['is none that speaks of listening in a statement', frame('P', 'LISTEN "X"\0'), false],
    ['is none that has said nothing', Buffer.alloc(0), false],
  ])('%s', (_, chunk, listens) => expect(isListen(chunk)).toBe(listens));
});
