import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Planner, startPlanner } from '../../gateway/plan/planner.js';
import { AppError } from '../../lib/errors.js';
import { eventually } from '../support/eventually.js';

/** A thread that plans anything at once but `hang`, and starts only while the file named as its supergraph exists. */
const workerUrl = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { existsSync } from 'node:fs';
    import { parentPort, workerData } from 'node:worker_threads';
    if (!existsSync(workerData.sdl)) throw new Error('no supergraph');
    const asked = [];
    parentPort.on('message', ({ text }) => {
      asked.push(text);
      if (text !== 'hang') parentPort.postMessage({ kind: 'planned', planned: { plan: null, names: new Map(asked.entries()) } });
    });
    parentPort.postMessage({ kind: 'ready', facts: {} });
  `)}`,
);

const ask = (planner: Planner, text: string, isWanted?: () => boolean) =>
  planner
    .plan({ text, operationName: undefined, overrides: [], conditions: new Map(), validate: false }, isWanted)
    .then(
      ({ names }) => [...names.values()],
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );

describe('the queue of a planner', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fachverbund-planner-'));
  const sdl = join(folder, 'supergraph');
  const planners: Planner[] = [];
  const start = async (bounds: { deadlineMs: number; waitMs?: number }): Promise<Planner> => {
    writeFileSync(sdl, '');
    const planner = await startPlanner({ sdl, limits: { maxEvaluatedPlans: 1, maxPaths: 1 }, workerUrl, ...bounds });
    planners.push(planner);
    return planner;
  };
  afterEach(async () => {
    for (const planner of planners.splice(0)) await planner.close();
    rmSync(sdl, { force: true });
  });

  it('refuses what has waited too long, while another operation is planned', async () => {
    const planner = await start({ deadlineMs: 60_000, waitMs: 50 });
    void ask(planner, 'hang');
    expect(await Promise.all([ask(planner, 'a'), ask(planner, 'b')])).toEqual(['OVERLOADED', 'OVERLOADED']);
  });

  it('leaves out what nobody waits for any more', async () => {
    const planner = await start({ deadlineMs: 100 });
    const codes = [ask(planner, 'hang'), ask(planner, 'left', () => false), ask(planner, 'wanted', () => true)];
    expect(await Promise.all(codes)).toEqual(['LIMIT_PLANNING', 'OVERLOADED', ['wanted']]);
  });

  it('has no thread between a start that failed and one that does not', async () => {
    const planner = await start({ deadlineMs: 50 });
    expect(planner.hasThread()).toBe(true);
    rmSync(sdl);
    expect(await ask(planner, 'hang')).toBe('LIMIT_PLANNING');
    await eventually(() => expect(planner.hasThread()).toBe(false));
    writeFileSync(sdl, '');
    await eventually(() => expect(planner.hasThread()).toBe(true));
    expect(await ask(planner, 'again')).toEqual(['again']);
  });
});
