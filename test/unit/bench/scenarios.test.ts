import { describe, expect, it } from '@jest/globals';
import { findScenario, operationsOf } from '../../../bench/scenarios.js';

describe('operationsOf', () => {
  it('is the one operation where nothing varies', () => {
    const scenario = findScenario('municipal-page');
    expect(operationsOf(scenario)).toEqual([scenario.operation]);
  });

  it('asks each of many pages', () => {
    const operations = operationsOf(findScenario('pages-half'));
    expect(new Set(operations.map((operation) => JSON.stringify(operation))).size).toBe(1000);
  });

  it('asks for few residents again and again, in no order', () => {
    const ids = operationsOf(findScenario('municipal-brief')).map(({ variables }) => String(variables?.['id']));
    expect(new Set(ids).size).toBe(100);
    expect(ids.slice(100, 200)).not.toEqual(ids.slice(0, 100));
  });
});
