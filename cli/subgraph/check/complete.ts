import { readFileSync } from 'node:fs';
import { type DocumentNode, Kind, parse, visit } from 'graphql';

const WORDS = new URL('../../../schema/directives.graphql', import.meta.url);

/** Words of ours that a schema may use without defining them; then the shared definitions are added. */
const SHARED = ['public', 'constraint', 'policy', 'authenticated', 'requiresScopes', 'listSize', 'cacheControl'];

/**
 * Adds what a schema leaves out because all schemas have it: the shared words behind it, so that its lines stay where
 * they are, and rules where its language cannot say them.
 *
 * @param rules Extensions of its types (`extend type Parcel @policy(…)`), or `null`.
 * @returns The text as it was where it needs nothing, or cannot be read: then the check says so.
 */
export function completeSchema(sdl: string, rules: string | null): string {
  const text = rules === null ? sdl : `${sdl}\n${rules}`;
  try {
    const document = parse(text);
    return usesShared(document) && !linksFederation(document) ? `${text}\n${readFileSync(WORDS, 'utf8')}` : text;
  } catch {
    return text;
  }
}

const linksFederation = ({ definitions }: DocumentNode): boolean =>
  definitions.some(
    (node) =>
      (node.kind === Kind.SCHEMA_EXTENSION || node.kind === Kind.SCHEMA_DEFINITION) &&
      (node.directives ?? []).some(({ name }) => name.value === 'link'),
  );

function usesShared(document: DocumentNode): boolean {
  let isUsed = false;
  visit(document, {
    Directive: ({ name }) => {
      isUsed ||= SHARED.includes(name.value);
    },
  });
  return isUsed;
}
