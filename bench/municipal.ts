import { municipal } from '../test/support/oracle/supergraphs/municipal.js';
import { withoutRules } from './guard.js';

/** A page about one resident. */
export const RESIDENT = `query Page($ags: AGS!, $id: ID!) {
  resident(ags: $ags, id: $id) {
    familyName givenNames dateOfBirth
    currentAddress { street houseNumber postalCode place }
    housingBenefitCases { caseNumber status monthlyAmountCents }
    vehicles { plate make model inspectionDue }
  }
}`;

/** Vehicles with all there is about their holders. */
export const VEHICLES = `query Wide($ags: AGS!) {
  vehicles(ags: $ags, first: 50) {
    edges {
      node {
        plate make model status firstRegistration inspectionDue
        holder {
          id familyName givenNames dateOfBirth placeOfBirth
          currentAddress { street houseNumber postalCode place }
          residences { status movedIn movedOut address { street place } }
          municipality { name district hosting { subgraph provider } }
          housingBenefitCases {
            caseNumber status monthlyAmountCents periodStart periodEnd
            decisions { decidedOn kind monthlyAmountCents }
            payments(first: 3) { edges { node { forMonth amountCents } } }
          }
        }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const HOLDERS = `query Instances($ags: AGS!) {
  vehicles(ags: $ags, first: 50) { edges { node { plate holder { id familyName dateOfBirth } } } }
}`;

const MUNICIPAL_LENGTHS = {
  'VehicleConnection.edges': 50,
  'HousingBenefitPaymentConnection.edges': 3,
  'Resident.housingBenefitCases': 2,
  'Resident.vehicles': 2,
  'Resident.residences': 2,
  'Resident.givenNames': 2,
  'HousingBenefitCase.decisions': 2,
  'Municipality.hosting': 3,
};

/** The federation of this repository for whom everything is public. */
export const openMunicipal = withoutRules({ ...municipal, lengths: MUNICIPAL_LENGTHS });
