import { mayRead } from './access.js';
import type { Context } from './loaders.js';
import type { Resolvers } from './schema.generated.js';

export const resolvers: Resolvers = {
  Query: { parcel: (_, key, context) => findParcel(key, context) },
  Parcel: { __resolveReference: (reference, context) => findParcel(reference, context) },
  Encumbrance: { sheet: (encumbrance, _, { loaders }) => loaders.sheet(encumbrance) },
};

/** Unknown and forbidden are the same answer. */
const findParcel = ({ ags, key }: { ags: string; key: string }, { caller, serves, loaders }: Context) =>
  serves(ags) && mayRead(caller, ags) ? loaders.parcel.load({ ags, key }) : null;
