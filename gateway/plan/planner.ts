import { Worker } from 'node:worker_threads';
import { AppError } from '../../lib/errors.js';
import type { PlannedOperation, SchemaFacts } from './plan.js';
import type { PlannerReply, PlannerStart } from './planner-messages.js';
import type { PlanRequest } from './query-planner.js';

/** Plans operations over one supergraph, one after the other. */
export interface Planner {
  readonly facts: SchemaFacts;
  /**
   * @throws AppError as `SupergraphPlanner.plan`; `LIMIT_PLANNING` also where the deadline or memory ran out, and
   * `OVERLOADED` where too many wait.
   */
  plan(request: PlanRequest): Promise<PlannedOperation>;
  /** What waits is refused. */
  close(): Promise<void>;
}

export interface PlannerSettings extends PlannerStart {
  /** Longest time for one operation, ms. */
  readonly deadlineMs: number;
  /** Script of the thread. */
  readonly workerUrl?: URL;
}

interface Job {
  readonly request: PlanRequest;
  readonly resolve: (planned: PlannedOperation) => void;
  readonly reject: (error: unknown) => void;
}

/** Between attempts to start a thread again. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;
const MAX_WAITING = 200;
const MAX_MEMORY_MB = 1024;

/**
 * Starts a planner in a thread of its own.
 *
 * @throws Error where the supergraph is not fit to be planned over.
 */
export async function startPlanner(settings: PlannerSettings): Promise<Planner> {
  const thread = new PlannerThread(settings);
  const facts = await thread.start();
  return { facts, plan: (request) => thread.plan(request), close: () => thread.close() };
}

class PlannerThread {
  readonly #settings: PlannerSettings;
  readonly #waiting: Job[] = [];
  #current: Job | null = null;
  #worker: Worker | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isReady = false;
  #isClosed = false;

  constructor(settings: PlannerSettings) {
    this.#settings = settings;
  }

  start(): Promise<SchemaFacts> {
    const { sdl, limits, workerUrl = new URL('./planner-worker.js', import.meta.url) } = this.#settings;
    const workerData: PlannerStart = { sdl, limits };
    const worker = new Worker(workerUrl, { workerData, resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB } });
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      worker.on('message', (reply: PlannerReply) => {
        if (reply.kind === 'unfit') reject(new Error(reply.message));
        else if (reply.kind !== 'ready') this.#finish(reply);
        else {
          resolve(reply.facts);
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

  plan(request: PlanRequest): Promise<PlannedOperation> {
    if (this.#isClosed || this.#waiting.length >= MAX_WAITING) return Promise.reject(new AppError('OVERLOADED'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const job of [this.#current, ...this.#waiting.splice(0)]) job?.reject(new AppError('OVERLOADED'));
    this.#current = null;
    await this.#worker?.terminate();
  }

  #next(): void {
    if (this.#current || !this.#isReady || this.#isClosed) return;
    const job = this.#waiting.shift();
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
