import { describe, expect, it } from '@jest/globals';
import type { CompiledOperation } from '../../../../gateway/execute/operation.js';
import { createOperations, type OperationKey } from '../../../../gateway/plan/operations.js';
import type { Planner } from '../../../../gateway/plan/planner.js';
import { rememberRefusals } from '../../../../gateway/plan/refusals.js';
import { AppError } from '../../../../lib/errors.js';

const keyOf = (text: string, more: Partial<OperationKey> = {}): OperationKey => ({
  text,
  operationName: undefined,
  variant: '',
  overrides: [],
  ...more,
});
const operation = {} as CompiledOperation;

describe('compiled operations', () => {
  it('are compiled once for all who ask at the same time, and again after a failure', async () => {
    const operations = createOperations(1000);
    let compiled = 0;
    const compile = async () => {
      compiled++;
      if (compiled === 1) throw new Error('first');
      return { operation, bytes: 1 };
    };
    const first = await Promise.allSettled([1, 2, 3].map(() => operations.getOrCompile(keyOf('a'), compile)));
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await Promise.all([1, 2, 3].map(() => operations.getOrCompile(keyOf('a'), compile)));
    expect(compiled).toBe(2);
  });

  it.each([
    ['name', { operationName: 'b' }],
    ['variant', { variant: 'denied' }],
    ['labels', { overrides: ['percent(1)'] }],
  ])('differ by %s', (_, more) => {
    const operations = createOperations(1000);
    operations.set(keyOf('a'), { operation, bytes: 1 });
    expect(operations.get(keyOf('a'))).toBe(operation);
    expect(operations.get(keyOf('a', more))).toBeNull();
  });

  it('never take more than their bytes', () => {
    const operations = createOperations(100);
    for (let index = 0; index < 50; index++) operations.set(keyOf(`${index}`), { operation, bytes: 30 });
    expect(operations.entries().map(({ key }) => key.text)).toEqual(['49', '48', '47']);
  });
});

describe('an operation that could not be planned in time', () => {
  it('is refused without a new try, any other failure is not', async () => {
    const errors = [new AppError('LIMIT_PLANNING'), new AppError('OVERLOADED'), new AppError('OVERLOADED')];
    let asked = 0;
    const planner = {
      plan: async () => {
        throw errors[asked++];
      },
    } as unknown as Planner;
    const { plan } = rememberRefusals(planner);
    const request = { ...keyOf('slow'), conditions: new Map(), validate: false };
    await expect(plan(request)).rejects.toMatchObject({ code: 'LIMIT_PLANNING' });
    await expect(plan(request)).rejects.toMatchObject({ code: 'LIMIT_PLANNING' });
    expect(asked).toBe(1);
    const other = { ...request, conditions: new Map([['if', true]]) };
    await expect(plan(other)).rejects.toMatchObject({ code: 'OVERLOADED' });
    await expect(plan(other)).rejects.toMatchObject({ code: 'OVERLOADED' });
    expect(asked).toBe(3);
  });
});
