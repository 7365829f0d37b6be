import { isCompetentFor } from '../../lib/caller.js';
import type { Context } from './loaders.js';
import type { LostItem } from './record.js';
import type { Resolvers } from './schema.generated.js';

export const resolvers: Resolvers = {
  Query: {
    lostItem: (_, key, { loaders }) => loaders.item(key),
    lostItems: (_, args, { loaders }) => loaders.page(args),
  },
  LostItem: {
    __resolveReference: (key, { loaders }) => loaders.item(key),
    storagePlace: (item, _, context) => (isOwnOffice(item, context) ? item.storagePlace : null),
    municipality: ({ ags }) => ({ __typename: 'Municipality', ags }),
  },
};

/** The gateway decides about the field; about the single record decides who knows it: no, unless all of this holds. */
const isOwnOffice = ({ ags }: LostItem, { caller }: Context): boolean =>
  caller?.role === 'caseworker' && isCompetentFor(caller, ags) && caller.purpose !== null && !!caller.fileReference;
