import { describe, expect, it } from '@jest/globals';
import { createScopeOf } from '../../../../gateway/cache/scope.js';
import type { Caller } from '../../../../lib/caller.js';

const CLERK: Caller = {
  subject: 'clerk-1',
  role: 'caseworker',
  office: 'residents',
  municipalities: ['10045117', '10045114'],
  trustLevel: 'substanziell',
  account: null,
  scopes: ['b', 'a'],
  purpose: 'residents.inquiry',
  fileReference: 'AZ 1',
};
const scopeOf = createScopeOf('1');

describe('the scope of private answers', () => {
  const account = {
    familyName: 'A',
    givenNames: 'B',
    dateOfBirth: '1970-01-01',
    street: 'C',
    houseNumber: '1',
    postalCode: '66386',
    place: 'D',
  };
  const others: [string, Partial<Caller>][] = [
    ['subject', { subject: 'clerk-2' }],
    ['role', { role: 'agent-115' }],
    ['office', { office: 'vehicles' }],
    ['municipalities', { municipalities: ['10045117'] }],
    ['trust level', { trustLevel: 'hoch' }],
    ['account', { account }],
    ['scopes', { scopes: ['a'] }],
    ['purpose', { purpose: 'residents.registration' }],
    ['file reference', { fileReference: 'AZ 2' }],
    ['something that callers have one day', { clearance: 'secret' } as Partial<Caller>],
  ];

  it.each(others)('differs with the %s', (_, difference) => {
    expect(scopeOf({ ...CLERK, ...difference })).not.toBe(scopeOf(CLERK));
  });

  it('differs with the rules, and from nobody', () => {
    expect(createScopeOf('2')(CLERK)).not.toBe(scopeOf(CLERK));
    expect(scopeOf(null)).not.toBe(scopeOf(CLERK));
    expect(createScopeOf('2')(null)).not.toBe(scopeOf(null));
  });

  it('is the same for the same rights, in any order', () => {
    const { subject, ...rest } = CLERK;
    expect(
      scopeOf({ ...rest, subject, scopes: ['a', 'b'], municipalities: ['10045114', '10045117', '10045114'] }),
    ).toBe(scopeOf(CLERK));
  });

  it('shows nothing of the caller', () => {
    expect(scopeOf(CLERK)).toMatch(/^[\w-]{43}$/);
  });
});
