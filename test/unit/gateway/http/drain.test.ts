import { expect, it } from '@jest/globals';
import { createDrain } from '../../../../gateway/http/drain.js';

it('is over when the last request is', async () => {
  const drain = createDrain();
  const leave = [drain.enter(), drain.enter()];
  const steps: string[] = [];
  const drained = drain.start(60_000).then(() => steps.push('drained'));
  expect([drain.isDraining, drain.inFlight]).toEqual([true, 2]);
  leave[0]?.();
  leave[0]?.();
  expect(drain.inFlight).toBe(1);
  steps.push('last');
  leave[1]?.();
  await drained;
  expect(steps).toEqual(['last', 'drained']);
});

it('is over at once without requests, and at its deadline with some', async () => {
  await createDrain().start(60_000);
  const drain = createDrain();
  drain.enter();
  await drain.start(1);
  expect(drain.inFlight).toBe(1);
});
