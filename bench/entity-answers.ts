import type { SubgraphQuery, SubgraphResult } from '../test/support/oracle/subgraph.js';

/** Entities that were answered once, each by itself: any choice of known ones needs no execution. */
export interface EntityAnswers {
  /** @returns The answer as JSON; `null` where it asks for something else, or for an entity that is not known. */
  find(asked: SubgraphQuery): string | null;
  /** Remembers what is in an answer; nothing of one with errors. */
  learn(asked: SubgraphQuery, answer: SubgraphResult): void;
}

export function createEntityAnswers(): EntityAnswers {
  const known = new Map<string, string>();
  return {
    find(asked) {
      const texts = namesOf(asked)?.map((name) => known.get(name));
      return texts?.every((text) => text !== undefined) ? `{"data":{"_entities":[${texts.join(',')}]}}` : null;
    },
    learn(asked, { data, errors }) {
      const names = namesOf(asked);
      const entities = data?.['_entities'];
      if (!names || errors || !Array.isArray(entities) || Object.keys(data ?? {}).length > 1) return;
      for (const [index, name] of names.entries()) known.set(name, JSON.stringify(entities[index]));
    },
  };
}

/** One for each representation, with everything that an answer about it depends on. */
function namesOf({ query, variables = {} }: SubgraphQuery): string[] | null {
  const { representations, ...others } = variables;
  if (!Array.isArray(representations)) return null;
  const common = `${query} ${JSON.stringify(others)}`;
  return representations.map((representation) => `${common} ${JSON.stringify(representation)}`);
}
