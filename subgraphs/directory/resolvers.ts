import type { Resolvers } from './schema.generated.js';

/** Everybody may read all of it: who hosts what for whom is no secret. */
export const resolvers: Resolvers = {
  Query: {
    municipalities: (_, __, { loaders }) => loaders.municipalities(),
    municipality: (_, { ags }, { loaders }) => loaders.municipality.load(ags),
  },
  Municipality: {
    __resolveReference: ({ ags }, { loaders }) => loaders.municipality.load(ags),
  },
};
