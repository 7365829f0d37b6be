import { describe, expect, it } from '@jest/globals';
import { readBody } from '../../../../gateway/http/read-body.js';

const read = (text: string) => readBody(Buffer.from(text));

describe('readBody', () => {
  it.each([
    '{"query":"{ a }","variables":{"a":[1,2,{"b":null}]}}',
    '{ "a" : "say \\"b\\": 1", "c\\\\" : ":" , "d":["x:y","\\":"]}',
    '{"":{"":[]},"a":"\\u0022:"}',
    '[{"a":1},{"a":1}]',
    '"a"',
    'null',
  ])('reads %s as JSON.parse does', (text) => {
    expect(read(text)).toEqual(JSON.parse(text));
  });

  it('keeps members called as nothing should be called, and pollutes nothing', () => {
    const value = read('{"__proto__":{"polluted":1},"constructor":1}') as object;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it.each([
    ['a member named twice', '{"a":1,"a":1}'],
    ['a member named twice, deep below', '{"a":[{"b":{"c":1,"d":[],"c":2}}]}'],
    ['a member named twice in two spellings', '{"a":1,"\\u0061":1}'],
    ['half a text', '{"a":'],
    ['nothing', ''],
    ['a byte order mark', '\ufeff{}'],
    ['two texts', '{}{}'],
  ])('refuses %s', (_, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => readBody(Buffer.from([0x22, 0xff, 0x22]))).toThrow('not UTF-8');
  });

  it('looks at 100,000 levels without falling over', () => {
    expect(Array.isArray(read(`${'['.repeat(100_000)}${']'.repeat(100_000)}`))).toBe(true);
  });

  it('takes a long string in no time', () => {
    const started = performance.now();
    read(JSON.stringify({ query: 'a'.repeat(250_000), b: '\\"'.repeat(100_000) }));
    expect(performance.now() - started).toBeLessThan(200);
  });
});
