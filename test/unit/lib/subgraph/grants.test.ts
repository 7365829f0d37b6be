import { describe, expect, it } from '@jest/globals';
import { type Caller, OFFICES, ROLES } from '../../../../lib/caller.js';
import { isGranted, type OfficeGrant } from '../../../../lib/subgraph/grants.js';

const GRANTS: readonly OfficeGrant[] = [
  { office: 'residents', purposes: ['a', 'b'], law: '§ 1' },
  { office: 'vehicles', purposes: ['c'], law: '§ 2' },
];
const HOMBURG = '10045114';

const everybody = (): Caller[] =>
  ROLES.flatMap((role) =>
    [null, ...OFFICES].flatMap((office) =>
      [null, 'a', 'b', 'c', 'd'].flatMap((purpose) =>
        [null, '', 'AZ 1'].flatMap((fileReference) =>
          [[], ['10045*'], [HOMBURG], ['10041*']].map((municipalities) => ({
            subject: 's',
            role,
            office,
            purpose,
            fileReference,
            scopes: [],
            municipalities,
            trustLevel: 'hoch' as const,
            account: null,
          })),
        ),
      ),
    ),
  );

describe('a grant to an office', () => {
  it('is for its caseworkers, its purposes, under a file, in their municipalities, and for nobody else', () => {
    const granted = everybody().filter((caller) => isGranted(GRANTS, caller, HOMBURG));
    const facts = granted.map(({ role, office, purpose, fileReference, municipalities }) =>
      [role, office, purpose, fileReference, municipalities[0]].join(' '),
    );
    expect(facts).toEqual(
      ['residents a', 'residents b', 'vehicles c'].flatMap((row) => [
        `caseworker ${row} AZ 1 10045*`,
        `caseworker ${row} AZ 1 ${HOMBURG}`,
      ]),
    );
  });

  it('is for nobody where there is none, and never for nobody', () => {
    expect(everybody().filter((caller) => isGranted([], caller, HOMBURG))).toEqual([]);
    expect(isGranted(GRANTS, null, HOMBURG)).toBe(false);
  });
});
