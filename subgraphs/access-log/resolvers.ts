import type { Resolvers } from './schema.generated.js';

export const resolvers: Resolvers = {
  Resident: {
    __resolveReference: (reference) => reference,
    accessLog: ({ ags, id, ownRecord }, page, { loaders }) =>
      loaders.accesses({ type: 'Resident', key: { ags, id }, proof: ownRecord, page }),
  },
  Vehicle: {
    __resolveReference: (reference) => reference,
    accessLog: ({ ags, vin, ownRecord }, page, { loaders }) =>
      loaders.accesses({ type: 'Vehicle', key: { ags, vin }, proof: ownRecord, page }),
  },
  HousingBenefitCase: {
    __resolveReference: (reference) => reference,
    accessLog: ({ ags, caseNumber, ownRecord }, page, { loaders }) =>
      loaders.accesses({ type: 'HousingBenefitCase', key: { ags, caseNumber }, proof: ownRecord, page }),
  },
};
