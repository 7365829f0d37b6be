import { expect, it } from '@jest/globals';
import { readManifest } from '../../../../gateway/documents/read-manifest.js';

const APOLLO = {
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [{ id: 'dc67', name: 'Motto', type: 'query', body: 'query Motto { motto }' }],
};

it.each([
  ['of codegen', { dc67: 'query Motto { motto }' }],
  ['of Apollo', APOLLO],
])('reads a manifest %s', (_, manifest) => {
  expect(readManifest(JSON.stringify(manifest))).toEqual([{ id: 'dc67', text: 'query Motto { motto }' }]);
});

it.each([
  ['a list', [], 'neither'],
  ['another version', { ...APOLLO, version: 2 }, 'neither'],
  ['a text that is no GraphQL', { dc67: 'query {' }, 'dc67'],
  ['a text that is none', { dc67: 5 }, 'neither'],
])('refuses %s', (_, manifest, word) => {
  expect(() => readManifest(JSON.stringify(manifest))).toThrow(word);
});
