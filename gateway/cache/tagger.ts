import { Kind, type OperationDefinitionNode, parse, type SelectionSetNode } from 'graphql';
import { entityTag, municipalityTag, typeTag } from '../../lib/cache-tags.js';
import type { SchemaFacts } from './schema-facts.js';
import { fillFormat } from './tags.js';

/** Finds out what answers are about. */
export interface Tagger {
  /**
   * Of a record: its type, its key by each of the keys it holds, its municipality, and what the schema of the subgraph
   * adds. Made from the record itself, for one that is asked for by another key does not show this one.
   *
   * @param record Representation and answer together.
   */
  ofRecord(subgraph: string, type: string, record: Readonly<Record<string, unknown>>): string[];
  /**
   * Of a root field: the type it returns, the municipality it asks, and what the schema adds. Records in the answer have
   * tags of their own.
   */
  ofRootField(subgraph: string, field: string, args: Readonly<Record<string, unknown>>): string[];
}

export function createTagger(facts: SchemaFacts): Tagger {
  const keys = new Map(
    [...facts.keys].map(([type, texts]) => [type, texts.map((text) => parseFieldSet(text))] as const),
  );
  const formatsOf = (subgraph: string, coordinate: string) => facts.formats.get(subgraph)?.get(coordinate) ?? [];
  const fill = (formats: readonly string[], given: { $key: unknown; $args: unknown }) =>
    formats.map((format) => fillFormat(format, given)).filter((tag) => tag !== null);
  return {
    ofRecord(subgraph, type, record) {
      const own = (keys.get(type) ?? []).map((key) => pick(record, key)).filter((key) => key !== null);
      return [
        typeTag(type),
        ...own.map((key) => entityTag(type, key)),
        ...municipalityOf(record),
        ...fill(formatsOf(subgraph, type), { $key: record, $args: null }),
      ];
    },
    ofRootField(subgraph, field, args) {
      const type = facts.composites.get(`Query.${field}`);
      return [
        ...(type ? [typeTag(type)] : []),
        ...municipalityOf(args),
        ...municipalityOf(args.input),
        ...fill(formatsOf(subgraph, `Query.${field}`), { $key: null, $args: args }),
      ];
    },
  };
}

/** The municipality is named by `ags`, in keys as in arguments: what routing goes by. */
function municipalityOf(value: unknown): string[] {
  const ags =
    typeof value === 'object' && value !== null && Object.hasOwn(value, 'ags') ? Reflect.get(value, 'ags') : null;
  return typeof ags === 'string' ? [municipalityTag(ags)] : [];
}

function parseFieldSet(text: string): SelectionSetNode {
  const { definitions } = parse(`{${text}}`, { noLocation: true });
  const operation = definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  if (!operation) throw new TypeError('A key is a set of fields.');
  return operation.selectionSet;
}

/** @returns The members that the set names; `null` where one is missing. */
function pick(record: Readonly<Record<string, unknown>>, set: SelectionSetNode): Record<string, unknown> | null {
  const picked: Record<string, unknown> = {};
  for (const selection of set.selections) {
    if (selection.kind !== Kind.FIELD) continue;
    const name = selection.name.value;
    const value = Object.hasOwn(record, name) ? record[name] : null;
    if (value === null || value === undefined) return null;
    const isObject = typeof value === 'object' && !Array.isArray(value);
    const inner =
      selection.selectionSet && isObject ? pick(value as Record<string, unknown>, selection.selectionSet) : value;
    if (inner === null) return null;
    picked[name] = inner;
  }
  return picked;
}
