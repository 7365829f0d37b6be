import { describe, expect, it } from '@jest/globals';
import type { SqlRow } from '../../../../lib/connect/sql.js';
import { AppError } from '../../../../lib/errors.js';
import {
  fromBirthDate,
  statusCode,
  toBirthDate,
  toCase,
  toDecision,
  toPayment,
  toPersons,
} from '../../../../subgraphs/housing-benefit/record.js';

const CASE: SqlRow = {
  WG_NUMMER: 'WG10045-1',
  STATUS: '02',
  HH_GROESSE: '3',
  MIETE: '60309',
  EINKOMMEN: '175917',
  WOHNGELD: '30500',
  BWZ_VON: '20260501',
  BWZ_BIS: '20270430',
  FAMNAME: 'Ștefănescu-Großbach',
  VORNAMEN: 'Mirela Anca',
  GEBDAT: '28021990',
  SPERRE: '0',
};
const PERSON: SqlRow = {
  ...CASE,
  MANDANT: '10045',
  PERS_NR: '7',
  GEBORT: 'Homburg',
  STRASSE: 'Talstraße',
  HAUSNR: '111',
  PLZ: '66424',
};
const DECISION: SqlRow = {
  BESCHEIDART: '01',
  BESCHEIDDATUM: '20260519',
  GUELTIG_AB: '20260501',
  GUELTIG_BIS: '99991231',
  BETRAG: '30500',
};

const caseWith = (change: SqlRow) => toCase('10045114', { ...CASE, ...change });
const isMalformed = (value: unknown) => value instanceof AppError && value.code === 'LEGACY_MALFORMED';

describe('a case', () => {
  it('comes from its columns', () => {
    expect(toCase('10045114', CASE)).toEqual({
      ags: '10045114',
      caseNumber: 'WG10045-1',
      status: 'GRANTED',
      householdSize: 3,
      grossColdRentCents: 60309,
      monthlyIncomeCents: 175917,
      monthlyAmountCents: 30500,
      periodStart: '2026-05-01',
      periodEnd: '2027-04-30',
      applicant: {
        familyName: 'Ștefănescu-Großbach',
        givenName: 'Mirela',
        dateOfBirth: '1990-02-28',
        isBlocked: false,
      },
    });
  });

  it.each([
    ['01', 'APPLIED'],
    ['02', 'GRANTED'],
    ['03', 'REFUSED'],
    ['04', 'STOPPED'],
    ['05', 'ENDED'],
  ] as const)('has the state of code %s: %s', (code, status) => {
    expect(caseWith({ STATUS: code }).status).toBe(status);
    expect(statusCode(status)).toBe(code);
  });

  it.each([
    ['an unknown code', 'status', { STATUS: '92' }],
    ['no code', 'status', { STATUS: null }],
    ['a code named like a property of every object', 'status', { STATUS: 'toString' }],
    ['a negative amount', 'monthlyAmountCents', { WOHNGELD: '-1' }],
    ['an amount with a comma', 'grossColdRentCents', { MIETE: '603,09' }],
    ['an amount beyond all reason', 'monthlyIncomeCents', { EINKOMMEN: '99999999999' }],
    ['words for a number', 'householdSize', { HH_GROESSE: 'drei' }],
    ['a day that is none', 'periodStart', { BWZ_VON: '20260230' }],
    ['a day in another order', 'periodEnd', { BWZ_BIS: '30042027' }],
  ] as const)('with %s has only that field malformed', (_, field, change) => {
    const { [field]: value, ...rest } = caseWith(change);
    const { [field]: __, ...sound } = caseWith({});
    expect(isMalformed(value)).toBe(true);
    expect(rest).toEqual(sound);
  });

  it('says nothing of the value that is malformed', () => {
    const error = caseWith({ WOHNGELD: '12x34' }).monthlyAmountCents as AppError;
    expect(`${error.message} ${error.cause}`).not.toContain('12x34');
    expect(String(error.cause)).toContain('WOHNGELD');
  });

  it('before a decision has no amount', () => expect(caseWith({ WOHNGELD: null }).monthlyAmountCents).toBeNull());

  it.each([
    ['99991231', null],
    ['00000000', null],
    ['        ', null],
    ['20240229', '2024-02-29'],
  ])('with a period to %s ends on %s', (text, day) => expect(caseWith({ BWZ_BIS: text }).periodEnd).toBe(day));

  it.each([
    ['no family name', { FAMNAME: null }],
    ['no given name', { VORNAMEN: '' }],
    ['an impossible date of birth', { GEBDAT: '31021990' }],
    ['no person', { FAMNAME: null, VORNAMEN: null, GEBDAT: null, SPERRE: null }],
  ])('with %s has no applicant', (_, change) => expect(caseWith(change).applicant).toBeNull());

  it.each([['1'], ['J'], [''], [null]])('counts the flag %j as a block', (flag) => {
    expect(caseWith({ SPERRE: flag }).applicant?.isBlocked).toBe(true);
  });
});

