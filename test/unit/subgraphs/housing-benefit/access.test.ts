import { describe, expect, it } from '@jest/globals';
import { type Caller, ROLES } from '../../../../lib/caller.js';
import { createLinker, toLinkedPerson } from '../../../../lib/link.js';
import {
  mayReadOffice,
  planSearches,
  type ResidentReference,
  toApplicantLink,
} from '../../../../subgraphs/housing-benefit/access.js';

const LINKER = createLinker('a key of the tests that is long enough to be one', 'housing-benefit');
const HOMBURG = '10045114';
const SAARBRUECKEN = '10041100';
const HOME = { street: 'In den Weiden', houseNumber: '11', postalCode: '66113' };
const PERSON = { familyName: 'Ștefănescu-Großbach', givenName: 'Mirela', dateOfBirth: '1990-02-28' };

const caller = (role: Caller['role'], change: Partial<Caller> = {}): Caller => ({
  subject: 'somebody',
  role,
  office: null,
  municipalities: ['10045*'],
  trustLevel: 'hoch',
  account: null,
  purpose: null,
  fileReference: null,
  scopes: [],
  ...change,
});
const ACCOUNT = {
  familyName: 'Ștefănescu Großbach',
  givenNames: 'Mirela Anca',
  dateOfBirth: '1990-02-28',
  street: 'Grubenweg',
  houseNumber: '115',
  postalCode: '66424',
  place: 'Homburg',
};
const CITIZEN = caller('citizen', { account: ACCOUNT });
const OFFICE = { office: 'housing-benefit', purpose: 'housing-benefit.case', fileReference: 'WG 1/2026' } as const;
const CLERK = caller('caseworker', OFFICE);
const asking = (who: Caller | null, serves = (_: string) => true) => ({ caller: who, serves });
const resident = (change: Partial<ResidentReference> = {}): ResidentReference => ({
  __typename: 'Resident',
  ags: HOMBURG,
  housingBenefitLink: LINKER.seal(toLinkedPerson(PERSON)),
  ...change,
});
const FORMERLY = [{ ags: SAARBRUECKEN, link: LINKER.seal(toLinkedPerson(PERSON, HOME)) }];

describe('reading an office', () => {
  it.each(ROLES.map((role) => [role, role === 'caseworker'] as const))('is for a %s: %s', (role, expected) => {
    expect(mayReadOffice(asking(caller(role, OFFICE)), HOMBURG)).toBe(expected);
  });

  it.each([
    ['nobody', asking(null), HOMBURG],
    ['a caseworker of elsewhere', asking(CLERK), SAARBRUECKEN],
    ['anybody where it is not served', asking(CLERK, () => false), HOMBURG],
    ['the residents’ office', asking({ ...CLERK, office: 'residents', purpose: 'residents.inquiry' }), HOMBURG],
    ['the vehicle office', asking({ ...CLERK, office: 'vehicles', purpose: 'vehicles.registration' }), HOMBURG],
    ['another office with this purpose', asking({ ...CLERK, office: 'residents' }), HOMBURG],
    ['another purpose', asking({ ...CLERK, purpose: 'residents.inquiry' }), HOMBURG],
    ['no purpose', asking({ ...CLERK, purpose: null }), HOMBURG],
    ['no file', asking({ ...CLERK, fileReference: null }), HOMBURG],
  ])('is not for %s', (_, who, ags) => expect(mayReadOffice(who, ags)).toBe(false));
});

describe('where to look for the cases of a resident', () => {
  it('is their municipality, and for themselves those of former residences', () => {
    const reference = resident({ housingBenefitFormerly: FORMERLY });
    expect(planSearches(reference, asking(CITIZEN), LINKER)).toEqual([
      { ags: HOMBURG, person: toLinkedPerson(PERSON) },
      { ags: SAARBRUECKEN, person: toLinkedPerson(PERSON, HOME) },
    ]);
    expect(planSearches(reference, asking(CLERK), LINKER)).toEqual([{ ags: HOMBURG, person: toLinkedPerson(PERSON) }]);
  });

  it('is only what this instance serves', () => {
    const reference = resident({ housingBenefitLink: null, housingBenefitFormerly: FORMERLY });
    const only = (ags: string) => asking(CITIZEN, (other) => other === ags);
    expect(planSearches(reference, only(SAARBRUECKEN), LINKER)).toHaveLength(1);
    expect(planSearches(reference, only('10043114'), LINKER)).toEqual([]);
  });

  it('is uncertain where the residents register is', () => {
    for (const who of [CITIZEN, CLERK])
      expect(planSearches(resident({ housingBenefitLink: null }), asking(who), LINKER)).toBeNull();
  });

  it.each([
    ['nobody signed in', null],
    ['a caseworker of elsewhere', { ...CLERK, municipalities: ['10041*'] }],
    ['a residents’ office', { ...CLERK, office: 'residents', purpose: 'residents.inquiry' } as const],
    ...ROLES.filter((role) => role !== 'citizen' && role !== 'caseworker').map((role) => [role, caller(role)] as const),
  ])('is nowhere for %s', (_, who) => {
    const reference = resident({ housingBenefitFormerly: FORMERLY });
    expect(planSearches(reference, asking(who), LINKER)).toEqual([]);
    expect(planSearches(resident({ housingBenefitLink: null }), asking(who), LINKER)).toEqual([]);
  });

  it.each([
    ['of another name', { ...ACCOUNT, familyName: 'Großbach' }],
    ['of another given name', { ...ACCOUNT, givenNames: 'Anca Mirela' }],
    ['of another date of birth', { ...ACCOUNT, dateOfBirth: '1990-03-28' }],
    ['without an account', null],
  ])('is nowhere for a citizen %s', (_, account) => {
    const reference = resident({ housingBenefitFormerly: FORMERLY });
    expect(planSearches(reference, asking({ ...CITIZEN, account }), LINKER)).toEqual([]);
  });

  it('is nowhere by a link that was sealed for another register', () => {
    const others = createLinker('a key of the tests that is long enough to be one', 'vehicles');
    const link = others.seal(toLinkedPerson(PERSON));
    expect(planSearches(resident({ housingBenefitLink: link }), asking(CLERK), LINKER)).toEqual([]);
  });
});

describe('what a case says of its applicant', () => {
  const found = (isBlocked: boolean) => ({ ags: HOMBURG, applicant: { ...PERSON, isBlocked } });

  it('is a link', () => {
    const link = toApplicantLink(found(false), asking(CLERK), LINKER);
    expect(LINKER.open(link ?? '')).toEqual(toLinkedPerson(PERSON));
  });

  it('leads to nobody under a block, but for the person themself', () => {
    const link = toApplicantLink(found(true), asking(CLERK), LINKER) ?? '';
    expect(LINKER.open(link)).toMatchObject({ familyName: expect.stringMatching(/^\d+$/) });
    expect(toApplicantLink(found(true), asking(CITIZEN), LINKER)).toEqual(resident().housingBenefitLink);
  });

  it('is nothing where there is none', () => {
    expect(toApplicantLink({ applicant: null }, asking(CLERK), LINKER)).toBeNull();
  });
});
