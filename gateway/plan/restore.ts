import { type DocumentNode, type FieldNode, parse, print, stripIgnoredCharacters, visit } from 'graphql';
import type { FetchNode, Required } from './plan.js';
import type { PreparedSupergraph } from './prepare-supergraph.js';
import type { StandIn } from './required-arguments.js';

/** Puts real fields and arguments back for the stand-ins of `required-arguments.ts`. */
export function restoreFetch(fetch: FetchNode, { standIns }: PreparedSupergraph): FetchNode {
  if (standIns.size === 0) return fetch;
  const requires = fetch.requires?.map((required) => restoreRequired(required, standIns)) ?? null;
  const document = restoreDocument(parse(fetch.operation, { noLocation: true }), standIns);
  return { ...fetch, requires, operation: document ? stripIgnoredCharacters(print(document)) : fetch.operation };
}

function restoreRequired(required: Required, standIns: ReadonlyMap<string, StandIn>): Required {
  if (required.kind === 'Fragment')
    return { ...required, selections: required.selections.map((inner) => restoreRequired(inner, standIns)) };
  const selections = required.selections?.map((inner) => restoreRequired(inner, standIns)) ?? null;
  const standIn = standIns.get(required.name);
  return { ...required, selections, name: standIn?.field.name.value ?? required.name };
}

/** @returns `null` where the document has no stand-in. */
function restoreDocument(document: DocumentNode, standIns: ReadonlyMap<string, StandIn>): DocumentNode | null {
  let found = false;
  const restored = visit(document, {
    Field: (field) => {
      const standIn = standIns.get(field.name.value);
      if (!standIn) return undefined;
      found = true;
      return { ...standIn.field, ...withoutName(field), alias: field.alias ?? field.name };
    },
  });
  return found ? restored : null;
}

const withoutName = ({ name: _, arguments: __, ...rest }: FieldNode): Partial<FieldNode> => rest;
