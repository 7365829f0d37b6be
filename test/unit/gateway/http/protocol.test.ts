import { describe, expect, it } from '@jest/globals';
import { checkProtocol } from '../../../../gateway/http/protocol.js';

const json = { 'content-type': 'application/json' };

describe('checkProtocol', () => {
  it.each([
    ['POST', json],
    ['POST', { 'content-type': 'application/json; charset=utf-8' }],
    ['POST', { 'content-type': 'Application/JSON;charset="UTF-8"' }],
    ['POST', { ...json, 'content-encoding': 'identity' }],
    ['GET', { 'apollo-require-preflight': 'true' }],
    ['GET', { 'x-apollo-operation-name': 'A' }],
    ['GET', json],
  ])('lets %s with %j through', (method, headers) => {
    expect(() => checkProtocol({ method, headers })).not.toThrow();
  });

  it.each([
    ['POST', {}, 'UNSUPPORTED_MEDIA_TYPE'],
    ['POST', { 'content-type': 'text/plain' }, 'UNSUPPORTED_MEDIA_TYPE'],
    ['POST', { 'content-type': 'application/jsonx' }, 'UNSUPPORTED_MEDIA_TYPE'],
    ['POST', { 'content-type': 'application/json; charset=latin1' }, 'UNSUPPORTED_MEDIA_TYPE'],
    ['POST', { ...json, 'content-encoding': 'gzip' }, 'UNSUPPORTED_MEDIA_TYPE'],
    ['POST', { ...json, accept: 'text/html' }, 'NOT_ACCEPTABLE'],
    ['GET', {}, 'BAD_REQUEST'],
    ['GET', { 'apollo-require-preflight': '' }, 'BAD_REQUEST'],
    ['GET', { 'content-type': 'text/plain', 'apollo-require-preflight': 'true' }, 'UNSUPPORTED_MEDIA_TYPE'],
  ])('refuses %s with %j', (method, headers, code) => {
    expect(() => checkProtocol({ method, headers })).toThrow(expect.objectContaining({ code }));
  });
});