describe('a date of birth', () => {
  it.each([
    ['28021990', '1990-02-28'],
    ['00021990', '1990-02'],
    ['00001990', '1990'],
  ])('%s is %s, and back', (text, date) => {
    expect(toBirthDate(text)).toBe(date);
    expect(fromBirthDate(date)).toBe(text);
  });

  it.each([['28001990'], ['31021990'], ['00131990'], ['00000000'], ['1990'], ['2802199x'], [''], [null], [undefined]])(
    '%j is none',
    (text) => expect(toBirthDate(text)).toBeNull(),
  );
});

describe('persons', () => {
  it('have all their cases, and their home', () => {
    const persons = toPersons('10045114', [PERSON, { ...PERSON, WG_NUMMER: 'WG10045-2' }]);
    expect(persons).toMatchObject([
      {
        familyName: 'Ștefănescu-Großbach',
        placeOfBirth: 'Homburg',
        home: { street: 'Talstraße', houseNumber: '111', postalCode: '66424' },
        cases: [{ caseNumber: 'WG10045-1' }, { caseNumber: 'WG10045-2' }],
      },
    ]);
  });

  it('may have no case', () => expect(toPersons('1', [{ ...PERSON, WG_NUMMER: null }])).toMatchObject([{ cases: [] }]));

  it('of different clients are different, whatever their number', () => {
    expect(toPersons('1', [PERSON, { ...PERSON, MANDANT: '10041' }, { ...PERSON, PERS_NR: '8' }])).toHaveLength(3);
  });
});

describe('a decision', () => {
  it('comes from its columns', () => {
    expect(toDecision(DECISION)).toEqual({
      decidedOn: '2026-05-19',
      kind: 'FIRST_GRANT',
      validFrom: '2026-05-01',
      validTo: null,
      monthlyAmountCents: 30500,
    });
  });

  it.each([
    ['01', 'FIRST_GRANT'],
    ['02', 'CONTINUATION'],
    ['03', 'INCREASE'],
    ['04', 'EX_OFFICIO'],
    ['05', 'REFUSAL'],
    ['06', 'STOP'],
  ])('has the kind of code %s: %s', (code, kind) => {
    expect(toDecision({ ...DECISION, BESCHEIDART: code }).kind).toBe(kind);
  });

  it('of an unknown kind has only that malformed', () => {
    const decision = toDecision({ ...DECISION, BESCHEIDART: '77' });
    expect(isMalformed(decision.kind)).toBe(true);
    expect(decision.monthlyAmountCents).toBe(30500);
  });
});

describe('a payment', () => {
  const ROW = { SEITE: '1', MONAT: '202605', LFD_NR: '12', ZAHLDATUM: '20260428', BETRAG: '30500' };

  it('comes from its columns', () => {
    expect(toPayment(ROW)).toMatchObject({ forMonth: '2026-05-01', paidOn: '2026-04-28', amountCents: 30500 });
  });

  it('of a month that is none has only that malformed', () => {
    const payment = toPayment({ ...ROW, MONAT: '202613' });
    expect([isMalformed(payment.forMonth), payment.amountCents]).toEqual([true, 30500]);
  });
});
