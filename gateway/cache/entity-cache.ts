import type { RequestContext } from '../context.js';
import type { FetchSubgraph, SubgraphAnswer, SubgraphRequest } from '../fetch/subgraph-request.js';
import { Leaving } from '../leaving.js';
import type { Cache, Hit, Hits, Moment, Question } from './cache.js';
import { bytesOf, copyOf } from './copy.js';
import type { OnCacheEvent } from './events.js';
import { createFetchFacts, type FetchFacts, type FetchFactsParts } from './fetch-facts.js';
import { type Lifetime, lifetimeFor } from './lifetime.js';
import { tagBelow, tagRecord } from './record-tags.js';
import { PUBLIC_SCOPE, type ScopeOf } from './scope.js';
import type { Source } from './sources.js';
import { dropFailures, isUnavailable } from './stale.js';
import type { Tagger } from './tagger.js';
import { personTag } from './tags.js';

export interface EntityCacheParts extends FetchFactsParts {
  readonly fetchSubgraph: FetchSubgraph;
  /** `null`: nothing is kept here, but what answers are made of is said all the same. */
  readonly cache: Cache<unknown> | null;
  readonly moment: () => Moment;
  readonly tagger: Tagger;
  readonly scopeOf: ScopeOf;
  /** Whether what a subgraph answers about people may leave this process, sealed. */
  readonly maySharePrivate: (subgraph: string) => boolean;
  readonly join: JoinEntities;
  readonly onEvent: OnCacheEvent;
}

/** Puts parts of an answer about entities together, in the order that they were asked for. */
export type JoinEntities = (count: number, parts: readonly EntityPart[], keysOf: () => ReadonlyMap<never, never>) => SubgraphAnswer;

interface EntityPart {
  readonly positions: readonly number[];
  readonly answer: SubgraphAnswer;
}

/**
 * Asks subgraphs for what is not kept: of entities only those that are missing, of root fields all or nothing. What a
 * request gets is its own and may be changed.
 */
export function createEntityCache(parts: EntityCacheParts): FetchSubgraph {
  const factsOf = createFetchFacts(parts);
  const refreshing = new Set<string>();
  return (request, context) => {
    if (request.kind !== 'query') return parts.fetchSubgraph(request, context);
    const facts = factsOf(request);
    if (facts.isForbidden) {
      context.sources?.add(null);
      return parts.fetchSubgraph(request, context);
    }
    return new Errand({ parts, facts, request, context, refreshing }).run();
  };
}

interface Given {
  readonly parts: EntityCacheParts;
  readonly facts: FetchFacts;
  readonly request: SubgraphRequest;
  readonly context: RequestContext;
  /** Keys that are asked for in the background now. */
  readonly refreshing: Set<string>;
}

/** What is not there is forgotten soon: it may come into being, and nothing names it that could be invalidated. */
const NOTHING_MS = 3000;
/** In the background at the same time, all subgraphs together. */
const MOST_REFRESHES = 32;

/** One request of a plan to one subgraph. Its items are the entities, or the answer as a whole. */
class Errand {
  readonly #given: Given;
  readonly #representations: readonly unknown[] | null;

  constructor(given: Given) {
    this.#given = given;
    const { representations } = given.request.variables;
    this.#representations = given.facts.fields === null && Array.isArray(representations) ? representations : null;
  }

