import type { RequestContext } from '../context.js';
import type { FetchSubgraph, SubgraphAnswer, SubgraphRequest } from '../fetch/subgraph-request.js';
import type { Cache, Hit, Hits, Moment, Question } from './cache.js';
import { bytesOf, copyOf } from './copy.js';
import type { OnCacheEvent } from './events.js';
import { createFetchFacts, type FetchFacts, type FetchFactsParts } from './fetch-facts.js';
import { Items } from './items.js';
import { briefly, lifetimeFor } from './lifetime.js';
import { alone, createRefreshing, type Refreshing } from './refreshing.js';
import { PUBLIC_SCOPE, type ScopeOf } from './scope.js';
import { dropFailures, isUnavailable } from './stale.js';
import type { Tagger } from './tagger.js';
import { callerTags } from './tags.js';

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
export type JoinEntities = (
  count: number,
  parts: readonly EntityPart[],
  keysOf: () => ReadonlyMap<never, never>,
) => SubgraphAnswer;

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
  const refreshing = createRefreshing();
  return (request, context) => {
    if (request.kind !== 'query' || context.isMutation) return parts.fetchSubgraph(request, context);
    const facts = factsOf(request);
    if (facts.isForbidden) {
      context.sources?.refuse();
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
  readonly refreshing: Refreshing;
}

/** One request of a plan to one subgraph. Its items are the entities, or the answer as a whole. */
class Errand {
  readonly #given: Given;
  readonly #items: Items;

  constructor(given: Given) {
    this.#given = given;
    this.#items = new Items(given.request, given.facts);
  }

  run(): Promise<SubgraphAnswer> {
    const { parts, facts } = this.#given;
    const { cache } = parts;
    if (!cache || !(facts.kept.isPublic || facts.kept.isPrivate)) return this.#answer([]);
    const keys = this.#items.keys();
    const scopes = this.#scopes(facts.kept);
    const questions: Question[] = [];
    for (const scope of scopes) for (const key of keys) questions.push(toQuestion(key, scope));
    const found = cache.read(questions);
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
    const asked = isWhole ? request : this.#items.requestFor(missing);
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
    if (!this.#items.areEntities) {
      const [hit] = hits;
      const isKept = hit && (answer === null || spare.length > 0);
      return isKept ? { data: copyOf(hit.value) as SubgraphAnswer['data'], errors: [] } : (answer as SubgraphAnswer);
    }
    const kept: number[] = [];
    const entities: unknown[] = [];
    for (const [item, hit] of hits.entries()) {
      if (!hit || (hit.freshness === 'expired' && !spare.includes(item))) continue;
      kept.push(item);
      entities.push(copyOf(hit.value));
    }
    if (kept.length === hits.length) return { data: { _entities: entities }, errors: [] };
    if (kept.length === 0 && answer) return answer;
    const known: EntityPart = { positions: kept, answer: { data: { _entities: entities }, errors: [] } };
    const asked = answer ? [dropFailures({ positions: missing, answer }, spare)] : [];
    return parts.join(hits.length, [known, ...asked], () => NO_KEYS);
  }

  /** Items that failed, of which there is something past its time. */
  #spareOf(hits: Hits<unknown>, missing: readonly number[], answer: SubgraphAnswer): number[] {
    const isFailed = (index: number) =>
      !answer.data ||
      !this.#items.areEntities ||
      answer.errors.some(({ path = [] }) => path.length < 2 || path[1] === index);
    return missing.filter((item, index) => hits[item]?.isPublic && isFailed(index));
  }

  #note({ entry, freshness, ageMs }: Hit<unknown>): void {
    const { sources } = this.#given.context;
    if (!sources) return;
    if (freshness === 'fresh') sources.add(entry, this.#reachOf(entry.isPublic));
    else sources.addStale(ageMs, entry.tags);
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
  #keep(answer: SubgraphAnswer, items: readonly number[] | null, askedAt: Moment, isNoted = true): boolean {
    const { parts, facts, request, context } = this.#given;
    const sources = isNoted ? context.sources : undefined;
    const { hint } = facts;
    const values = answer.errors.length === 0 && answer.data ? this.#items.valuesOf(answer.data) : null;
    const lifetime =
      values && lifetimeFor(hint, answer.cacheControl ?? null, facts.isForEverybody ? 'PUBLIC' : 'PRIVATE');
    if (!values || !lifetime) {
      sources?.refuse();
      return false;
    }
    const { isPublic } = lifetime;
    const asOf = { ...askedAt, at: askedAt.at - 1000 * (answer.ageSeconds ?? 0) };
    if (isPublic) facts.kept.isPublic = true;
    else facts.kept.isPrivate = true;
    const [scope] = this.#scopes({ isPublic, isPrivate: !isPublic }) as [Scope];
    const keys = parts.cache ? this.#items.keys(items) : [];
    const keepings = values.map((value, index) => {
      const own = this.#items.isNothing(value) ? briefly(lifetime) : lifetime;
      const tags = this.#items.tagsOf(value, items?.[index] ?? index, parts.tagger);
      if (!isPublic && context.caller) tags.push(...callerTags(context.caller));
      sources?.add({ ...own, storedAt: asOf.at, tags }, scope.reach);
      return { ...toQuestion(keys[index] ?? '', scope), lifetime: own, tags, value, asOf, bytes: bytesOf(value) };
    });
    if (!parts.cache) return false;
    const areKept = parts.cache.keep(keepings);
    const kept = keepings.filter((_, index) => areKept[index]);
    if (kept.length === 0) return false;
    const bytes = kept.reduce((sum, keeping) => sum + keeping.bytes, 0);
    parts.onEvent({ kind: 'kept', cache: 'entities', subgraph: request.subgraph, count: kept.length, bytes });
    return true;
  }

  /** What may be sent once more is asked for while nobody waits. */
  #refresh(stale: readonly number[]): void {
    const { parts, refreshing, context } = this.#given;
    const keys = this.#items.keys();
    refreshing.run(
      stale.map((item) => ({ item, key: keys[item] ?? '' })),
      async (due) => {
        const items = due.map(({ item }) => item);
        const asOf = parts.moment();
        const answer = await parts.fetchSubgraph(this.#items.requestFor(items), alone(context));
        this.#keep(answer, items, asOf, false);
      },
    );
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

const NO_KEYS: ReadonlyMap<never, never> = new Map<never, never>();
