import type { RequestContext } from '../../lib/subgraph/context.js';

export type Loaders = Record<string, never>;
export type Context = RequestContext<Loaders>;
