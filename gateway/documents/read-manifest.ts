import { parse } from 'graphql';
import { z } from 'zod';

/** A document that the operator of a portal has registered. */
export interface TrustedDocument {
  readonly id: string;
  readonly text: string;
}

/** What `graphql-codegen` writes (`persisted-documents.json`): texts by their hash. */
const BY_HASH = z.record(z.string().min(1), z.string());

/** What Apollo's tools write (`generate-persisted-query-manifest`). */
const OF_APOLLO = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string() })),
});

/**
 * Reads a manifest in either of the two formats.
 *
 * @throws Error where the text is neither, or a document in it is no GraphQL; it names the document's id.
 */
export function readManifest(text: string): TrustedDocument[] {
  const documents = listDocuments(JSON.parse(text));
  for (const document of documents) checkText(document);
  return documents;
}

function listDocuments(given: unknown): TrustedDocument[] {
  const apollo = OF_APOLLO.safeParse(given);
  if (apollo.success) return apollo.data.operations.map(({ id, body }) => ({ id, text: body }));
  const byHash = BY_HASH.safeParse(given);
  if (byHash.success) return Object.entries(byHash.data).map(([id, body]) => ({ id, text: body }));
  throw new Error('it is neither { hash: text } nor an apollo-persisted-query-manifest of version 1');
}

function checkText({ id, text }: TrustedDocument): void {
  try {
    parse(text, { noLocation: true });
  } catch {
    throw new Error(`the document ${id} is no GraphQL`);
  }
}
