import { describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../../lib/caller.js';
import { accessTo } from '../../../../subgraphs/residents/access.js';
import { CITIZEN, CLERK } from './callers.js';

describe('accessTo', () => {
  const to = (caller: Caller | null, ags = '10045114') =>
    accessTo(ags, { caller, serves: (served) => served.startsWith('10045') }).to;

  it.each([
    ['nobody', null, 'nothing'],
    ['a citizen in their own municipality', CITIZEN, 'self'],
    ['a citizen of another municipality', { ...CITIZEN, municipalities: ['10045117'] }, 'nothing'],
    ['a citizen with a weaker login', { ...CITIZEN, trustLevel: 'substanziell' }, 'nothing'],
    ['a citizen without account data', { ...CITIZEN, account: null }, 'nothing'],
    ['a competent caseworker', CLERK, 'register'],
    ['a caseworker of elsewhere', { ...CLERK, municipalities: ['10041*'] }, 'nothing'],
    ['a phone agent', { ...CLERK, role: 'agent-115' }, 'nothing'],
    ['a partner', { ...CLERK, role: 'partner' }, 'nothing'],
    ['a data protection officer', { ...CLERK, role: 'protection-officer' }, 'nothing'],
    ['an operator', { ...CLERK, role: 'operator' }, 'nothing'],
  ] as [string, Caller | null, string][])('%s', (_, caller, access) => {
    expect(to(caller)).toBe(access);
  });

  it('is nothing where the instance does not serve the municipality', () => {
    expect(to({ ...CLERK, municipalities: ['*'] }, '10041100')).toBe('nothing');
  });
});
