import { describe, expect, it } from '@jest/globals';
import type { SqlRow, SqlSource, Statement } from '../../../../lib/connect/sql.js';
import { createConnector } from '../../../../subgraphs/housing-benefit/connector.js';

const SIGNAL = new AbortController().signal;

/** A source that answers each statement by its name and its municipality, and keeps the calls. */
function createSource(answer: (name: string, ags: string, statement: Statement) => SqlRow[]) {
  const calls: Statement[][] = [];
  const source: SqlSource = {
    read: async (statements) => {
      calls.push([...statements]);
      return statements.map((statement) => answer(statement.name, String(statement.values[0]), statement));
    },
    close: async () => undefined,
  };
  return { calls, connector: createConnector(source) };
}

const namesOf = (statements: readonly Statement[] | undefined) =>
  statements?.map(({ name, values }) => `${name} ${values[0]}`);

describe('the connector', () => {
  it('asks each municipality of a batch once, behind its own setting, all in one call', async () => {
    const { calls, connector } = createSource((name, ags) =>
      name === 'faelle' ? [{ WG_NUMMER: 'A', STATUS: '02', EINKOMMEN: ags }] : [],
    );
    const keys = [
      { ags: '10041100', caseNumber: 'A' },
      { ags: '10045114', caseNumber: 'A' },
      { ags: '10041100', caseNumber: 'B' },
    ];
    const found = await connector.casesByNumber(keys, SIGNAL);
    expect(calls).toHaveLength(1);
    expect(namesOf(calls[0])).toEqual(['gemeinde 10041100', 'faelle 10041100', 'gemeinde 10045114', 'faelle 10045114']);
    expect(found.map((one) => one && [one.ags, one.monthlyIncomeCents])).toEqual([
      ['10041100', 10041100],
      ['10045114', 10045114],
      null,
    ]);
  });

  it('reads a page of a municipality behind its setting', async () => {
    const { calls, connector } = createSource((name) => (name === 'fallseite' ? [{ WG_NUMMER: 'A' }] : []));
    const page = { ags: '10041100', status: 'GRANTED', after: 'WG', limit: 21 } as const;
    expect(await connector.casesOfMunicipality(page, SIGNAL)).toMatchObject([{ caseNumber: 'A' }]);
    expect(namesOf(calls[0])).toEqual(['gemeinde 10041100', 'fallseite 10041100']);
    expect(calls[0]?.[1]?.values).toEqual(['10041100', '02', 'WG', 21]);
  });

  it('gives each date of birth its own people', async () => {
    const row = { MANDANT: '1', FAMNAME: 'A', VORNAMEN: 'B', SPERRE: '0', WG_NUMMER: null };
    const { connector } = createSource((name) =>
      name === 'personen'
        ? [
            { ...row, PERS_NR: '1', GEBDAT: '00001990' },
            { ...row, PERS_NR: '2', GEBDAT: '17051984' },
            { ...row, PERS_NR: '3', GEBDAT: '17051984' },
          ]
        : [],
    );
    const keys = ['1984-05-17', '1990', '2000-01-01'].map((dateOfBirth) => ({ ags: '10041100', dateOfBirth }));
    const found = await connector.personsByBirthDate(keys, SIGNAL);
    expect(found.map((persons) => persons.length)).toEqual([2, 1, 0]);
  });

  it('reads decisions and payments of many cases in one call, and deals them to their cases and pages', async () => {
    const { calls, connector } = createSource((name, ags) => {
      if (name === 'bescheide') return [{ WG_NUMMER: 'B', BESCHEIDART: '01', BETRAG: '1' }];
      if (name !== 'zahlungen') return [];
      return [
        { SEITE: '2', MONAT: '202601', LFD_NR: '2', BETRAG: ags === '1' ? '12' : '22' },
        { SEITE: '2', MONAT: '202512', LFD_NR: '1', BETRAG: '0' },
      ];
    });
    const page = (ags: string, caseNumber: string) => ({ ags, caseNumber, after: null, limit: 3 });
    const found = await connector.details(
      {
        decisions: [
          { ags: '1', caseNumber: 'A' },
          { ags: '1', caseNumber: 'B' },
        ],
        payments: [page('1', 'A'), page('2', 'A'), page('1', 'B'), page('2', 'B')],
      },
      SIGNAL,
    );
    expect(calls).toHaveLength(1);
    expect(namesOf(calls[0])).toEqual([
      'gemeinde 1',
      'bescheide 1',
      'gemeinde 1',
      'zahlungen 1',
      'gemeinde 2',
      'zahlungen 2',
    ]);
    expect(found.decisions.map((decisions) => decisions.map(({ kind }) => kind))).toEqual([[], ['FIRST_GRANT']]);
    expect(found.payments.map((payments) => payments.map(({ amountCents }) => amountCents))).toEqual([
      [],
      [],
      [12, 0],
      [22, 0],
    ]);
  });

  it('asks nobody about nothing', async () => {
    const { calls, connector } = createSource(() => []);
    expect(await connector.details({ decisions: [], payments: [] }, SIGNAL)).toEqual({ decisions: [], payments: [] });
    expect(calls).toEqual([]);
  });

  it('never puts a value into the text of a statement', async () => {
    const { calls, connector } = createSource(() => []);
    const evil = `'; DROP TABLE "WOHNGELD"."PERSON"; --`;
    await connector.casesByNumber([{ ags: evil, caseNumber: evil }], SIGNAL);
    await connector.casesOfMunicipality({ ags: evil, status: null, after: evil, limit: 1 }, SIGNAL);
    await connector.personsByBirthDate([{ ags: evil, dateOfBirth: evil }], SIGNAL);
    const position = { month: evil, number: 1 };
    await connector.details(
      { decisions: [], payments: [{ ags: evil, caseNumber: evil, after: position, limit: 1 }] },
      SIGNAL,
    );
    expect(calls.flat()).toHaveLength(8);
    expect(
      calls
        .flat()
        .map(({ text }) => text)
        .join('\n'),
    ).not.toContain('DROP');
  });
});
