import type { Moment, Reach } from './cache.js';
import type { Lifetime } from './lifetime.js';

/** One answer of a subgraph, or one kept earlier, that an answer to a client is put together from. */
export interface Source {
  /** When it was asked for, epoch ms. */
  readonly storedAt: number;
  /** From then on. */
  readonly lifetime: Lifetime;
  readonly tags: readonly string[];
  readonly reach: Reach;
}

/** How an answer as a whole may be kept: no longer and for nobody else than the strictest of what it is made of. */
export interface Whole extends Source {
  /** `moment()` of before the first subgraph was asked. */
  readonly asOf: Moment;
}

/** What an answer to a client is put together from; one for each request. */
export class Sources {
  readonly #asOf: Moment;
  #tags: Set<string> | null = null;
  #isKeepable = true;
  #isPublic = true;
  #reach: Reach = 'everywhere';
  #oldestAt = Number.POSITIVE_INFINITY;
  #freshUntil = Number.POSITIVE_INFINITY;
  #staleMs = -1;
  #found = 0;
  #missed = 0;

  /** @param asOf Of now: before anything is asked. */
  constructor(asOf: Moment) {
    this.#asOf = asOf;
  }

  /** @param source `null` for what may not be kept. */
  add(source: Source | null): void {
    if (!source) this.#isKeepable = false;
    if (!source || !this.#isKeepable) return;
    const { storedAt, lifetime, tags, reach } = source;
    this.#isPublic &&= lifetime.isPublic;
    if (reach === 'process') this.#reach = 'process';
    this.#oldestAt = Math.min(this.#oldestAt, storedAt);
    this.#freshUntil = Math.min(this.#freshUntil, storedAt + lifetime.freshMs);
    this.#tags ??= new Set();
    for (const tag of tags) this.#tags.add(tag);
  }

  /** Some of it is past its time. @param ageMs Since it was asked for. */
  addStale(ageMs: number): void {
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
      tags: [...(this.#tags ?? [])],
      reach: this.#reach,
    };
  }
}
