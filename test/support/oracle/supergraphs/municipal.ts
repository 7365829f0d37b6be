import { readdirSync, readFileSync } from 'node:fs';
import type { TestSupergraph } from '../compose.js';

const ROOT = new URL(`../../../../${import.meta.url.includes('/dist/') ? '../' : ''}`, import.meta.url);
/** More than a world has municipalities: the key of a municipality must not mean two. */
const MUNICIPALITIES = Array.from({ length: 64 }, (_, index) => String(10_041_100 + index));

/** The federation of this repository, its subgraphs answering from the test world instead of any register. */
export const municipal: TestSupergraph = {
  name: 'municipal',
  needsRights: true,
  subgraphs: Object.fromEntries(
    readdirSync(new URL('subgraphs/', ROOT), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'example')
      .map(({ name }) => [name, `${read('schema/directives.graphql')}\n${read(`subgraphs/${name}/schema.graphql`)}`]),
  ),
  values: {
    AGS: MUNICIPALITIES,
    Date: ['2024-01-31', '2025-12-01'],
    PartialDate: ['1980', '1980-05', '1980-05-17'],
    'Query.resident.id': ['abc-1', 'abc-2'],
    'Query.vehicle.plate': ['HOM AB 123', 'SB-X 1'],
    'Query.housingBenefitCase.caseNumber': ['W-2024-17', '4711'],
    'HousingBenefitEstimateInput.householdSize': [1, 4, 13],
    'HousingBenefitEstimateInput.grossColdRentCents': [0, 55_000],
    'HousingBenefitEstimateInput.monthlyIncomeCents': [0, 123_456],
    'HousingBenefitEstimateInput.entitledMembers': [1, 3],
    'Query.housingBenefitCases.first': [1, 20, 100],
    'Query.residents.first': [1, 20],
    'Query.vehicles.first': [1, 100],
    'HousingBenefitCase.payments.first': [1, 12],
    'Resident.accessLog.first': [1, 20],
    'Resident.accessLog.after': [null],
    'Vehicle.accessLog.first': [1, 20],
    'Vehicle.accessLog.after': [null],
    'HousingBenefitCase.accessLog.first': [1, 20],
    'HousingBenefitCase.accessLog.after': [null],
    'Query.housingBenefitCases.after': [null],
    'Query.residents.after': [null],
    'Query.vehicles.after': [null],
    'HousingBenefitCase.payments.after': [null],
    'ResidentSearch.familyName': ['Sörensen', 'Müller'],
    'ResidentSearch.givenName': ['Jördis'],
    'ResidentSearch.placeOfBirth': ['Homburg'],
    'ResidentSearch.street': ['Am Markt'],
    'VehicleSearch.make': ['VW'],
    'VehicleSearch.platePrefix': ['HOM'],
  },
};

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}
