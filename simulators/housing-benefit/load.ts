import type { Pool } from 'pg';
import type { BenefitFacts, HomeAt, Person } from '../person.js';
import type { Calendar } from '../world-calendar.js';
import { type Decision, type Payment, toHistory } from './history.js';

/** Who may be meant by a message about a block, and where their entries stand. */
export interface Applicant {
  readonly mandant: string;
  readonly persNr: number;
  /** Municipality of the residence and of the office. */
  readonly municipalities: readonly string[];
  readonly registerKey: string;
  readonly persona: string | null;
}

type Row = readonly (string | number | null)[];

const TABLES = {
  MANDANT: ['text', 'text'],
  SCHLUESSEL: ['text', 'text', 'text', 'text', 'text'],
  PERSON: ['text', 'int', ...Array<string>(13).fill('text')],
  WOHNGELDFALL: ['text', 'text', 'text', 'int', 'text', 'text', 'int', 'int', 'int', 'int', 'text', 'text'],
  BESCHEID: ['text', 'text', 'text', 'int', 'text', 'text', 'text', 'text', 'int'],
  ZAHLUNG: ['text', 'text', 'text', 'int', 'text', 'text', 'int', 'text'],
} as const;
type Table = keyof typeof TABLES;

const BATCH_ROWS = 5000;
const OPEN = '99991231';

/** Key tables; what stands in cases and decisions. */
const CODES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  FALLSTATUS: { '01': 'beantragt', '02': 'bewilligt', '03': 'abgelehnt', '04': 'eingestellt', '05': 'abgelaufen' },
  BESCHEIDART: {
    '01': 'Erstbewilligung',
    '02': 'Weiterbewilligung',
    '03': 'Erhöhung',
    '04': 'Änderung von Amts wegen',
    '05': 'Ablehnung',
    '06': 'Einstellung',
  },
  GESCHLECHT: { '01': 'männlich', '02': 'weiblich', '03': 'divers', '09': 'ohne Angabe' },
  ZAHLWEG: { '01': 'Überweisung', '02': 'an Vermieter' },
};

/**
 * Fills the tables with the cases that the offices of `serves` hold.
 *
 * @param serves AGS.
 * @returns The applicants.
 */
export async function loadCases(
  owner: Pool,
  people: Iterable<Person>,
  { serves, calendar }: { readonly serves: ReadonlySet<string>; readonly calendar: Calendar },
): Promise<Applicant[]> {
  const applicants: Applicant[] = [];
  const waiting: Record<Table, Row[]> = {
    MANDANT: [],
    SCHLUESSEL: keyRows(),
    PERSON: [],
    WOHNGELDFALL: [],
    BESCHEID: [],
    ZAHLUNG: [],
  };
  waiting.MANDANT = [...new Set([...serves].map((ags) => ags.slice(0, 5)))].map((key) => [
    key,
    `Wohngeldstelle ${key} (fiktiv)`,
  ]);
  const flush = async (leastRows: number) => {
    for (const table of Object.keys(TABLES) as Table[])
      while (waiting[table].length > 0 && waiting[table].length >= leastRows)
        await insert(owner, table, waiting[table].splice(0, BATCH_ROWS));
  };
  for (const person of people) {
    const facts = person.housingBenefit;
    if (!facts || !serves.has(facts.officeAgs)) continue;
    const applicant = toApplicant(person, facts, applicants.length + 1);
    applicants.push(applicant);
    addRows(waiting, { person, facts, applicant, calendar });
    await flush(BATCH_ROWS);
  }
  await flush(1);
  await owner.query('ANALYZE');
  return applicants;
}

