import { printSchema, Supergraph } from '@apollo/federation-internals';

/** @returns What clients see of a supergraph, as SDL. */
export const apiSchemaOf = (supergraph: string): string =>
  printSchema(Supergraph.build(supergraph, { supportedFeatures: null, validateSupergraph: false }).apiSchema());
