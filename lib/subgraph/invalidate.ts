import { z } from 'zod';
import { LONGEST_TAG } from '../cache-tags.js';
import type { Log } from '../log.js';
import { SettingsError } from '../settings.js';
import { createOutbox, type Outbox } from './outbox.js';

/** Whom a subgraph tells what its legacy system has changed. */
export const INVALIDATION_SETTINGS = {
  /**
   * Operators' ports of gateways, by commas: one of those that share a Redis, all of those that do not. Empty: nobody is
   * told, and cached answers live as long as the schema says.
   */
  INVALIDATION_URLS: z
    .string()
    .regex(/^https?:\/\/[^\s,]+(,https?:\/\/[^\s,]+)*$/, 'must be http or https URLs, separated by commas')
    .transform((text) => text.split(','))
    .default([]),
  /** Bearer token of these ports. */
  ADMIN_TOKEN: z.string().min(32, 'must have 32 characters at least').optional(),
};

/** Makes what gateways have cached misses. Nobody waits for it who does not ask to. */
export interface Invalidations {
  /** Whether there is anybody to tell: otherwise nobody needs to find out what has changed. */
  readonly isHeard: boolean;
  /** Kept until each gateway has confirmed it. @param tags As in `lib/cache-tags.ts` or `@cacheTag`. */
  forget(tags: Iterable<string>): void;
  /** All that is about the municipalities served here: where nobody knows what has changed. */
  forgetAll(): void;
  /** @returns Whether each gateway has confirmed, within `deadlineMs`, all that was to be forgotten until now. */
  isConfirmed(deadlineMs: number): Promise<boolean>;
  close(): Promise<void>;
}

export interface InvalidationParts {
  readonly settings: Readonly<z.output<z.ZodObject<typeof INVALIDATION_SETTINGS>>>;
  /** Tags of all that is about the municipalities served here. */
  readonly all: () => readonly string[];
  readonly log: Log;
}

/** @throws SettingsError where gateways are named without a token. */
export function openInvalidations({ settings, all, log }: InvalidationParts): Invalidations {
  const { INVALIDATION_URLS: urls, ADMIN_TOKEN: token } = settings;
  if (urls.length > 0 && token === undefined) throw new SettingsError(['ADMIN_TOKEN: needed with INVALIDATION_URLS']);
  const outboxes: readonly Outbox[] = urls.map((url) => createOutbox({ url, token: token ?? '', all, log }));
  const add = (tags: readonly string[]) => {
    for (const outbox of outboxes) outbox.add(tags);
  };
  const forgetAll = () => add(all());
  return {
    isHeard: outboxes.length > 0,
    forget(tags) {
      const named = [...tags];
      // No gateway takes it: what it stands for is among all.
      if (named.some((tag) => tag.length > LONGEST_TAG)) forgetAll();
      add(named.filter((tag) => tag.length <= LONGEST_TAG));
    },
    forgetAll,
    async isConfirmed(deadlineMs) {
      const confirmed = await Promise.all(outboxes.map((outbox) => outbox.isConfirmed(deadlineMs)));
      return confirmed.every(Boolean);
    },
    close: async () => void (await Promise.all(outboxes.map((outbox) => outbox.close()))),
  };
}
