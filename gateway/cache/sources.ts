import type { Moment, Reach } from './cache.js';
import type { Lifetime } from './lifetime.js';

/** One answer of a subgraph, or one kept earlier, that an answer to a client is put together from. */
export interface Source extends Pick<Lifetime, 'freshMs' | 'isPublic'> {
  /** When it was asked for, epoch ms. */
  readonly storedAt: number;
  readonly tags: readonly string[];
}

/** How an answer as a whole may be kept: no longer and for nobody else than the strictest of what it is made of. */
export interface Whole {
  /** `moment()` of before the first subgraph was asked. */
  readonly asOf: Moment;
  /** When its oldest part was asked for, and how long it lives from then on. */
  readonly storedAt: number;
  readonly lifetime: Lifetime;
  readonly tags: readonly string[];
  readonly reach: Reach;
}

/** What an answer to a client is put together from; one for each request. */
export class Sources {
  #asOf: Moment;
  /** As they come: most answers are sent without anybody asking for them. */
  #tagLists: (readonly string[])[] = [];
  readonly #mayBeKept: boolean;
  #isKeepable: boolean;
  #isPublic = true;
  #reach: Reach = 'everywhere';
  #oldestAt = Number.POSITIVE_INFINITY;
  #freshUntil = Number.POSITIVE_INFINITY;
  #staleMs = -1;
  #found = 0;
  #missed = 0;

  /** @param asOf Of now: before anything is asked. @param isKeepable Whether anybody keeps answers as a whole. */
  constructor(asOf: Moment, isKeepable = true) {
    this.#asOf = asOf;
    this.#mayBeKept = isKeepable;
    this.#isKeepable = isKeepable;
  }

  /** What was put together so far is thrown away. @param asOf Of now. */
  restart(asOf: Moment): void {
    this.#asOf = asOf;
    this.#isKeepable = this.#mayBeKept;
    this.#tagLists = [];
    this.#isPublic = true;
    this.#reach = 'everywhere';
    this.#oldestAt = Number.POSITIVE_INFINITY;
    this.#freshUntil = Number.POSITIVE_INFINITY;
    this.#staleMs = -1;
  }

  /** Of everything it is put together from that is kept anywhere, each once. */
  get tags(): string[] {
    return [...new Set(this.#tagLists.flat())];
  }

  /** Part of it may not be kept. */
  refuse(): void {
    this.#isKeepable = false;
  }

  add({ storedAt, freshMs, isPublic, tags }: Source, reach: Reach): void {
    this.#tagLists.push(tags);
    if (!this.#isKeepable) return;
    this.#isPublic &&= isPublic;
    if (reach === 'process') this.#reach = 'process';
    this.#oldestAt = Math.min(this.#oldestAt, storedAt);
    this.#freshUntil = Math.min(this.#freshUntil, storedAt + freshMs);
  }

  /** Some of it is past its time. @param ageMs Since it was asked for. */
  addStale(ageMs: number, tags: readonly string[]): void {
    this.#tagLists.push(tags);
    this.#isKeepable = false;
    this.#staleMs = Math.max(this.#staleMs, ageMs);
  }

  /** What was looked for in the cache of entities. */
  count(found: number, missed: number): void {
    this.#found += found;
    this.#missed += missed;
  }

  /** Of the oldest part that is past its time; `null`: none is. */
  get staleSeconds(): number | null {
    return this.#staleMs < 0 ? null : Math.floor(this.#staleMs / 1000);
  }

  /** What was found of what was looked for; `null` where nothing was looked for. */
  get found(): 'all' | 'some' | 'none' | null {
    if (this.#found === 0) return this.#missed === 0 ? null : 'none';
    return this.#missed === 0 ? 'all' : 'some';
  }

  /** @returns `null` where it may not be kept, or is made of nothing. */
  whole(): Whole | null {
    const freshMs = this.#freshUntil - this.#oldestAt;
    const isOver = !(this.#freshUntil > this.#asOf.at);
    if (!this.#isKeepable || isOver || !Number.isFinite(freshMs)) return null;
    return {
      asOf: this.#asOf,
      storedAt: this.#oldestAt,
      lifetime: { freshMs, staleMs: 0, errorMs: 0, isPublic: this.#isPublic },
      tags: this.tags,
      reach: this.#reach,
    };
  }
}
