/** Tags that wait to be sent, each once, in about the order in which they came. */
export interface TagQueue {
  readonly isEmpty: boolean;
  /** Of the last addition. */
  readonly ticket: number;
  /** All additions up to this one are confirmed. */
  readonly confirmed: number;
  add(tags: readonly string[]): void;
  /** Takes tags out, to be sent. They count as unconfirmed until one of the two below is called. */
  take(most: number): readonly string[];
  /** What was taken has arrived. */
  confirm(): void;
  /** What was taken has not arrived: it waits again. @param instead What is sent in its place. */
  giveBack(instead?: readonly string[]): void;
}

/**
 * @param most More are not kept one by one.
 * @param all What then stands for them.
 */
export function createTagQueue(most: number, all: () => readonly string[]): TagQueue {
  /** By tag, the addition that it has waited for longest. */
  const waiting = new Map<string, number>();
  let taken: ReadonlyMap<string, number> = new Map();
  let ticket = 0;
  const put = (tags: readonly string[], since: number) => {
    for (const tag of tags) waiting.set(tag, Math.min(waiting.get(tag) ?? since, since));
  };
  const bound = () => {
    if (waiting.size <= most) return;
    const since = least(waiting);
    waiting.clear();
    put(all(), since);
  };
  return {
    get isEmpty() {
      return waiting.size === 0;
    },
    get ticket() {
      return ticket;
    },
    get confirmed() {
      return Math.min(least(waiting), least(taken)) - 1;
    },
    add(tags) {
      if (tags.length === 0) return;
      ticket += 1;
      put(tags, ticket);
      bound();
    },
    take(count) {
      taken = new Map([...waiting].slice(0, count));
      for (const tag of taken.keys()) waiting.delete(tag);
      return [...taken.keys()];
    },
    confirm() {
      taken = new Map();
    },
    giveBack(instead) {
      if (instead === undefined) for (const [tag, since] of taken) put([tag], since);
      else put(instead, least(taken));
      taken = new Map();
      bound();
    },
  };
}

/** Infinite where nothing waits. */
function least(tags: ReadonlyMap<string, number>): number {
  let found = Number.POSITIVE_INFINITY;
  for (const since of tags.values()) found = Math.min(found, since);
  return found;
}
