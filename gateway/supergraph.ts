import { readFileSync } from 'node:fs';
import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';

/** The composed schema as the phases read it; everything in it is fixed once loaded. */
export interface Supergraph {
  readonly sdl: string;
  readonly document: DocumentNode;
  /** In the order of the file; `url` is where the subgraph said it runs when it was composed. */
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
  /** Coordinates (`Query.municipalities`) of the fields marked `@public`. */
  readonly publicFields: ReadonlySet<string>;
}

/** A directive as a feature defines it, whatever name the supergraph gives it. */
export interface Feature {
  /** URL up to the version, ending in `/`. */
  readonly url: string;
  readonly directive: string;
}

export const PUBLIC: Feature = { url: 'https://fachverbund.example/words/', directive: 'public' };
export const CONSTRAINT: Feature = { url: 'https://fachverbund.example/words/', directive: 'constraint' };

export const readSupergraphFile = (path: string): Supergraph => readSupergraph(readFileSync(path, 'utf8'));

/** @throws Error where the text is not a Federation 2 supergraph. */
export function readSupergraph(sdl: string): Supergraph {
  const document = parse(sdl, { noLocation: true });
  const subgraphs = readSubgraphs(document);
  if (subgraphs.length === 0) throw new Error('This is not a Federation 2 supergraph: it names no subgraph.');
  return { sdl, document, subgraphs, publicFields: findMarkedFields(document, PUBLIC) };
}

/** @returns Coordinates of all fields that carry the directive. */
export function findMarkedFields(document: DocumentNode, feature: Feature): ReadonlySet<string> {
  const name = nameOf(document, feature);
  if (name === null) return new Set();
  return new Set(
    fieldsOf(document)
      .filter(({ field }) => hasDirective(field, name))
      .map(({ coordinate }) => coordinate),
  );
}

/** All fields of object and interface types, each with its coordinate. */
export function fieldsOf(document: DocumentNode): { coordinate: string; field: FieldDefinitionNode }[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
      ? (definition.fields ?? []).map((field) => ({
          coordinate: `${definition.name.value}.${field.name.value}`,
          field,
        }))
      : [],
  );
}

export const hasDirective = (
  node: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  name: string | null,
): boolean => name !== null && (node.directives ?? []).some((directive) => directive.name.value === name);

/**
 * The name a directive has in this supergraph: `@link` may import it under another one, or not import it at all.
 *
 * @returns `null` where the supergraph does not link the feature.
 */
export function nameOf(document: DocumentNode, { url, directive }: Feature): string | null {
  const link = linksOf(document).find((args) => String(args.url).startsWith(url));
  if (!link) return null;
  const imports = Array.isArray(link.import) ? (link.import as unknown[]) : [];
  for (const item of imports) {
    if (item === `@${directive}`) return directive;
    const renamed = item as { name?: unknown; as?: unknown } | null;
    if (renamed?.name === `@${directive}`) return String(renamed.as ?? renamed.name).slice(1);
  }
  const feature = url.split('/').at(-2);
  const prefix = String(link.as ?? feature);
  return feature === directive ? prefix : `${prefix}__${directive}`;
}

/** Arguments of the `@link`s of the schema. */
export const linksOf = (document: DocumentNode): Record<string, unknown>[] =>
  document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? []).filter(({ name }) => name.value === 'link').map(argumentsOf)
      : [],
  );

export const argumentsOf = (directive: Pick<DirectiveNode, 'arguments'>): Record<string, unknown> =>
  Object.fromEntries((directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));

function readSubgraphs(document: DocumentNode): { name: string; url: string }[] {
  const directive = nameOf(document, { url: 'https://specs.apollo.dev/join/', directive: 'graph' });
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.ENUM_TYPE_DEFINITION
      ? (definition.values ?? []).flatMap((value) =>
          (value.directives ?? [])
            .filter(({ name }) => name.value === directive)
            .map(argumentsOf)
            .map(({ name, url }) => ({ name: String(name), url: String(url) })),
        )
      : [],
  );
}
