import { expect, it } from '@jest/globals';
import { bytesOfResponse, createKeptResponse, RESPONSES } from '../../../../gateway/cache/response-codec.js';

const disclosed = {
  disclosed: [{ register: 'r', type: 'T', key: { ags: '1' }, fields: ['T.a'] }],
  searches: [{ register: 'r', field: 'f', criteria: { name: 'Ä\n' }, hits: 1 }],
};
const response = createKeptResponse(Buffer.from('{"data":{"a":"Ä\\n"}}\n'), disclosed);

it('reads what it has written, with what it discloses', () => {
  expect(RESPONSES.decode(RESPONSES.encode(response))).toEqual(response);
});

it('has one tag for the same bytes, and another for others', () => {
  expect(createKeptResponse(response.body, { disclosed: [], searches: [] }).etag).toBe(response.etag);
  expect(createKeptResponse(Buffer.from('{}'), disclosed).etag).not.toBe(response.etag);
});

it.each([
  ['no line', 'x'],
  ['no JSON', 'x\n{}'],
  ['another form', '{"disclosed":1,"searches":[]}\n{}'],
  ['nothing', ''],
])('does not read %s', (_, text) => {
  expect(() => RESPONSES.decode(Buffer.from(text))).toThrow();
});

it('takes more memory the more it holds', () => {
  expect(bytesOfResponse(response)).toBeGreaterThan(response.body.length + 600);
});
