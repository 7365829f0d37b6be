import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Bus } from './bus.js';
import { type Entry, type Freshness, judge } from './entry.js';
import type { Epochs } from './epochs.js';
import type { CacheName } from './events.js';
import type { Lifetime } from './lifetime.js';
import type { MemoryStore } from './memory-store.js';
import type { Found, Store, Write } from './store.js';

/** What a cache found under a key. */
export interface Hit<Value> {
  /** Read by many; not to be changed. */
  readonly value: Value;
  readonly freshness: Freshness;
  readonly isPublic: boolean;
  /** Since it was asked for, and until it is no longer fresh; 0 where that is over. */
  readonly ageMs: number;
  readonly restMs: number;
  /** When it was asked for, how long it lives, what it is about. */
  readonly entry: Omit<Entry<unknown>, 'value'>;
}

/** Where an entry may be: in this process alone, or wherever all replicas look. */
export type Reach = 'process' | 'everywhere';

export interface Question {
  /** Everything the answer depends on, the scope of the caller included. */
  readonly key: string;
  readonly reach: Reach;
}

export interface Keeping<Value> extends Question {
  readonly value: Value;
  readonly lifetime: Lifetime;
  readonly tags: readonly string[];
  /** `moment()` of before the answer was asked for. */
  readonly asOf: Moment;
  /** About what the value takes in memory. */
  readonly bytes: number;
}

/** A moment as caches count time and invalidations. */
export interface Moment {
  readonly at: number;
  readonly watermark: number;
}

/** One kind of values, kept where they may be. Nothing here ever throws: what goes wrong is a miss and an event. */
export interface Cache<Value> {
  /** To be called before the answer of an entry is asked for. */
  moment(): Moment;
  /** @returns One for each question, in order; `null`: a miss. At once where nobody but this process has to be asked. */
  read(questions: readonly Question[]): Hits<Value> | Promise<Hits<Value>>;
  /**
   * Keeps entries; nobody need wait for it.
   *
   * @returns For each whether it is kept from now on, or given to the shared store.
   */
  keep(keepings: readonly Keeping<Value>[]): readonly boolean[];
  drop(questions: readonly Question[]): void;
}

export type Hits<Value> = (Hit<Value> | null)[];

export interface CacheParts {
  readonly name: CacheName;
  readonly memory: MemoryStore;
  /** What all replicas look into; `null`: each keeps to itself. */
  readonly shared: Store | null;
  readonly epochs: Epochs;
  readonly bus: Pick<Bus, 'isConfirmed'>;
  /** Epoch ms. */
  readonly now: () => number;
}

/** More tags than this are the sign of an answer that is too large to be worth keeping. */
const MOST_TAGS = 1000;

export function createCache<Value>({ name, memory, shared, epochs, bus, now }: CacheParts): Cache<Value> {
  const keyOf = ({ key }: Question) => `${name} ${key}`;
  // Whoever asked the store just before something was written, is told that there is nothing just after.
  const underWay = new Map<string, Entry<unknown>>();
  const write = async (store: Store, writes: readonly Write[]): Promise<void> => {
    for (const { key, entry } of writes) underWay.set(key, entry);
    await store.write(writes);
    await nextTurn();
    for (const { key, entry } of writes) if (underWay.get(key) === entry) underWay.delete(key);
  };
  const toHit = (entry: Found): Hit<Value> | null => {
    const freshness = entry && judge(entry, now());
    if (!entry || !freshness || !epochs.isCurrent(entry)) return null;
    // Nobody knows what was invalidated meanwhile: only what anybody may know, and only for its own time.
    if (!(entry.isPublic && freshness === 'fresh') && !bus.isConfirmed()) return null;
    const ageMs = Math.max(0, now() - entry.storedAt);
    const restMs = Math.max(0, entry.freshMs - ageMs);
    // The name of the cache is part of each key: what is found was kept by this cache.
    return { value: entry.value as Value, freshness, isPublic: entry.isPublic, ageMs, restMs, entry };
  };
  const readShared = async (store: Store, questions: readonly Question[], hits: Hits<Value>) => {
    const missing = questions.flatMap((question, index) => {
      const isAsked = question.reach === 'everywhere' && hits[index]?.freshness !== 'fresh';
      return isAsked ? [{ index, key: keyOf(question) }] : [];
    });
    const found = await store.read(missing.map(({ key }) => key));
    const fronted: Write[] = [];
    for (const [position, { index, key }] of missing.entries()) {
      const entry = found[position] ?? underWay.get(key) ?? null;
      const hit = toHit(entry);
      if (!entry || !hit) continue;
      hits[index] = hit;
      if (entry.isPublic) fronted.push({ key, entry });
    }
    memory.write(fronted);
    return hits;
  };
  return {
    moment: () => ({ at: now(), watermark: epochs.watermark() }),
    read(questions) {
      const hits = memory.read(questions.map(keyOf)).map(toHit);
      const isAnswered = (question: Question, index: number) =>
        question.reach === 'process' || hits[index]?.freshness === 'fresh';
      return shared && !questions.every(isAnswered) ? readShared(shared, questions, hits) : hits;
    },
    keep(keepings) {
      const elsewhere: Write[] = [];
      const areKept = keepings.map((keeping) => {
        if (keeping.tags.length > MOST_TAGS) return false;
        const own = { key: keyOf(keeping), entry: toEntry(keeping) };
        const isShared = shared !== null && keeping.reach === 'everywhere';
        if (isShared) elsewhere.push(own);
        // What is about people is in memory only where it may not be anywhere else.
        const isHere = (own.entry.isPublic || !isShared) && memory.put(own);
        return isHere || isShared;
      });
      if (shared && elsewhere.length > 0) void write(shared, elsewhere);
      return areKept;
    },
    drop(questions) {
      const keys = questions.map(keyOf);
      memory.drop(keys);
      for (const key of keys) underWay.delete(key);
      void shared?.drop(keys.filter((_, index) => questions[index]?.reach === 'everywhere'));
    },
  };
}

const toEntry = ({ value, lifetime, tags, asOf, bytes }: Keeping<unknown>): Entry<unknown> => ({
  value,
  ...lifetime,
  storedAt: asOf.at,
  asOf: asOf.watermark,
  tags,
  bytes,
});
