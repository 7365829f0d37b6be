import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../lib/errors.js';
import type { PlannerQuestion, PlannerReply, PlannerStart } from './planner-messages.js';
import { createSupergraphPlanner, type SupergraphPlanner } from './query-planner.js';

/** Entry of the planner's thread: planning is synchronous and can only be stopped by ending the thread it runs in. */
const reply = (message: PlannerReply): void => parentPort?.postMessage(message);

const planner = load(workerData as PlannerStart);
if (planner) {
  reply({ kind: 'ready', facts: planner.facts });
  parentPort?.on('message', (question: PlannerQuestion) => reply(plan(planner, question)));
}

function load({ sdl, limits, registers }: PlannerStart): SupergraphPlanner | null {
  try {
    return createSupergraphPlanner(sdl, limits, registers);
  } catch (error) {
    reply({ kind: 'unfit', message: describe(error) });
    return null;
  }
}

function plan(supergraph: SupergraphPlanner, question: PlannerQuestion): PlannerReply {
  try {
    return { kind: 'planned', planned: supergraph.plan(question) };
  } catch (error) {
    return { kind: 'refused', code: error instanceof AppError ? error.code : null, message: describe(error) };
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
