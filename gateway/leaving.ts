/** Who is told that nobody waits for an answer any more. */
export interface LeaveListener {
  left(reason: unknown): void;
}

/**
 * Whether somebody still waits for an answer. It says the same as an `AbortSignal`, which every request to a subgraph would
 * listen to; making and leaving one of those costs more than routing the request.
 */
export class Leaving {
  #listeners: LeaveListener[] = [];
  #hasLeft = false;
  #reason: unknown;
  #controller: AbortController | null = null;

  /** Ends with it whenever that ends. */
  static of(signal: AbortSignal): Leaving {
    const leaving = new Leaving();
    if (signal.aborted) leaving.leave(signal.reason);
    else signal.addEventListener('abort', () => leaving.leave(signal.reason), { once: true });
    return leaving;
  }

  get hasLeft(): boolean {
    return this.#hasLeft;
  }

  /** Why; `undefined` while somebody waits. */
  get reason(): unknown {
    return this.#reason;
  }

  /** The same as a signal, made when first asked for. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#hasLeft) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** From now on told, unless they have left already. */
  add(listener: LeaveListener): void {
    this.#listeners.push(listener);
  }

  remove(listener: LeaveListener): void {
    const listeners = this.#listeners;
    const index = listeners.lastIndexOf(listener);
    if (index < 0) return;
    const last = listeners.pop();
    if (last && last !== listener) listeners[index] = last;
  }

  /** Tells everybody, once. */
  leave(reason: unknown): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.#reason = reason;
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener.left(reason);
    this.#controller?.abort(reason);
  }
}
