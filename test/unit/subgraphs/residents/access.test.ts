import { describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../../lib/caller.js';
import { accessTo } from '../../../../subgraphs/residents/access.js';
import { CITIZEN, CLERK } from './callers.js';

const BENEFIT: Caller = { ...CLERK, office: 'housing-benefit', purpose: 'housing-benefit.case' };
const PARTNER: Caller = { ...CLERK, role: 'partner', office: null, municipalities: [], fileReference: null };

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
    ['another office for its own purpose', { ...CLERK, office: 'housing-benefit' }, 'nothing'],
    ['the housing-benefit office', BENEFIT, 'register'],
    ['the vehicle office', { ...CLERK, office: 'vehicles', purpose: 'vehicles.registration' }, 'register'],
    ['an office for the purpose of another', { ...BENEFIT, office: 'vehicles' }, 'nothing'],
    ['no office', { ...CLERK, office: null }, 'nothing'],
    ['a caseworker without a purpose', { ...CLERK, purpose: null }, 'nothing'],
    ['a caseworker without a file', { ...CLERK, fileReference: null }, 'nothing'],
    ['a caseworker with an empty file', { ...CLERK, fileReference: '' }, 'nothing'],
    ['a partner of elsewhere', PARTNER, 'key'],
    ['a partner of the municipality', { ...PARTNER, municipalities: ['10045*'] }, 'key'],
    ['a partner of another municipality', { ...PARTNER, municipalities: ['10041*'] }, 'nothing'],
    ['a partner with another purpose', { ...PARTNER, purpose: 'service.information' }, 'nothing'],
    ['a partner without a purpose', { ...PARTNER, purpose: null }, 'nothing'],
    ['a data protection officer', { ...CLERK, role: 'protection-officer' }, 'nothing'],
    ['an operator', { ...CLERK, role: 'operator' }, 'nothing'],
  ] as [string, Caller | null, string][])('%s', (_, caller, access) => {
    expect(to(caller)).toBe(access);
  });

  it('is nothing where the instance does not serve the municipality', () => {
    expect(to({ ...CLERK, municipalities: ['*'] }, '10041100')).toBe('nothing');
  });
});
