/** Root fields with arguments, and the ways a client gives them. */
export const HOMBURG = '10045114';
export const ST_INGBERT = '10045117';
export const SEARCH = { familyName: 'Tellerhoff', givenName: 'Björn', dateOfBirth: '1976-08-30' };
export const ESTIMATE = { ags: HOMBURG, householdSize: 2, grossColdRentCents: 60_000, monthlyIncomeCents: 90_000 };

interface Field {
  readonly persona: string;
  /** Declared variables, and the field that uses them. */
  readonly head: string;
  readonly field: string;
}

export const FIELDS = {
  municipality: { persona: 'agent-115', head: '$ags: AGS!', field: 'municipality(ags: $ags) { name }' },
  resident: {
    persona: 'residents-clerk',
    head: '$ags: AGS!, $id: ID!',
    field: 'resident(ags: $ags, id: $id) { familyName }',
  },
  residents: {
    persona: 'residents-clerk',
    head: '$ags: AGS!, $search: ResidentSearch!, $first: Int, $after: String',
    field:
      'residents(ags: $ags, search: $search, first: $first, after: $after) { edges { node { familyName } } pageInfo { endCursor } }',
  },
  housingBenefitCase: {
    persona: 'benefit-clerk',
    head: '$ags: AGS!, $caseNumber: ID!',
    field: 'housingBenefitCase(ags: $ags, caseNumber: $caseNumber) { status }',
  },
  housingBenefitCases: {
    persona: 'benefit-clerk',
    head: '$ags: AGS!, $status: HousingBenefitStatus, $first: Int, $after: String',
    field:
      'housingBenefitCases(ags: $ags, status: $status, first: $first, after: $after) { edges { node { caseNumber } } pageInfo { endCursor } }',
  },
  payments: {
    persona: 'benefit-clerk',
    head: '$ags: AGS!, $pages: Int, $position: String',
    field:
      'housingBenefitCases(ags: $ags) { edges { node { payments(first: $pages, after: $position) { pageInfo { endCursor } } } } }',
  },
  housingBenefitEstimate: {
    persona: 'citizen',
    head: '$input: HousingBenefitEstimateInput!',
    field: 'housingBenefitEstimate(input: $input) { monthlyAmountCents }',
  },
  vehicle: {
    persona: 'vehicle-clerk',
    head: '$ags: AGS!, $plate: String!',
    field: 'vehicle(ags: $ags, plate: $plate) { make }',
  },
  vehicles: {
    persona: 'vehicle-clerk',
    head: '$ags: AGS!, $search: VehicleSearch, $first: Int, $after: String',
    field:
      'vehicles(ags: $ags, search: $search, first: $first, after: $after) { edges { node { plate } } pageInfo { endCursor } }',
  },
} as const satisfies Record<string, Field>;
export type Name = keyof typeof FIELDS;
export type Values = Readonly<Record<string, unknown>>;

const GOOD: Readonly<Record<Name, Values>> = {
  municipality: { ags: HOMBURG },
  resident: { ags: ST_INGBERT, id: 'unknown' },
  residents: { ags: ST_INGBERT, search: SEARCH },
  housingBenefitCase: { ags: HOMBURG, caseNumber: 'WG-1' },
  housingBenefitCases: { ags: HOMBURG },
  payments: { ags: HOMBURG },
  housingBenefitEstimate: { input: ESTIMATE },
  vehicle: { ags: HOMBURG, plate: 'HOM AB 123' },
  vehicles: { ags: HOMBURG },
};

/** The document and variables of a field: good ones, but for `values`. */
export function toRequest(name: Name, values: Values): { readonly document: string; readonly variables: Values } {
  const { head, field } = FIELDS[name];
  return { document: `query (${head}) { ${field} }`, variables: { ...GOOD[name], ...values } };
}

/** The same with all values in the document. */
export function toInlineDocument(name: Name, values: Values): string {
  const all: Values = { ...GOOD[name], ...values };
  const written = FIELDS[name].field
    .replace(/\w+: \$(\w+)/g, (text, variable: string) =>
      variable in all ? text.replace(`$${variable}`, () => write(all[variable])) : '',
    )
    .replace(/\( *,? *\)/, '');
  return `{ ${written} }`;
}

function write(value: unknown): string {
  if (typeof value === 'string' && /^[A-Z]{5,}$/.test(value)) return value;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`;
  return `{ ${Object.entries(value)
    .map(([name, item]) => `${name}: ${write(item)}`)
    .join(', ')} }`;
}
