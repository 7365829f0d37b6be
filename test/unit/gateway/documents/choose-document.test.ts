import { describe, expect, it } from '@jest/globals';
import {
  type AskedDocument,
  createChooseDocument,
  type DocumentMode,
} from '../../../../gateway/documents/choose-document.js';
import { createDocumentIndex, hashOf } from '../../../../gateway/documents/document-index.js';

const KNOWN = '{ motto }';
const OTHER = '{ me { id } }';
const HASH = hashOf(KNOWN);
const index = createDocumentIndex([{ id: 'portal-1', text: KNOWN }]);

const persisted = (sha256Hash: unknown) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });

/** The text, or the code of the refusal. */
function choose(mode: DocumentMode, asked: AskedDocument): string {
  try {
    return createChooseDocument(mode, () => index)(asked);
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('a registered document', () => {
  it.each([
    ['its id in the manifest', { documentId: 'portal-1' }],
    ['its SHA-256', { documentId: HASH }],
    ['its SHA-256 as the specification writes it', { documentId: `sha256:${HASH}` }],
    ["the hash of Apollo's clients", persisted(HASH)],
    ['its own text', { query: KNOWN }],
    ['text and hash', { query: KNOWN, ...persisted(HASH) }],
  ])('is found by %s', (_, asked) => {
    expect([choose('prefer', asked), choose('only', asked)]).toEqual([KNOWN, KNOWN]);
  });
});

it.each([
  ['a foreign text', { query: OTHER }, OTHER, 'TRUSTED_DOCUMENT_REQUIRED'],
  ['a registered text with one more space', { query: `${KNOWN} ` }, `${KNOWN} `, 'TRUSTED_DOCUMENT_REQUIRED'],
  ['a foreign id', { documentId: 'portal-2' }, 'OPERATION_NOT_FOUND', 'OPERATION_NOT_FOUND'],
  ['a foreign hash', persisted('0'.repeat(64)), 'OPERATION_NOT_FOUND', 'OPERATION_NOT_FOUND'],
  ['the name of a member of all objects', { documentId: 'constructor' }, 'OPERATION_NOT_FOUND', 'OPERATION_NOT_FOUND'],
  ['a text under the hash of another', { query: OTHER, ...persisted(HASH) }, 'BAD_REQUEST', 'BAD_REQUEST'],
  ['nothing', {}, '', ''],
  ['an id that is no text', { documentId: 5, ...persisted({}) }, '', ''],
] as const)('%s: prefer %#', (_, asked, prefer, only) => {
  expect([choose('prefer', asked), choose('only', asked)]).toEqual([prefer, only]);
});

it('no id is taken where nothing is registered', () => {
  expect([choose('off', { documentId: 'portal-1' }), choose('off', { query: OTHER })]).toEqual(['', OTHER]);
});

it('two documents with one id are refused', () => {
  const two = [
    { id: 'a', text: KNOWN },
    { id: 'a', text: OTHER },
  ];
  expect(() => createDocumentIndex(two)).toThrow('a');
});
