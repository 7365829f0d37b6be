import { LRUCache } from 'lru-cache';
import { RateLimiterRes, type RateLimiterStoreAbstract } from 'rate-limiter-flexible';
import type { AppError } from '../../lib/errors.js';
import type { HostContext } from '../context.js';
import type { Operation } from '../operation.js';
import type { ReadPersonSearches } from './person-searches.js';
import { tooMany } from './rate.js';

/** How often one caller may search for one and the same person with different criteria. */
export interface GuessRules {
  /** Different guesses in `GUESS_WINDOW_SECONDS`. */
  readonly most: number;
  readonly read: ReadPersonSearches;
  /** Makes names that say nothing about people. */
  readonly nameOf: (text: string) => string;
  /** What all replicas together have seen; `null` where there is one alone. */
  readonly shared: SharedGuesses | null;
  readonly now?: () => number;
}

export const GUESS_WINDOW_SECONDS = 600;

/**
 * Bounds guessing: whoever tries one date of birth after the other for one name learns it without being told. Equal
 * searches count once, so that pages and repeated requests cost nothing; each alias counts by itself.
 *
 * @returns `null` where the operation searches for nobody, which costs one look at what is known of it.
 * @throws AppError `RATE_LIMITED`, whatever the register would have answered.
 */
export type CheckGuesses = (operation: Operation, context: Pick<HostContext, 'caller'>) => Promise<void> | null;

/** Persons looked up that this replica remembers. */
const MOST_PERSONS = 50_000;

interface Seen {
  readonly until: number;
  readonly guesses: Set<string>;
}

export function createCheckGuesses({ most, read, nameOf, shared, now = Date.now }: GuessRules): CheckGuesses {
  const seen = new LRUCache<string, Seen>({ max: MOST_PERSONS });
  const note = (person: string, guess: string): void => {
    const known = seen.get(person);
    const entry =
      known && known.until > now() ? known : { until: now() + GUESS_WINDOW_SECONDS * 1000, guesses: new Set<string>() };
    // One more than allowed is kept, and closes the person for this caller until the window ends.
    if (entry.guesses.size <= most) entry.guesses.add(guess);
    seen.set(person, entry);
    if (entry.guesses.size > most) throw tooManyGuesses(entry.until - now());
  };
  return (operation, { caller }) => {
    const searches = read(operation);
    if (!searches) return null;
    return (async () => {
      for (const search of searches) {
        const person = nameOf(JSON.stringify([caller?.subject ?? null, search.person]));
        const guess = nameOf(JSON.stringify([person, search.guess]));
        // The others are told first, also of the guess that is one too many: it closes the person everywhere.
        await shared?.note(person, guess);
        note(person, guess);
      }
    })();
  };
}

export interface SharedGuesses {
  /** @throws AppError `RATE_LIMITED`; a store that is down says nothing. */
  note(person: string, guess: string): Promise<void>;
}

export interface SharedGuessesParts {
  /** One point for each guess that was seen. */
  readonly guesses: Pick<RateLimiterStoreAbstract, 'consume'>;
  /** As many points as guesses are allowed. */
  readonly persons: Pick<RateLimiterStoreAbstract, 'consume' | 'get' | 'points'>;
  readonly onFailure: (error: Error) => void;
}

/** The same over a store that all replicas share. */
export function createSharedGuesses({ guesses, persons, onFailure }: SharedGuessesParts): SharedGuesses {
  const isNew = async (guess: string): Promise<boolean> => (await guesses.consume(guess)).consumedPoints === 1;
  return {
    async note(person, guess) {
      try {
        if (await isNew(guess)) await persons.consume(person);
        else {
          const known = await persons.get(person);
          if (known && known.consumedPoints > persons.points) throw known;
        }
      } catch (reason) {
        if (reason instanceof RateLimiterRes) throw tooManyGuesses(reason.msBeforeNext);
        onFailure(reason as Error);
      }
    },
  };
}

const tooManyGuesses = (ms: number): AppError => tooMany(ms, 'Too many different searches for one person.');
