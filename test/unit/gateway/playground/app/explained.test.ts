import { describe, expect, it } from '@jest/globals';
import {
  type Explained,
  isOfEditor,
  summarize,
  takeExplained,
} from '../../../../../gateway/playground/app/explained.js';

const request = (outcome: string) => ({ subgraph: 'residents', provider: 'iks', durationMs: 1, outcome });
const EXPLAINED: Explained = {
  plan: 'Fetch from residents',
  cost: { estimated: 21, limit: 1000 },
  cache: null,
  isCompiled: true,
  subgraphRequests: [request('ok')],
};

describe('takeExplained', () => {
  it('leaves the answer as if nothing had been asked beside it', () => {
    const answer = { data: { me: null }, errors: [{ message: 'x' }] };
    expect(takeExplained({ ...answer, extensions: { explain: EXPLAINED } })).toEqual({ answer, explained: EXPLAINED });
  });

  it('leaves what else the gateway tells', () => {
    const { answer } = takeExplained({ data: {}, extensions: { explain: EXPLAINED, cost: { estimated: 1 } } });
    expect(answer).toEqual({ data: {}, extensions: { cost: { estimated: 1 } } });
  });

  it('has nothing where the gateway told nothing', () => {
    const answer = { errors: [{ message: 'No valid token.' }] };
    expect(takeExplained(answer)).toEqual({ answer, explained: null });
  });
});

describe('summarize', () => {
  it.each<[string, Partial<Explained>]>([
    ['Cost 21, 1 subgraph request', {}],
    ['Cost 21, 0 subgraph requests', { subgraphRequests: [] }],
    ['Cost 21, 2 subgraph requests, 1 failed', { subgraphRequests: [request('ok'), request('SUBGRAPH_TIMEOUT')] }],
    ['1 subgraph request', { cost: null }],
  ])('says %j', (text, change) => {
    expect(summarize({ ...EXPLAINED, ...change })).toBe(text);
  });
});

describe('isOfEditor', () => {
  it.each([
    ['IntrospectionQuery', true],
    ['MyPage', false],
    [null, false],
    [undefined, false],
  ])('of %j is %j', (name, is) => {
    expect(isOfEditor(name)).toBe(is);
  });
});
