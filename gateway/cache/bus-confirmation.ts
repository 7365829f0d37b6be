import { randomUUID } from 'node:crypto';
import type { OnCacheEvent } from './events.js';

/** Without a sign of life of its own for so long a process cannot know what it missed. */
export const SILENCE_MS = 1000;

/** Whether this process hears what is told, by its own signs of life. */
export interface Confirmation {
  isConfirmed(): boolean;
  /** @returns The text of a new sign of life, which nobody can guess. */
  send(): string;
  /** A text that was not sent, or not lately, is none. */
  hear(text: string): void;
  /** What is under way says nothing any more. */
  leave(): void;
  /** What was heard before says nothing any more either. */
  lose(): void;
  /** Tells of a change. */
  report(): void;
}

export function createConfirmation(onEvent: OnCacheEvent): Confirmation {
  const sent = new Map<string, number>();
  let confirmedAt = Number.NEGATIVE_INFINITY;
  let wasConfirmed: boolean | null = null;
  const isConfirmed = () => performance.now() - confirmedAt <= SILENCE_MS;
  return {
    isConfirmed,
    send() {
      const now = performance.now();
      for (const [text, sentAt] of sent) if (now - sentAt > SILENCE_MS) sent.delete(text);
      const text = randomUUID();
      sent.set(text, now);
      return text;
    },
    hear(text) {
      confirmedAt = Math.max(confirmedAt, sent.get(text) ?? confirmedAt);
      sent.delete(text);
    },
    leave: () => sent.clear(),
    lose() {
      sent.clear();
      confirmedAt = Number.NEGATIVE_INFINITY;
    },
    report() {
      if (isConfirmed() === wasConfirmed) return;
      wasConfirmed = isConfirmed();
      onEvent({ kind: 'link', isConfirmed: wasConfirmed });
    },
  };
}