  run(): Promise<SubgraphAnswer> {
    const { parts, facts } = this.#given;
    const { cache } = parts;
    if (!cache || !(facts.kept.isPublic || facts.kept.isPrivate)) return this.#answer([]);
    const keys = this.#keys();
    const scopes = this.#scopes(facts.kept);
    const found = cache.read(scopes.flatMap((scope) => keys.map((key) => toQuestion(key, scope))));
    if (!(found instanceof Promise)) return this.#answer(firstOf(found, keys.length));
    return found.then((hits) => this.#answer(firstOf(hits, keys.length)));
  }

  /** @param hits One for each item, or none at all: nothing was looked for. */
  #answer(hits: Hits<unknown>): Promise<SubgraphAnswer> {
    const { parts, request, context } = this.#given;
    const missing: number[] = [];
    const stale: number[] = [];
    for (let item = 0; item < hits.length; item++) {
      const freshness = hits[item]?.freshness;
      if (freshness === 'stale') stale.push(item);
      else if (freshness !== 'fresh') missing.push(item);
    }
    if (hits.length > 0) this.#count(hits.length, missing.length, stale.length);
    for (const hit of hits) if (hit && hit.freshness !== 'expired') this.#note(hit);
    if (stale.length > 0) this.#refresh(stale);
    if (hits.length > 0 && missing.length === 0) return Promise.resolve(this.#assemble(hits, [], null));
    const asOf = parts.moment();
    const isWhole = missing.length === hits.length;
    const asked = isWhole ? request : this.#requestFor(missing);
    return parts.fetchSubgraph(asked, context).then((answer) => {
      const items = isWhole ? null : missing;
      const isKept = this.#keep(answer, items, asOf);
      const own = isKept && answer.data ? { ...answer, data: copyOf(answer.data) } : answer;
      return isWhole && !hits.some(Boolean) ? own : this.#assemble(hits, missing, own);
    });
  }

  /** Puts together what was kept and what was asked for; where that failed, what is past its time has to do. */
  #assemble(hits: Hits<unknown>, missing: readonly number[], answer: SubgraphAnswer | null): SubgraphAnswer {
    const { parts } = this.#given;
    const spare = answer && isUnavailable(answer) ? this.#spareOf(hits, missing, answer) : [];
    for (const item of spare) this.#note(hits[item] as Hit<unknown>);
    if (!this.#representations) {
      const [hit] = hits;
      const isKept = hit && (answer === null || spare.length > 0);
      return isKept ? { data: copyOf(hit.value) as SubgraphAnswer['data'], errors: [] } : (answer as SubgraphAnswer);
    }
    const kept = hits.flatMap((hit, item) => (hit && (hit.freshness !== 'expired' || spare.includes(item)) ? [item] : []));
    const entities = kept.map((item) => copyOf(hits[item]?.value));
    if (kept.length === hits.length) return { data: { _entities: entities }, errors: [] };
    const known: EntityPart = { positions: kept, answer: { data: { _entities: entities }, errors: [] } };
    const asked = answer ? [dropFailures({ positions: missing, answer }, spare)] : [];
    return parts.join(hits.length, [known, ...asked], () => NO_KEYS);
  }

