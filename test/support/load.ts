import { setTimeout as delay } from 'node:timers/promises';

/** Clients that ask again and again until they are told to stop. */
export interface Load {
  /** Answers so far. */
  answers(): number;
  /** @returns How many answers there were, and what was said against those that were not as they should be. */
  stop(): Promise<{ readonly answers: number; readonly failures: readonly string[] }>;
}

/** @param ask Throws where the answer is not as it should be. */
export function startLoad(clients: number, ask: () => Promise<void>): Load {
  const failures: string[] = [];
  let answers = 0;
  let isStopped = false;
  const client = async () => {
    while (!isStopped) {
      await ask().catch((error: unknown) => failures.push(String(error)));
      answers += 1;
      await delay(2);
    }
  };
  const running = Promise.all(Array.from({ length: clients }, client));
  return {
    answers: () => answers,
    async stop() {
      isStopped = true;
      await running;
      return { answers, failures };
    },
  };
}
