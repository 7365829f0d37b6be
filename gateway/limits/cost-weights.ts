import { type ConstDirectiveNode, type DocumentNode, Kind } from 'graphql';
import { argumentsOf, type Feature, nameOf } from '../supergraph.js';

/** Weights and list sizes a schema declares, by schema coordinate (IBM GraphQL cost specification, `@cost`, `@listSize`). */
export interface CostWeights {
  /** `Type`, `Type.field` or `Type.field(argument:)`. */
  readonly weights: ReadonlyMap<string, number>;
  /** `Type.field`. */
  readonly lists: ReadonlyMap<string, ListSize>;
}

export interface ListSize {
  readonly assumedSize: number | null;
  /** Arguments whose value bounds the list, for example `first`. */
  readonly slicingArguments: readonly string[];
  /** Where the field is a connection: the fields below it that hold the list. */
  readonly sizedFields: readonly string[];
}

const COST: Feature = { url: 'https://specs.apollo.dev/cost/', directive: 'cost' };
const LIST_SIZE: Feature = { url: 'https://specs.apollo.dev/cost/', directive: 'listSize' };

interface Marked {
  readonly name: { readonly value: string };
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

export function readCostWeights(supergraph: DocumentNode): CostWeights {
  const names = { cost: nameOf(supergraph, COST), listSize: nameOf(supergraph, LIST_SIZE) };
  const weights = new Map<string, number>();
  const lists = new Map<string, ListSize>();
  const read = (coordinate: string, { directives = [] }: Marked) => {
    for (const directive of directives) {
      if (directive.name.value === names.cost) weights.set(coordinate, Number(argumentsOf(directive)['weight']));
      if (directive.name.value === names.listSize) lists.set(coordinate, toListSize(argumentsOf(directive)));
    }
  };
  for (const definition of supergraph.definitions) {
    if (!('name' in definition) || !definition.name || !('directives' in definition)) continue;
    const type = definition as Marked;
    read(type.name.value, type);
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of definition.fields ?? []) {
      const coordinate = `${definition.name.value}.${field.name.value}`;
      read(coordinate, field);
      for (const argument of field.arguments ?? []) read(`${coordinate}(${argument.name.value}:)`, argument);
    }
  }
  return { weights, lists };
}

const toListSize = (args: Record<string, unknown>): ListSize => ({
  assumedSize: typeof args['assumedSize'] === 'number' ? args['assumedSize'] : null,
  slicingArguments: Array.isArray(args['slicingArguments']) ? args['slicingArguments'].map(String) : [],
  sizedFields: Array.isArray(args['sizedFields']) ? args['sizedFields'].map(String) : [],
});
