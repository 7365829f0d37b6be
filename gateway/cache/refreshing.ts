import type { RequestContext } from '../context.js';
import { Leaving } from '../leaving.js';

/** What is asked for again while what is past its time is sent. */
export interface Refreshing {
  /**
   * Does the work for those items that nobody works for already; for none where too much is under way.
   *
   * @param work Its failure is nobody's: what is past its time stays as long as it may.
   */
  run(items: readonly Refreshed[], work: (due: readonly Refreshed[]) => Promise<void>): void;
}

interface Refreshed {
  readonly item: number;
  readonly key: string;
}

/** @param most Items at the same time, all subgraphs together. */
export function createRefreshing(most = 256): Refreshing {
  const underWay = new Set<string>();
  return {
    run(items, work) {
      const due = items.filter(({ key }) => !underWay.has(key)).slice(0, most - underWay.size);
      if (due.length === 0) return;
      for (const { key } of due) underWay.add(key);
      const end = () => {
        for (const { key } of due) underWay.delete(key);
      };
      work(due).then(end, end);
    },
  };
}

/** For what goes on when the client has been answered. */
export function alone({ requestId, caller, decision, schema }: RequestContext): RequestContext {
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