  /** Items that failed, of which there is something past its time. */
  #spareOf(hits: Hits<unknown>, missing: readonly number[], answer: SubgraphAnswer): number[] {
    const isFailed = (index: number) =>
      !answer.data || !this.#representations || answer.errors.some(({ path = [] }) => path.length < 2 || path[1] === index);
    return missing.filter((item, index) => hits[item]?.isPublic && isFailed(index));
  }

  #note({ entry, freshness, ageMs }: Hit<unknown>): void {
    const { sources } = this.#given.context;
    if (!sources) return;
    if (freshness === 'fresh') sources.add({ ...entry, lifetime: entry, reach: this.#reachOf(entry.isPublic) });
    else sources.addStale(ageMs);
  }

  #count(all: number, missing: number, stale: number): void {
    const { parts, request, context } = this.#given;
    context.sources?.count(all - missing, missing);
    const report = (outcome: 'hit' | 'stale' | 'miss', count: number) =>
      count > 0 && parts.onEvent({ kind: 'read', cache: 'entities', subgraph: request.subgraph, outcome, count });
    report('hit', all - missing - stale);
    report('stale', stale);
    report('miss', missing);
  }

  /**
   * Keeps an answer without errors for as long as schema and subgraph allow.
   *
   * @param items That were asked for; `null`: all.
   * @returns Whether anything of it is kept now, so that nobody may change it.
   */
  #keep(answer: SubgraphAnswer, items: readonly number[] | null, asOf: Moment, isNoted = true): boolean {
    const { parts, facts, request, context } = this.#given;
    const sources = isNoted ? context.sources : undefined;
    const { hint } = facts;
    const values = answer.errors.length === 0 && answer.data ? this.#valuesOf(answer.data) : null;
    const lifetime = values && lifetimeFor(hint, answer.cacheControl ?? null);
    if (!values || !lifetime) {
      sources?.add(null);
      return false;
    }
    const isPublic = lifetime.isPublic && facts.isForEverybody;
    if (isPublic) facts.kept.isPublic = true;
    else facts.kept.isPrivate = true;
    const [scope] = this.#scopes({ isPublic, isPrivate: !isPublic }) as [Scope];
    const keys = parts.cache ? this.#keys(items) : [];
    const keepings = values.map((value, index) => {
      const own = this.#isNothing(value) ? briefly(lifetime) : lifetime;
      const tags = this.#tagsOf(value, items?.[index] ?? index, own.isPublic);
      const source: Source = { storedAt: asOf.at, lifetime: { ...own, isPublic }, tags, reach: scope.reach };
      sources?.add(source);
      return { ...toQuestion(keys[index] ?? '', scope), ...source, value, asOf, bytes: bytesOf(value) };
    });
    if (!parts.cache) return false;
    parts.cache.keep(keepings);
    const bytes = keepings.reduce((sum, keeping) => sum + keeping.bytes, 0);
    parts.onEvent({ kind: 'kept', cache: 'entities', subgraph: request.subgraph, count: keepings.length, bytes });
    return true;
  }

  #valuesOf(data: NonNullable<SubgraphAnswer['data']>): readonly unknown[] | null {
    const { fields } = this.#given.facts;
    if (fields !== null) return Object.keys(data).length > 0 ? [data] : null;
    const entities = data['_entities'];
    return this.#representations && Array.isArray(entities) ? entities : null;
  }

  /** No entity, or a root field that found nothing. */
  #isNothing(value: unknown): boolean {
    if (this.#given.facts.fields === null) return value === null;
    return Object.values(value as Record<string, unknown>).includes(null);
  }

  #tagsOf(value: unknown, item: number, isPublic: boolean): string[] {
    const { parts, facts, request, context } = this.#given;
    const { subgraph, variables } = request;
    const tagging = { subgraph, tagger: parts.tagger, tags: new Set<string>() };
    if (facts.fields === null) {
      const representation = (this.#representations?.[item] ?? {}) as Record<string, unknown>;
      tagRecord(value ?? {}, facts.place, tagging, representation);
    } else {
      for (const { name, argumentsFor } of facts.fields)
        for (const tag of parts.tagger.ofRootField(subgraph, name, argumentsFor(variables))) tagging.tags.add(tag);
      tagBelow(value as Record<string, unknown>, facts.place, tagging);
    }
    if (!isPublic && context.caller) tagging.tags.add(personTag(context.caller.subject));
    return [...tagging.tags];
  }

  /** What may be sent once more is asked for while nobody waits; each item once at a time. */
  #refresh(stale: readonly number[]): void {
    const { parts, refreshing, context } = this.#given;
    const keys = this.#keys();
    const items = stale.filter((item) => !refreshing.has(keys[item] ?? ''));
    if (items.length === 0 || refreshing.size >= MOST_REFRESHES) return;
    for (const item of items) refreshing.add(keys[item] ?? '');
    const asOf = parts.moment();
    parts.fetchSubgraph(this.#requestFor(items), alone(context)).then(
      (answer) => {
        this.#keep(answer, items, asOf, false);
        for (const item of items) refreshing.delete(keys[item] ?? '');
      },
      () => {
        for (const item of items) refreshing.delete(keys[item] ?? '');
      },
    );
  }

  #requestFor(items: readonly number[]): SubgraphRequest {
    const { request } = this.#given;
    if (!this.#representations || items.length === this.#representations.length) return request;
    const representations = items.map((item) => this.#representations?.[item]);
    return { ...request, variables: { ...request.variables, representations } };
  }

  /** What each item depends on beside who asks. @param items `null`: all. */
  #keys(items: readonly number[] | null = null): string[] {
    const { facts, request } = this.#given;
    if (!this.#representations) return [`${facts.name} ${JSON.stringify(request.variables)}`];
    const { representations, ...others } = request.variables;
    const common = `${facts.name} ${JSON.stringify(others)}`;
    const all = items ? items.map((item) => this.#representations?.[item]) : this.#representations;
    return all.map((representation) => `${common} ${JSON.stringify(representation)}`);
  }

  #scopes({ isPublic, isPrivate }: FetchFacts['kept']): Scope[] {
    const { parts, context } = this.#given;
    const scopes: Scope[] = isPublic ? [{ name: PUBLIC_SCOPE, reach: 'everywhere' }] : [];
    if (isPrivate) scopes.push({ name: parts.scopeOf(context.caller), reach: this.#reachOf(false) });
    return scopes;
  }

  #reachOf(isPublic: boolean): Scope['reach'] {
    const { parts, request } = this.#given;
    return isPublic || parts.maySharePrivate(request.subgraph) ? 'everywhere' : 'process';
  }
}

interface Scope {
  readonly name: string;
  readonly reach: Question['reach'];
}

const toQuestion = (key: string, { name, reach }: Scope): Question => ({ key: `${name} ${key}`, reach });

/** Of each item what was found under any scope. */
function firstOf(hits: Hits<unknown>, count: number): Hits<unknown> {
  if (hits.length === count) return hits;
  return hits.slice(0, count).map((hit, item) => hit ?? hits[item + count] ?? null);
}

const briefly = (lifetime: Lifetime): Lifetime => ({
  ...lifetime,
  freshMs: Math.min(lifetime.freshMs, NOTHING_MS),
  staleMs: 0,
  errorMs: 0,
});

const NO_KEYS: ReadonlyMap<never, never> = new Map<never, never>();

/** For what goes on when the client has been answered. */
function alone({ requestId, caller, decision, schema }: RequestContext): RequestContext {
  const leaving = new Leaving();
  return {
    requestId,
    caller,
    ...(decision && { decision }),
    ...(schema && { schema }),
    leaving,
    get signal() {
      return leaving.signal;
    },
  };
}
