import { type ASTNode, type DocumentNode, GraphQLError, parse } from 'graphql';
import { composeWithCacheHints } from './compose-services.js';
import { findUnmarked } from './marks.js';

/** A schema to be composed with others. */
export interface Source {
  readonly name: string;
  readonly sdl: string;
  /** Where it runs, for a gateway without a cooperation file. */
  readonly url?: string;
}

/** What stands in the way, with the places it is about; lines and columns count from 1. */
export interface Fault {
  /** Of the composer (`INVALID_FIELD_SHARING`), `INVALID_GRAPHQL` or `RULE_MISSING`. */
  readonly code: string;
  readonly message: string;
  readonly places: readonly { readonly subgraph: string; readonly line: number; readonly column: number }[];
}

export type Composed = { readonly supergraph: string } | { readonly faults: readonly Fault[] };

/**
 * Composes schemas that somebody proposes. Each must be readable, mark every field with a rule or `@public` (unless it
 * is tried on invented data), and compose without a warning.
 */
export function tryCompose(sources: readonly Source[], { needsRules }: { readonly needsRules: boolean }): Composed {
  const parsed = sources.map(read);
  const unreadable = parsed.flatMap((each) => ('fault' in each ? [each.fault] : []));
  if (unreadable.length > 0) return { faults: unreadable };
  const services = parsed.flatMap((each) => ('fault' in each ? [] : [each]));
  const unmarked = (needsRules ? findUnmarked(services) : []).map(({ message, subgraph, node }) => ({
    code: 'RULE_MISSING',
    message,
    places: placesOf([node], subgraph),
  }));
  const { errors = [], hints = [], supergraphSdl } = composeWithCacheHints(services);
  const warnings = hints.filter(({ definition }) => definition.level.name === 'WARN');
  const faults = [...unmarked, ...errors.map(toFault), ...warnings.map(toFault)];
  return faults.length === 0 && supergraphSdl ? { supergraph: supergraphSdl } : { faults };
}

type Parsed =
  | { readonly name: string; readonly url: string; readonly typeDefs: DocumentNode }
  | { readonly fault: Fault };

function read({ name, sdl, url }: Source): Parsed {
  try {
    return { name, url: url ?? `http://${name}.invalid/graphql`, typeDefs: parse(sdl) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const places = (error.locations ?? []).map(({ line, column }) => ({ subgraph: name, line, column }));
    return { fault: { code: 'INVALID_GRAPHQL', message: error.message, places } };
  }
}

interface Told {
  readonly message: string;
  readonly nodes?: readonly ASTNode[] | undefined;
  readonly extensions?: unknown;
  readonly definition?: { readonly code: string };
}

function toFault({ message, nodes = [], extensions, definition }: Told): Fault {
  const code = (extensions as { code?: unknown } | undefined)?.code ?? definition?.code ?? 'COMPOSITION';
  return { code: String(code), message, places: placesOf(nodes, null) };
}

/** @param subgraph Of all nodes; `null`: each says its own, or is left out. */
const placesOf = (nodes: readonly ASTNode[], subgraph: string | null): Fault['places'] =>
  nodes.flatMap((node) => {
    const name = subgraph ?? (node as { subgraph?: string }).subgraph;
    // A definition begins with its description; people look for its name.
    const start = (('name' in node && node.name?.loc) || node.loc)?.startToken;
    return name === undefined || !start ? [] : [{ subgraph: name, line: start.line, column: start.column }];
  });
