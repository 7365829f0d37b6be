import { NO_RECORDS } from '../../lib/connection.js';
import { mayReadOffice } from './access.js';
import type { Resolvers } from './schema.generated.js';

export const resolvers: Resolvers = {
  Query: {
    housingBenefitCase: (_, key, context) => (mayReadOffice(context, key.ags) ? context.loaders.case(key) : null),
    housingBenefitCases: (_, args, context) =>
      mayReadOffice(context, args.ags) ? context.loaders.cases(args) : NO_RECORDS,
    housingBenefitEstimate: (_, { input }, { loaders }) => loaders.estimate(input),
  },
  Resident: {
    __resolveReference: (resident) => resident,
    housingBenefitCases: (resident, _, { loaders }) => loaders.casesOf(resident),
  },
  HousingBenefitCase: {
    __resolveReference: (key, context) => (mayReadOffice(context, key.ags) ? context.loaders.case(key) : null),
    applicantLink: (found, _, { loaders }) => loaders.applicantLinkOf(found),
    ownRecord: (found, _, { loaders }) => loaders.proofOf(found),
    decisions: (found, _, { loaders }) => loaders.decisionsOf(found),
    payments: (found, args, { loaders }) => loaders.paymentsOf(found, args),
  },
};
