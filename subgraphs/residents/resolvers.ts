import type { Resolvers } from './schema.generated.js';

export const resolvers: Resolvers = {
  Query: {
    me: (_, _args, { loaders }, info) => loaders.me(info),
    resident: (_, key, { loaders }, info) => loaders.byId(key, info),
    residents: (_, args, { loaders }, info) => loaders.search(args, info),
  },
  Mutation: {
    requestManualFollowUp: (_, args, { loaders }) => loaders.requestFollowUp(args),
  },
  Resident: {
    __resolveReference: (reference, { loaders }, info) => loaders.byReference(reference, info),
    id: (resident, _, { loaders }) => loaders.idOf(resident),
    ownRecord: (resident, _, { loaders }) => loaders.proofOf(resident),
    municipality: ({ ags }) => ({ __typename: 'Municipality', ags }),
    vehiclesLink: (resident, _, { loaders }, info) => loaders.linkOf(resident, 'vehicles', info),
    housingBenefitLink: (resident, _, { loaders }, info) => loaders.linkOf(resident, 'housing-benefit', info),
    vehiclesFormerly: (resident, _, { loaders }) => loaders.formerLinksOf(resident, 'vehicles'),
    housingBenefitFormerly: (resident, _, { loaders }) => loaders.formerLinksOf(resident, 'housing-benefit'),
  },
  Vehicle: {
    __resolveReference: (reference) => reference,
    holder: ({ ags, holderLink }, _, { loaders }, info) => loaders.byLink({ ags, link: holderLink }, 'vehicles', info),
  },
  HousingBenefitCase: {
    __resolveReference: (reference) => reference,
    applicant: ({ ags, applicantLink }, _, { loaders }, info) =>
      loaders.byLink({ ags, link: applicantLink }, 'housing-benefit', info),
  },
};
