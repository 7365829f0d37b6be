import { describe, expect, it } from '@jest/globals';
import { DatabaseError } from 'pg';
import { codeOfFailure, createSqlSource } from '../../../../lib/connect/sql.js';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

describe('what a failure of the database means', () => {
  it.each([
    ['cancelled by the statement timeout', '57014', 'LEGACY_TIMEOUT'],
    ['a lock that was not to be had', '55P03', 'LEGACY_TIMEOUT'],
    ['an idle transaction ended', '25P03', 'LEGACY_TIMEOUT'],
    ['ended by the administrator', '57P01', 'LEGACY_UNAVAILABLE'],
    ['starting up', '57P03', 'LEGACY_UNAVAILABLE'],
    ['too many connections', '53300', 'LEGACY_UNAVAILABLE'],
    ['a wrong password', '28P01', 'LEGACY_UNAVAILABLE'],
    ['no such database', '3D000', 'LEGACY_UNAVAILABLE'],
    ['a lost connection', '08006', 'LEGACY_UNAVAILABLE'],
    ['a deadlock', '40P01', 'LEGACY_UNAVAILABLE'],
    ['a fault of its disk', '58030', 'LEGACY_UNAVAILABLE'],
    ['a table that is not there', '42P01', 'LEGACY_MALFORMED'],
    ['a right that was taken', '42501', 'LEGACY_MALFORMED'],
    ['a value it cannot read', '22P02', 'LEGACY_MALFORMED'],
    ['an internal error', 'XX000', 'LEGACY_MALFORMED'],
    ['an error without a code', undefined, 'LEGACY_MALFORMED'],
  ])('%s', (_, state, code) => {
    const error = new DatabaseError('what it says', 12, 'error');
    error.code = state;
    expect(codeOfFailure(error)).toBe(code);
  });

  it.each([
    ['a refused connection', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'LEGACY_UNAVAILABLE'],
    ['a reset connection', Object.assign(new Error('read'), { code: 'ECONNRESET' }), 'LEGACY_UNAVAILABLE'],
    ['a connection that ended', new Error('Connection terminated unexpectedly'), 'LEGACY_UNAVAILABLE'],
    ['no answer on connecting', Object.assign(new Error('connect'), { code: 'ETIMEDOUT' }), 'LEGACY_TIMEOUT'],
    ['no free connection in time', new Error('timeout exceeded when trying to connect'), 'LEGACY_TIMEOUT'],
    ['nothing that can be read', null, 'LEGACY_UNAVAILABLE'],
  ])('%s', (_, error, code) => expect(codeOfFailure(error)).toBe(code));
});

describe('a source of SQL data', () => {
  it.each([
    ['NUL', ['a\0b']],
    ['NUL in a list', [['a', '\0']]],
    ['a lone surrogate', ['\ud800']],
    ['a lone surrogate in a list', [[null, 'x\udc00']]],
  ])('sends no text with %s', async (_, values) => {
    // Nobody listens on port 1: had it tried to connect, the code would be another.
    const source = createSqlSource({
      url: 'postgres://nobody@127.0.0.1:1/none',
      deadlineMs: 1000,
      maxConnections: 1,
      log: silent,
    });
    const read = source.read([
      { name: 'sound', text: 'SELECT $1', values: ['x'] },
      { name: 'broken', text: 'SELECT $1', values },
    ]);
    await expect(read).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await source.close();
  });
});
