import { defineSubgraph } from '../../lib/subgraph/define.js';
import { connectDirectory } from './connector.js';
import { createLoaders } from './loaders.js';
import { resolvers } from './resolvers.js';

export const subgraph = defineSubgraph({
  name: 'directory',
  schema: new URL('schema.graphql', import.meta.url),
  settings: {},
  connect: async ({ cooperation }) => connectDirectory(cooperation),
  loaders: createLoaders,
  resolvers,
});
