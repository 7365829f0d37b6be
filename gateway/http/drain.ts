/** Counts requests in flight, so that a process can end without losing one. */
export interface Drain {
  readonly isDraining: boolean;
  readonly inFlight: number;
  /** @returns What is to be called once when the request is over. */
  enter(): () => void;
  /** From now on new requests are refused. @returns When the last one is over, or `deadlineMs` is. */
  start(deadlineMs: number): Promise<void>;
}

export function createDrain(): Drain {
  let inFlight = 0;
  let isDraining = false;
  let onEmpty = () => {};
  return {
    get isDraining() {
      return isDraining;
    },
    get inFlight() {
      return inFlight;
    },
    enter() {
      inFlight += 1;
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        inFlight -= 1;
        if (inFlight === 0) onEmpty();
      };
    },
    async start(deadlineMs) {
      isDraining = true;
      if (inFlight === 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, deadlineMs);
        onEmpty = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
  };
}
