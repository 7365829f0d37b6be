import { describe, expect, it } from '@jest/globals';
import { readFrame } from '../../../bench/http-frame.js';

const LENGTH = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';
const CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n';

describe('readFrame', () => {
  it.each([
    ['a body of known length', LENGTH],
    ['a chunked body', CHUNKED],
  ])('reads %s and says where it ends', (_, text) => {
    const frame = readFrame(Buffer.from(`${text}HTTP/1.1 500`));
    expect(frame?.body.toString()).toBe('hello');
    expect(frame?.head).toContain('200 OK');
    expect(frame?.end).toBe(text.length);
  });

  it.each([LENGTH, CHUNKED])('waits for the rest wherever %j is cut', (text) => {
    for (let end = 0; end < text.length; end++) expect(readFrame(Buffer.from(text.slice(0, end)))).toBeNull();
  });

  it('takes a message without a body', () => {
    expect(readFrame(Buffer.from('GET / HTTP/1.1\r\nhost: a\r\n\r\n'))?.body.length).toBe(0);
  });
});
