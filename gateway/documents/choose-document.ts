import { AppError } from '../../lib/errors.js';
import { type DocumentIndex, hashOf } from './document-index.js';

/** What of a request says which document it means; members as the client sent them. */
export interface AskedDocument {
  readonly query?: unknown;
  /** GraphQL over HTTP, persisted documents. */
  readonly documentId?: unknown;
  /** Apollo's clients: `{ persistedQuery: { sha256Hash } }`. */
  readonly extensions?: unknown;
}

/** `prefer`: texts are answered too; `only`: no text that is not registered. */
export type DocumentMode = 'off' | 'prefer' | 'only';

/**
 * Finds the text a request means.
 *
 * @returns The text; empty where the request names none, which the host says better.
 * @throws AppError `OPERATION_NOT_FOUND` for an id that is not registered, `TRUSTED_DOCUMENT_REQUIRED` for a text that is
 *   not where only those are answered, `BAD_REQUEST` where text and id are two things.
 */
export type ChooseDocument = (asked: AskedDocument) => string;

export function createChooseDocument(mode: DocumentMode, index: () => DocumentIndex): ChooseDocument {
  if (mode === 'off') return ({ query }) => (typeof query === 'string' ? query : '');
  return (asked) => {
    const { query } = asked;
    const id = readId(asked);
    if (typeof query !== 'string' || query === '') return id === null ? '' : find(id, index());
    if (id !== null && index().find(id) !== query && !isHashOf(id, query))
      throw new AppError('BAD_REQUEST', 'A request names a document or holds its text, not both.');
    if (mode === 'only' && !index().has(query)) throw new AppError('TRUSTED_DOCUMENT_REQUIRED');
    return query;
  };
}

function readId({ documentId, extensions }: AskedDocument): string | null {
  if (typeof documentId === 'string' && documentId !== '') return documentId;
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: { sha256Hash?: unknown } | null };
  const hash = persistedQuery?.sha256Hash;
  return typeof hash === 'string' && hash !== '' ? hash : null;
}

function find(id: string, index: DocumentIndex): string {
  const text = index.find(id);
  if (text === null) throw new AppError('OPERATION_NOT_FOUND', 'No document of this id is registered here.');
  return text;
}

/** Apollo's clients send the text beside its hash when a server did not know the hash. */
const isHashOf = (id: string, text: string): boolean => id.replace(/^sha256:/, '') === hashOf(text);
