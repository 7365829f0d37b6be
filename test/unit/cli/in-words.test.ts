import { expect, it } from '@jest/globals';
import { inWords } from '../../../cli/in-words.js';

it('names a file that is not there', () =>
  expect(
    inWords(Object.assign(new Error('ENOENT: no such file or directory'), { code: 'ENOENT', path: 'nowhere/x.pem' })),
  ).toBe('nowhere/x.pem: no such file or folder.'));

it('names an address where nobody answers', () =>
  expect(
    inWords(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', address: '127.0.0.1', port: 1 })),
  ).toBe('127.0.0.1:1: nobody answers there.'));

it.each([
  ['our own', new Error('The stage test has no earlier supergraph.'), 'The stage test has no earlier supergraph.'],
  ['a code of nobody', Object.assign(new Error('odd'), { code: 'constructor', path: 'x' }), 'odd'],
  ['no error', 'gone', 'gone'],
])('keeps the words of %s', (_, error, words) => expect(inWords(error)).toBe(words));
