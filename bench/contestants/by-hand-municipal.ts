import { type Ask, askEntities, type ByHand, type Fields } from './by-hand.js';

interface Keys {
  readonly ags: string;
  readonly housingBenefitLink: string;
  readonly housingBenefitFormerly: unknown;
  readonly vehiclesLink: string;
  readonly vehiclesFormerly: unknown;
}
type Resident = Keys & Fields & { readonly id: string };

const HOUSING_KEYS = 'ags housingBenefitLink housingBenefitFormerly{ags link}';
const VEHICLE_KEYS = 'ags vehiclesLink vehiclesFormerly{ags link}';

/** The residents register, then housing benefit and vehicles side by side. */
export const municipalPage: ByHand = async (ask, variables) => {
  const own = 'familyName givenNames dateOfBirth currentAddress{street houseNumber postalCode place}';
  const { resident } = await ask<{ resident: Resident }>(
    'residents',
    `query($ags:AGS!,$id:ID!){resident(ags:$ags,id:$id){${own} ${HOUSING_KEYS} ${VEHICLE_KEYS}}}`,
    variables,
  );
  const [cases, vehicles] = await Promise.all([
    askCases(ask, [resident], 'caseNumber status monthlyAmountCents'),
    askEntities<Resident, { vehicles: unknown }>(ask, {
      subgraph: 'vehicles',
      type: 'Resident',
      items: [resident],
      key: ({ vehiclesLink }) => vehiclesLink,
      represent: ({ ags, vehiclesLink, vehiclesFormerly }) => ({ ags, vehiclesLink, vehiclesFormerly }),
      selection: 'vehicles{plate make model inspectionDue}',
    }),
  ]);
  const { familyName, givenNames, dateOfBirth, currentAddress } = resident;
  const { housingBenefitCases } = cases(resident);
  const answer = { familyName, givenNames, dateOfBirth, currentAddress, housingBenefitCases };
  return { resident: { ...answer, vehicles: vehicles(resident).vehicles } };
};

type Ags = { readonly ags: string };
type Vehicle = Fields & Ags & { readonly vin: string; readonly holderLink: string };
type Page = Fields & { readonly edges: readonly { readonly node: Vehicle }[]; readonly pageInfo: unknown };
type Holder = Resident & { readonly municipality: Ags };

/** The vehicles, their holders, then the holders' cases and municipalities side by side. */
export const municipalWide: ByHand = async (ask, variables) => {
  const own = 'ags vin holderLink plate make model status firstRegistration inspectionDue';
  const { vehicles } = await ask<{ vehicles: Page }>(
    'vehicles',
    `query($ags:AGS!){vehicles(ags:$ags,first:50){edges{node{${own}}}pageInfo{hasNextPage endCursor}}}`,
    { ags: variables['ags'] },
  );
  const nodes = vehicles.edges.map(({ node }) => node);
  const held = await askHolders(ask, nodes);
  const holders = nodes.map((node) => held(node).holder);
  const [cases, municipalities] = await Promise.all([askCases(ask, holders, CASE), askMunicipalities(ask, holders)]);
  const toHolder = (resident: Holder) => {
    const { id, familyName, givenNames, dateOfBirth, placeOfBirth, currentAddress, residences } = resident;
    const person = { id, familyName, givenNames, dateOfBirth, placeOfBirth, currentAddress, residences };
    return { ...person, municipality: municipalities(resident), ...cases(resident) };
  };
  const edges = nodes.map((node) => {
    const { plate, make, model, status, firstRegistration, inspectionDue } = node;
    const vehicle = { plate, make, model, status, firstRegistration, inspectionDue };
    return { node: { ...vehicle, holder: toHolder(held(node).holder) } };
  });
  return { vehicles: { edges, pageInfo: vehicles.pageInfo } };
};

const CASE = `caseNumber status monthlyAmountCents periodStart periodEnd
  decisions{decidedOn kind monthlyAmountCents} payments(first:3){edges{node{forMonth amountCents}}}`;

const PERSON = `id familyName givenNames dateOfBirth placeOfBirth
  currentAddress{street houseNumber postalCode place}
  residences{status movedIn movedOut address{street place}} municipality{ags}`;

const askHolders = (ask: Ask, vehicles: readonly Vehicle[]): Promise<(vehicle: Vehicle) => { holder: Holder }> =>
  askEntities(ask, {
    subgraph: 'residents',
    type: 'Vehicle',
    items: vehicles,
    key: ({ vin }) => vin,
    represent: ({ ags, vin, holderLink }) => ({ ags, vin, holderLink }),
    selection: `holder{${PERSON} ${HOUSING_KEYS}}`,
  });

const askCases = (
  ask: Ask,
  residents: readonly Resident[],
  selection: string,
): Promise<(resident: Resident) => { housingBenefitCases: unknown }> =>
  askEntities(ask, {
    subgraph: 'housing-benefit',
    type: 'Resident',
    items: residents,
    key: ({ housingBenefitLink }) => housingBenefitLink,
    represent: ({ ags, housingBenefitLink, housingBenefitFormerly }) => ({
      ags,
      housingBenefitLink,
      housingBenefitFormerly,
    }),
    selection: `housingBenefitCases{${selection}}`,
  });

const askMunicipalities = (
  ask: Ask,
  residents: readonly { readonly municipality: Ags }[],
): Promise<(resident: { readonly municipality: Ags }) => unknown> =>
  askEntities(ask, {
    subgraph: 'directory',
    type: 'Municipality',
    items: residents,
    key: ({ municipality }) => municipality.ags,
    represent: ({ municipality }) => ({ ags: municipality.ags }),
    selection: 'name district hosting{subgraph provider}',
  });
