import { parse } from 'graphql';
import { strictest } from '../../lib/cache-control.js';
import { type DeclaredHint, type Hint, type HintSource, hintOfOperation } from '../../lib/cache-hints.js';
import type { SchemaFacts } from './schema-facts.js';

/** What a subgraph's schema says about keeping the answer to an operation sent to it, the strictest of all it selects. */
export type HintOf = (subgraph: string, operation: string) => Hint;

export function createHintOf(facts: SchemaFacts): HintOf {
  const composed = sourceOf(facts.composedHints, facts);
  return (subgraph, operation) => readHint(operation, sourceOf(facts.hints.get(subgraph), facts), composed);
}

function readHint(operation: string, own: HintSource, composed: HintSource): Hint {
  const document = parse(operation, { noLocation: true });
  const hint = hintOfOperation(document, 'Query', own);
  // Hints that composition has put together may be another subgraph's: they forbid, and never allow.
  const { policy } = hintOfOperation(document, 'Query', composed);
  if (!policy) return hint;
  return { policy: hint.policy ? strictest(hint.policy, policy) : policy, isComplete: hint.isComplete };
}

function sourceOf(hints: ReadonlyMap<string, DeclaredHint> | undefined, facts: SchemaFacts): HintSource {
  return {
    ofField: (type, field) => hints?.get(`${type}.${field}`),
    ofType: (type) => hints?.get(type),
    compositeOf: (type, field) => facts.composites.get(`${type}.${field}`) ?? null,
    possibleTypes: (type) => facts.possibleTypes.get(type) ?? [],
    interfacesOf: (type) => facts.interfaces.get(type) ?? [],
  };
}
