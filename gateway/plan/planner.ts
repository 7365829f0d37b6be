import { Worker } from 'node:worker_threads';
import { AppError } from '../../lib/errors.js';
import type { PlannedOperation, SchemaFacts } from './plan.js';
import type { PlannerReply, PlannerStart } from './planner-messages.js';
import type { PlanRequest } from './query-planner.js';

/** Plans operations over one supergraph, one after the other. */
export interface Planner {
  readonly facts: SchemaFacts;
  /**
   * @param isWanted Asked when its turn comes: what nobody waits for any more is not planned.
   * @throws AppError as `SupergraphPlanner.plan`; `LIMIT_PLANNING` also where the deadline or memory ran out, and
   * `OVERLOADED` where too many wait, or it has waited too long.
   */
  plan(request: PlanRequest, isWanted?: () => boolean): Promise<PlannedOperation>;
  /** Whether there is a thread; there is none between a start that failed and the next that does not. */
  hasThread(): boolean;
  /** What waits is refused. */
  close(): Promise<void>;
}

export interface PlannerSettings extends PlannerStart {
  /** Longest time for one operation, ms. */
  readonly deadlineMs: number;
  /** Longest time before it is its turn, ms. */
  readonly waitMs?: number;
  /** Script of the thread. */
  readonly workerUrl?: URL;
}

interface Job {
  readonly request: PlanRequest;
  readonly isWanted: () => boolean;
  /** When it has waited too long, as `performance.now()`. */
  readonly endsAt: number;
  readonly resolve: (planned: PlannedOperation) => void;
  readonly reject: (error: unknown) => void;
}

/** Between attempts to start a thread again. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;
const MAX_WAITING = 200;
const WAIT_MS = 5000;
const MAX_MEMORY_MB = 1024;

/**
 * Starts a planner in a thread of its own.
 *
 * @throws Error where the supergraph is not fit to be planned over.
 */
export async function startPlanner(settings: PlannerSettings): Promise<Planner> {
  const thread = new PlannerThread(settings);
  const facts = await thread.start();
  return {
    facts,
    plan: (request, isWanted) => thread.plan(request, isWanted),
    hasThread: () => thread.hasStarted,
    close: () => thread.close(),
  };
}

class PlannerThread {
  readonly #settings: PlannerSettings;
  readonly #waiting: Job[] = [];
  #current: Job | null = null;
  #worker: Worker | null = null;
  #timer: NodeJS.Timeout | undefined;
  /** Refuses what has waited too long; set while something waits. */
  #waitTimer: NodeJS.Timeout | undefined;
  #hasStarted = true;
  #isReady = false;
  #isClosed = false;

  constructor(settings: PlannerSettings) {
    this.#settings = settings;
  }

  start(): Promise<SchemaFacts> {
    const { sdl, limits, registers, workerUrl = new URL('./planner-worker.js', import.meta.url) } = this.#settings;
    const workerData: PlannerStart = { sdl, limits, registers };
    const worker = new Worker(workerUrl, { workerData, resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB } });
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      worker.on('message', (reply: PlannerReply) => {
        if (reply.kind === 'unfit') reject(new Error(reply.message));
        else if (reply.kind !== 'ready') this.#finish(reply);
        else {
          resolve(reply.facts);
          this.#hasStarted = true;
          this.#isReady = true;
          this.#next();
        }
      });
      // A thread that dies by itself ran out of memory: the operation it was busy with is the one that takes too much.
      worker.on('error', (cause) => {
        reject(cause);
        if (worker === this.#worker) this.#replace(cause);
      });
    });
  }

  get hasStarted(): boolean {
    return this.#hasStarted && !this.#isClosed;
  }

  plan(request: PlanRequest, isWanted = () => true): Promise<PlannedOperation> {
    if (this.#isClosed || this.#waiting.length >= MAX_WAITING) return Promise.reject(new AppError('OVERLOADED'));
    return new Promise((resolve, reject) => {
      const endsAt = performance.now() + (this.#settings.waitMs ?? WAIT_MS);
      this.#waiting.push({ request, isWanted, endsAt, resolve, reject });
      this.#next();
      this.#watch();
    });
  }

  /** They wait in the order in which they came, so the first is the one that has waited longest. */
  #watch(): void {
    const [first] = this.#waiting;
    if (!first || this.#waitTimer) return;
    this.#waitTimer = setTimeout(
      () => {
        this.#waitTimer = undefined;
        for (const now = performance.now(); (this.#waiting[0]?.endsAt ?? now + 1) <= now; )
          this.#waiting.shift()?.reject(new AppError('OVERLOADED'));
        this.#watch();
      },
      Math.max(1, Math.ceil(first.endsAt - performance.now())),
    );
    this.#waitTimer.unref();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#waitTimer);
    for (const job of [this.#current, ...this.#waiting.splice(0)]) job?.reject(new AppError('OVERLOADED'));
    this.#current = null;
    await this.#worker?.terminate();
  }

  #next(): void {
    if (this.#current || !this.#isReady || this.#isClosed) return;
    let job = this.#waiting.shift();
    while (job && !job.isWanted()) {
      job.reject(new AppError('OVERLOADED'));
      job = this.#waiting.shift();
    }
    if (!job) {
      this.#worker?.unref();
      return;
    }
    this.#current = job;
    this.#worker?.ref();
    const { deadlineMs } = this.#settings;
    this.#timer = setTimeout(() => this.#replace(new Error(`Not planned in ${deadlineMs} ms`)), deadlineMs);
    this.#worker?.postMessage(job.request);
  }

  #finish(reply: Extract<PlannerReply, { kind: 'planned' | 'refused' }>): void {
    clearTimeout(this.#timer);
    const job = this.#current;
    this.#current = null;
    if (reply.kind === 'planned') job?.resolve(reply.planned);
    else if (reply.code) job?.reject(new AppError(reply.code, reply.message));
    else job?.reject(new Error(reply.message));
    this.#next();
  }

  /** It was planned over before, so it can be again; while the thread cannot start, what waits is refused. */
  #restart(pauseMs: number): void {
    this.start().catch(() => {
      this.#hasStarted = false;
      for (const job of this.#waiting.splice(0)) job.reject(new AppError('OVERLOADED'));
      if (!this.#isClosed) setTimeout(() => this.#restart(Math.min(2 * pauseMs, LONGEST_PAUSE_MS)), pauseMs).unref();
    });
  }

  /** Ends the thread in the middle of an operation, refuses that, and goes on in a new one. */
  #replace(cause: unknown): void {
    clearTimeout(this.#timer);
    this.#isReady = false;
    this.#current?.reject(new AppError('LIMIT_PLANNING', undefined, { cause }));
    this.#current = null;
    const ended = this.#worker;
    this.#worker = null;
    ended?.removeAllListeners('message');
    ended?.terminate().catch(() => undefined);
    if (this.#isClosed) return;
    this.#restart(FIRST_PAUSE_MS);
  }
}
