import { expect, it } from '@jest/globals';
import { findBadFraming } from '../../../../gateway/http/framing.js';

const GOOD = { httpVersion: '1.1', url: '/graphql', rawHeaders: ['Host', 'a'], headers: {} };

it.each([
  ['a plain request', {}, null],
  ['HTTP/1.0 without a host', { httpVersion: '1.0', rawHeaders: [] }, null],
  ['a chunked body', { headers: { 'transfer-encoding': 'chunked' } }, null],
  ['an offer of HTTP/2', { headers: { upgrade: 'h2c' } }, null],
  ['100 headers', { rawHeaders: ['host', 'a', ...Array<string>(198).fill('x')] }, null],
  ['101 headers', { rawHeaders: ['host', 'a', ...Array<string>(200).fill('x')] }, 431],
  ['no host', { rawHeaders: ['x', 'host'] }, 400],
  ['two hosts', { rawHeaders: ['host', 'a', 'HOST', 'b'] }, 400],
  ['two tokens', { rawHeaders: ['host', 'a', 'Authorization', 'Bearer a', 'authorization', 'Bearer b'] }, 400],
  ['two media types', { rawHeaders: ['host', 'a', 'content-type', 'application/json', 'Content-Type', 'x/y'] }, 400],
  ['two purposes', { rawHeaders: ['host', 'a', 'x-purpose', 'a', 'x-purpose', 'b'] }, null],
  ['another version', { httpVersion: '2.0' }, 400],
  ['HTTP/1.0 with chunks', { httpVersion: '1.0', headers: { 'transfer-encoding': 'chunked' } }, 400],
  ['a coding before the chunks', { headers: { 'transfer-encoding': 'gzip, chunked' } }, 400],
  ['the address of another server', { url: 'http://other.example/graphql' }, 400],
  ['an upgrade to WebSocket', { headers: { upgrade: 'websocket' } }, 400],
])('%s: %#', (_, change, status) => {
  expect(findBadFraming({ ...GOOD, ...change })).toBe(status);
});
