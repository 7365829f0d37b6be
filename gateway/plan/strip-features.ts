import { DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES } from '@apollo/federation-internals';
import { type DocumentNode, type NameNode, print, visit } from 'graphql';
import { argumentsOf, linksOf } from '../supergraph.js';

/**
 * Removes what the stock gateway refuses to load: links with a purpose whose feature it does not know (rights, context,
 * cache tags), with their directives and types. What they ask for must be done elsewhere, or the supergraph refused.
 */
export function stripFeatures(document: DocumentNode): string {
  const refused = linksOf(document).filter(isRefused);
  if (refused.length === 0) return print(document);
  const links = new Set(refused.map(({ url }) => url));
  const names = refused.flatMap(namesOf);
  const isRemoved = ({ value }: NameNode) => names.some((own) => value === own || value.startsWith(`${own}__`));
  const removeDefinition = (node: { readonly name: NameNode }) => (isRemoved(node.name) ? null : undefined);
  return print(
    visit(document, {
      Directive(node) {
        const isLink = node.name.value === 'link' && links.has(argumentsOf(node).url);
        return isLink || isRemoved(node.name) ? null : undefined;
      },
      // Arguments filled from a context: without the feature nobody knows what the context is.
      Argument: ({ name }) => (name.value === 'contextArguments' ? null : undefined),
      DirectiveDefinition: removeDefinition,
      ScalarTypeDefinition: removeDefinition,
      EnumTypeDefinition: removeDefinition,
    }),
  );
}

const isRefused = (link: Readonly<Record<string, unknown>>): boolean =>
  link.for !== undefined && !DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES.has(String(link.url));

/** Names that a linked feature brings: its own or the one it is linked as, and what it is imported as. */
function namesOf({ url, as, import: imports }: Readonly<Record<string, unknown>>): string[] {
  const [, feature = ''] = /\/([^/]+)\/v[^/]+$/.exec(String(url)) ?? [];
  const imported = Array.isArray(imports) ? (imports as (string | { name: string; as?: string })[]) : [];
  const names = imported.map((item) => (typeof item === 'string' ? item : (item.as ?? item.name)));
  return [String(as ?? feature), ...names.map((name) => name.replace(/^@/, ''))];
}