function addRows(
  waiting: Record<Table, Row[]>,
  {
    person,
    facts,
    applicant,
    calendar,
  }: { person: Person; facts: BenefitFacts; applicant: Applicant; calendar: Calendar },
): void {
  const key = [applicant.mandant, facts.officeAgs, facts.caseNumber] as const;
  const { decisions, payments } = toHistory(facts, calendar);
  waiting.PERSON.push(...personRows(person, facts, applicant));
  waiting.WOHNGELDFALL.push(caseRow(facts, applicant, key));
  waiting.BESCHEID.push(...decisions.map((decision, index) => [...key, index + 1, ...decisionRow(decision, calendar)]));
  waiting.ZAHLUNG.push(...payments.map((payment, index) => [...key, index + 1, ...paymentRow(payment, calendar)]));
}

const toApplicant = (person: Person, { officeAgs }: BenefitFacts, persNr: number): Applicant => ({
  mandant: officeAgs.slice(0, 5),
  persNr,
  municipalities: [person.ags, officeAgs],
  registerKey: person.registerKey,
  persona: person.persona,
});

/** The home the office knows, and one before it where the person lived elsewhere in the same municipality. */
function personRows(person: Person, facts: BenefitFacts, { mandant, persNr }: Applicant): Row[] {
  const current = facts.applicantHome;
  const before = person.residences.find(
    // Who left on the day of moving in has that home twice; only another one can have been before it.
    ({ ags, movedIn, movedOut }) => ags === current.ags && movedOut === current.movedIn && movedIn < current.movedIn,
  );
  const entry = (home: HomeAt, until: string): Row => [
    mandant,
    persNr,
    plain(home.movedIn),
    until,
    facts.officeAgs,
    facts.applicantFamilyName,
    person.givenNames.join(' '),
    birthDate(person.dateOfBirth),
    person.placeOfBirth,
    { m: '01', w: '02', d: '03', x: '09' }[person.sex],
    home.street,
    home.houseNumber,
    home.postalCode,
    home.place,
    person.blocked ? '1' : '0',
  ];
  return before ? [entry(before, plain(current.movedIn)), entry(current, OPEN)] : [entry(current, OPEN)];
}

function caseRow(facts: BenefitFacts, { persNr }: Applicant, key: readonly [string, string, string]): Row {
  const start = plain(facts.periodStart);
  return [
    ...key,
    persNr,
    `0${facts.status}`,
    start,
    facts.householdSize,
    facts.grossColdRentCents,
    facts.monthlyIncomeCents,
    facts.status === 1 ? null : facts.monthlyAmountCents,
    start,
    plain(facts.periodEnd),
  ];
}

const decisionRow = ({ kind, decidedOn, validFrom, validTo, amountCents }: Decision, { iso }: Calendar): Row => [
  kind,
  plain(iso(decidedOn)),
  plain(iso(validFrom)),
  validTo === null ? OPEN : plain(iso(validTo)),
  amountCents,
];

const paymentRow = ({ month, paidOn, amountCents }: Payment, { iso }: Calendar): Row => [
  plain(iso(month)).slice(0, 6),
  plain(iso(paidOn)),
  amountCents,
  '01',
];

const keyRows = (): Row[] =>
  Object.entries(CODES).flatMap(([table, codes]) =>
    Object.entries(codes).map(([code, text]) => [table, code, text, '19950101', OPEN]),
  );

/** JJJJMMTT */
const plain = (iso: string): string => iso.replaceAll('-', '');

/** TTMMJJJJ, zeros for what is not known. */
function birthDate(partial: string): string {
  const [year = '', month = '00', day = '00'] = partial.split('-');
  return `${day}${month}${year}`;
}

/** One statement with an array for each column: many rows without their number among the parameters. */
async function insert(owner: Pool, table: Table, rows: readonly Row[]): Promise<void> {
  const types = TABLES[table];
  const columns = types.map((_, column) => rows.map((row) => row[column] ?? null));
  const arrays = types.map((type, column) => `$${column + 1}::${type}[]`).join(', ');
  await owner.query(`INSERT INTO "WOHNGELD"."${table}" SELECT * FROM unnest(${arrays})`, columns);
}
