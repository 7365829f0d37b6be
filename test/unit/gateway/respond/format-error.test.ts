import { describe, expect, it } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { Refusal, refuse } from '../../../../gateway/refuse.js';
import { formatError, formatRefusal } from '../../../../gateway/respond/format-error.js';
import { AppError } from '../../../../lib/errors.js';

const format = (error: GraphQLError) => formatError(error.toJSON(), error);

describe('formatError', () => {
  it('keeps what we say, with the details that may be known', () => {
    const error = new AppError('BAD_USER_INPUT', 'ags is wrong.', { detail: { argument: 'ags', sql: 'planted' } });
    expect(format(refuse(error))).toEqual({
      message: 'ags is wrong.',
      extensions: { argument: 'ags', code: 'BAD_USER_INPUT' },
    });
  });

  it('keeps code and path of what a subgraph says, and none of its words', () => {
    const error = new GraphQLError('planted', {
      path: ['a', 0],
      originalError: new GraphQLError('planted'),
      extensions: { code: 'LEGACY_TIMEOUT', serviceName: 'planted', response: { url: 'planted' }, argument: 'x' },
    });
    expect(format(error)).toEqual({
      message: 'The source system did not answer in time.',
      path: ['a', 0],
      extensions: { argument: 'x', code: 'LEGACY_TIMEOUT' },
    });
  });

  it.each([
    ['an unknown code', { code: 'ORA-00942' }],
    ['no code', {}],
    ['the code of the host', { code: 'INTERNAL_SERVER_ERROR' }],
  ])('masks %s', (_, extensions) => {
    const formatted = format(new GraphQLError('planted', { extensions }));
    expect(formatted).toEqual({ message: 'Our fault; see the request id.', extensions: { code: 'INTERNAL' } });
  });

  it.each([
    [400, 'BAD_REQUEST'],
    [405, 'METHOD_NOT_ALLOWED'],
    [406, 'NOT_ACCEPTABLE'],
    [415, 'UNSUPPORTED_MEDIA_TYPE'],
  ])('calls what the host answers with %d by its name', (status, code) => {
    const error = new GraphQLError('planted', { extensions: { code: 'BAD_REQUEST', http: { status } } });
    expect(format(error).extensions).toEqual({ code });
    expect(format(error).message).not.toContain('planted');
  });

  it.each([
    ['Cannot query field "a" on type "B". Did you mean "c" or "d"?', 'Cannot query field "a" on type "B".'],
    ['Unknown type "X". Did you mean to use an inline fragment on "Y"?', 'Unknown type "X".'],
    ['Maximum call stack size exceeded', 'The operation does not fit the schema.'],
  ])('says of a document: %s', (message, expected) => {
    const error = new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
    expect(format(error).message).toBe(expected);
  });
});

describe('formatRefusal', () => {
  it('gives all faults of a refusal, where there are several', () => {
    const faults = ['a', 'b'].map((argument) => new AppError('BAD_USER_INPUT', argument, { detail: { argument } }));
    expect(formatRefusal(refuse(new Refusal(faults)))?.map(({ extensions }) => extensions?.argument)).toEqual([
      'a',
      'b',
    ]);
    expect(formatRefusal(refuse(new Refusal(faults.slice(1))))).toBeNull();
    expect(formatRefusal(new GraphQLError('x'))).toBeNull();
    expect(formatRefusal(undefined)).toBeNull();
  });
});
