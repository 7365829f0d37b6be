import { describe, expect, it } from '@jest/globals';
import { createJudge, fingerprint } from '../../../../gateway/authorize/judge.js';
import { readPolicies, readPoliciesFile } from '../../../../gateway/authorize/policies.js';
import type { Caller } from '../../../../lib/caller.js';
import { someCaller } from '../../../support/some-caller.js';

const TABLE = `
refused: [operator]
grants:
  - policies: [own]
    role: citizen
    trustLevel: substanziell
    law: a
  - policies: [read, search]
    role: caseworker
    office: residents
    purposes: [residents.inquiry]
    fileReference: needed
    municipality: needed
    law: b
  - policies: [read]
    role: partner
    purposes: [residents.inquiry]
    law: c
`;

describe('a policy table', () => {
  it.each([
    ['an unknown word', TABLE.replace('office:', 'ofice:'), /line 8: .*ofice/],
    ['an unknown role', TABLE.replace('role: partner', 'role: mayor'), /line 16: grants\.2\.role/],
    ['a row without its paragraph', TABLE.replace('    law: c\n', ''), /line 15: grants\.2\.law/],
    ['an unknown level', TABLE.replace('substanziell', 'strong'), /line 6: grants\.0\.trustLevel/],
    ['no YAML', 'grants: [', /line 1/],
    ['the same key twice', 'grants: []\ngrants: []', /line 2/],
    ['nothing', '', /line 1/],
  ])('is refused with the line: %s', (_, text, message) => {
    expect(() => readPolicies(text)).toThrow(message);
  });

  it('tells every problem at once', () => {
    const text = TABLE.replace('role: partner', 'role: mayor').replace('role: citizen', 'role: king');
    expect(() => readPolicies(text)).toThrow(/line 5[\s\S]*line 16/);
  });

  it('has a version that changes with its text', () => {
    const [one, same, other] = [TABLE, TABLE, `${TABLE}\n`].map((text) => readPolicies(text).policyVersion);
    expect([same, other === one]).toEqual([one, false]);
  });

  it('is missed where it is named and is not there', () => {
    expect(() => readPoliciesFile('schema/nothing.yaml')).toThrow(/nothing\.yaml/);
    expect(readPoliciesFile(undefined).grants.length).toBeGreaterThan(3);
  });
});

describe('a caller', () => {
  const policies = readPolicies(TABLE);
  const verdict = (facts: Partial<Caller>, ...rights: string[]) =>
    createJudge(someCaller(facts), policies).judge(rights.map((right) => [['signed in', right]]));
  const CLERK: Partial<Caller> = {
    role: 'caseworker',
    office: 'residents',
    municipalities: ['10045*'],
    purpose: 'residents.inquiry',
    fileReference: 'AZ 1',
  };
  const GRANTED = { kind: 'granted' };
  const DENIED = { kind: 'denied' };
  const UNSTATED = { kind: 'unstated' };

  it.each<[string, Partial<Caller>, string, object]>([
    ['all of a row', CLERK, 'policy search', GRANTED],
    ['any of two rows', { role: 'partner', purpose: 'residents.inquiry' }, 'policy read', GRANTED],
    ['another office', { ...CLERK, office: 'vehicles' }, 'policy read', DENIED],
    ['no office', { ...CLERK, office: null }, 'policy read', DENIED],
    ['no municipality', { ...CLERK, municipalities: [] }, 'policy read', DENIED],
    ['no purpose', { ...CLERK, purpose: null }, 'policy read', UNSTATED],
    ['no file', { ...CLERK, fileReference: null }, 'policy read', UNSTATED],
    ['another purpose', { ...CLERK, purpose: 'service.information' }, 'policy read', DENIED],
    ['another purpose and no file', { ...CLERK, purpose: 'x', fileReference: null }, 'policy read', DENIED],
    ['a system without a purpose', { role: 'partner' }, 'policy read', DENIED],
    ['a system that may not search', { role: 'partner', purpose: 'residents.inquiry' }, 'policy search', DENIED],
    ['a good login', { role: 'citizen', trustLevel: 'hoch' }, 'policy own', GRANTED],
    ['just the login', { role: 'citizen', trustLevel: 'substanziell' }, 'policy own', GRANTED],
    ['a weak login', { role: 'citizen', trustLevel: 'normal' }, 'policy own', { kind: 'level', level: 'substanziell' }],
    ['no known login', { role: 'citizen' }, 'policy own', { kind: 'level', level: 'substanziell' }],
    ['an unknown policy', CLERK, 'policy unknown', DENIED],
    ['an unknown kind of right', CLERK, 'anything', DENIED],
    ['a word of the scope', { scopes: ['a', 'b'] }, 'scope b', GRANTED],
    ['no word of the scope', { scopes: ['ab'] }, 'scope b', DENIED],
    ['signed in', {}, 'signed in', GRANTED],
  ])('%s', (_, facts, right, expected) => {
    expect(verdict(facts, right)).toEqual(expected);
  });

  it('is told what is hardest to mend of all, and what is easiest of any', () => {
    expect(verdict({ ...CLERK, fileReference: null }, 'policy read', 'policy own')).toEqual(DENIED);
    expect(verdict({ role: 'citizen' }, 'signed in', 'policy own')).toMatchObject({ kind: 'level' });
    const judge = createJudge(someCaller({ ...CLERK, fileReference: null }), policies);
    expect(judge.judge([[['policy own'], ['policy read']]])).toEqual(UNSTATED);
    expect(judge.judge([[]])).toEqual(DENIED);
    expect(judge.judge([])).toEqual(GRANTED);
  });

  it('has the same fingerprint as another of equal rights alone', () => {
    const base = fingerprint(someCaller(CLERK));
    expect(fingerprint(someCaller({ ...CLERK, subject: 'other', fileReference: 'AZ 2', municipalities: ['1'] }))).toBe(
      base,
    );
    const others: Partial<Caller>[] = [
      { role: 'partner' },
      { office: 'vehicles' },
      { trustLevel: 'hoch' },
      { purpose: null },
      { fileReference: null },
      { municipalities: [] },
      { scopes: ['a'] },
    ];
    const prints = others.map((facts) => fingerprint(someCaller({ ...CLERK, ...facts })));
    expect(new Set([base, ...prints]).size).toBe(others.length + 1);
  });
});
