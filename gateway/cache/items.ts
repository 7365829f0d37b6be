import type { SubgraphAnswer, SubgraphRequest } from '../fetch/subgraph-request.js';
import type { FetchFacts } from './fetch-facts.js';
import { tagBelow, tagRecord } from './record-tags.js';
import { municipalitiesIn, type Tagger } from './tagger.js';
import { municipalityTag } from './tags.js';

/** What one request to a subgraph asks for: entities, each for itself, or one answer as a whole. */
export class Items {
  readonly #request: SubgraphRequest;
  readonly #facts: FetchFacts;
  readonly #representations: readonly unknown[] | null;

  constructor(request: SubgraphRequest, facts: FetchFacts) {
    this.#request = request;
    this.#facts = facts;
    const { representations } = request.variables;
    this.#representations = facts.fields === null && Array.isArray(representations) ? representations : null;
  }

  get areEntities(): boolean {
    return this.#representations !== null;
  }

  /** What each item depends on beside who asks. @param items `null`: all. */
  keys(items: readonly number[] | null = null): string[] {
    const { name } = this.#facts;
    const { variables } = this.#request;
    if (!this.#representations) return [`${name} ${JSON.stringify(variables)}`];
    const { representations, ...others } = variables;
    const common = `${name} ${JSON.stringify(others)}`;
    const asked = items ? items.map((item) => this.#representations?.[item]) : this.#representations;
    return asked.map((representation) => `${common} ${JSON.stringify(representation)}`);
  }

  /** The same request for some of the items. */
  requestFor(items: readonly number[]): SubgraphRequest {
    if (!this.#representations || items.length === this.#representations.length) return this.#request;
    const representations = items.map((item) => this.#representations?.[item]);
    return { ...this.#request, variables: { ...this.#request.variables, representations } };
  }

  /** @returns One value for each item that was asked for; `null` where the answer holds none. */
  valuesOf(data: NonNullable<SubgraphAnswer['data']>): readonly unknown[] | null {
    // A municipality that nobody serves is no answer of anybody.
    if (this.#facts.fields !== null) return Object.keys(data).length > 0 ? [data] : null;
    const entities = data['_entities'];
    return this.#representations && Array.isArray(entities) ? entities : null;
  }

  /** No entity, or a root field that found nothing. */
  isNothing(value: unknown): boolean {
    if (this.#facts.fields === null) return value === null;
    return Object.values(value as Record<string, unknown>).includes(null);
  }

  /** What an item is about, with all records in it. */
  tagsOf(value: unknown, item: number, tagger: Tagger): string[] {
    const { subgraph, variables } = this.#request;
    const { fields, place } = this.#facts;
    const tagging = { subgraph, tagger, variables, tags: new Set<string>() };
    if (fields === null) {
      const representation = (this.#representations?.[item] ?? {}) as Record<string, unknown>;
      tagRecord(value ?? {}, place, tagging, representation);
      for (const ags of municipalitiesIn(representation)) tagging.tags.add(municipalityTag(ags));
    } else {
      for (const { name, argumentsFor } of fields)
        for (const tag of tagger.ofRootField(subgraph, name, argumentsFor(variables))) tagging.tags.add(tag);
      tagBelow(value as Record<string, unknown>, place, tagging);
    }
    return [...tagging.tags];
  }
}
