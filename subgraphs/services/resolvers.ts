import type { Context } from './loaders.js';
import type { Resolvers } from './schema.generated.js';

/** Everybody may read all of it: the catalogue is made for the public and knows no person. */
export const resolvers: Resolvers = {
  Query: {
    services: (_, { search, ags, first, after }, context) =>
      ags && !context.serves(ags)
        ? null
        : context.loaders.list({ coordinate: 'Query.services', search, ags, first: first ?? PAGE, after }),
    service: (_, { leikaKey }, { loaders }) => loaders.byKey(leikaKey),
  },
  Municipality: {
    __resolveReference: (reference, { serves }) => (serves(reference.ags) ? reference : null),
    services: ({ ags }, { first, after }, { loaders }) =>
      loaders.list({ coordinate: 'Municipality.services', ags, first: first ?? PAGE, after }),
    offices: ({ ags }, _, { loaders }) => [...loaders.officesIn(ags)],
  },
  Service: {
    __resolveReference: ({ leikaKey }, { loaders }) => loaders.byKey(leikaKey),
    onlineLinks: (service, { ags }, context) =>
      ags && !context.serves(ags) ? [] : [...context.loaders.onlineLinks(service, ags ?? null)],
    competentOffices: (service, { ags }, context) =>
      isServed(ags, context) ? [...context.loaders.competent(service, ags)] : [],
    competentOffice: (service, { ags, postalCode }, context) =>
      isServed(ags, context) ? context.loaders.competentAt(service, { ags, postalCode: postalCode ?? null }) : null,
  },
};

const PAGE = 20;

const isServed = (ags: string, { serves }: Context): boolean => serves(ags);
