import { setTimeout as delay } from 'node:timers/promises';

/**
 * Looks again and again until `look` no longer throws, and gives back what it returns.
 *
 * @throws What `look` threw last, when `deadlineMs` have passed.
 */
export async function eventually<Seen>(look: () => Promise<Seen> | Seen, deadlineMs = 5000): Promise<Seen> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() > end) throw error;
      await delay(20);
    }
  }
}
