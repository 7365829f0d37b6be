import { describe, expect, it } from '@jest/globals';
import { readAnswer } from '../../../../gateway/fetch/answer.js';

const read = (body: unknown, status = 200) =>
  readAnswer({ status, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) });

const error = (extensions: object, path?: unknown) => ({ message: 'planted', path, extensions });

describe('readAnswer', () => {
  it.each([
    ['data', { data: { a: 1 } }, { data: { a: 1 }, errors: [] }],
    ['data and no errors', { data: { a: null }, errors: [] }, { data: { a: null }, errors: [] }],
    ['data and null errors', { data: {}, errors: null }, { data: {}, errors: [] }],
  ])('reads %s', (_, body, expected) => {
    expect(read(body)).toEqual(expected);
  });

  it('reads errors, with data and without, also from a refused request', () => {
    const told = error({ code: 'LEGACY_TIMEOUT' }, ['a', 0]);
    const seen = {
      message: 'The source system did not answer in time.',
      path: ['a', 0],
      extensions: { code: 'LEGACY_TIMEOUT' },
    };
    expect(read({ data: { a: null }, errors: [told] })).toEqual({ data: { a: null }, errors: [seen] });
    expect(read({ data: null, errors: [told] })).toEqual({ data: null, errors: [seen] });
    expect(read({ errors: [told] }, 400)).toEqual({ data: null, errors: [seen] });
  });

  it.each([
    ['an unknown code', error({ code: 'ORA-00942' }), 'SUBGRAPH_ERROR'],
    ['a code that every object has', error({ code: 'constructor' }), 'SUBGRAPH_ERROR'],
    ['a code about our own client', error({ code: 'GRAPHQL_PARSE_FAILED' }), 'SUBGRAPH_ERROR'],
    ['no code', error({}), 'SUBGRAPH_ERROR'],
    ['no extensions', { message: 'planted' }, 'SUBGRAPH_ERROR'],
    ['no error', 'planted', 'SUBGRAPH_ERROR'],
    ['nothing', null, 'SUBGRAPH_ERROR'],
    ['a code of ours', error({ code: 'MATCH_UNCERTAIN' }), 'MATCH_UNCERTAIN'],
  ])('masks %s', (_, told, code) => {
    const [seen] = read({ data: null, errors: [told] }).errors;
    expect(seen?.extensions).toEqual({ code });
    expect(seen?.message).not.toContain('planted');
  });

  it.each([[{ a: 1 }], ['a'], [['a', {}]], [['a', 1.5]]])('drops what is no path: %j', (path) => {
    expect(read({ data: null, errors: [error({}, path)] }).errors[0]).not.toHaveProperty('path');
  });

  it.each<[string, unknown, number]>([
    ['no JSON', '<html>', 200],
    ['half of it', '{"data":{', 200],
    ['a list', [], 200],
    ['null', null, 200],
    ['neither data nor errors', {}, 200],
    ['no errors and no data', { data: null, errors: [] }, 200],
    ['data that is a list', { data: [] }, 200],
    ['errors that are none', { data: {}, errors: 'x' }, 200],
    ['inherited data', '{"__proto__":{"data":{}}}', 200],
    ['data of a refused request', { data: {} }, 400],
    ['a redirect', { data: {} }, 302],
  ])('refuses %s', (_, body, status) => {
    expect(() => read(body, status)).toThrow(expect.objectContaining({ code: 'SUBGRAPH_MALFORMED' }));
  });

  it.each([
    [401, ''],
    [403, 'Forbidden'],
    [404, '<html>'],
  ])('takes a refusal for one: %d %j', (status, body) => {
    expect(() => read(body, status)).toThrow(expect.objectContaining({ code: 'SUBGRAPH_ERROR' }));
  });
});
