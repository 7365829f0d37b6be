import { type GraphQLObjectType, type GraphQLSchema, parse, validate } from 'graphql';
import type { Operation } from '../engine.js';
import { createRandom, type Random } from '../random.js';
import { createSelections } from './selections.js';
import { createVariables } from './variables.js';

export interface GeneratorSettings {
  /** Values that may be sent, by scalar name or by coordinate of an argument or input field. */
  readonly values: Readonly<Record<string, readonly unknown[]>>;
  /** Upper bound of selections, fragments expanded. */
  readonly maxSelections: number;
  readonly maxDepth: number;
  /** Names that no alias takes from another field. */
  readonly reserved: ReadonlySet<string>;
}

export const DEFAULT_GENERATOR: GeneratorSettings = { values: {}, maxSelections: 60, maxDepth: 7, reserved: new Set() };

/**
 * Writes one valid operation.
 *
 * @param seed Equal schema, seed and settings give the same operation on every machine.
 * @throws Error where a hundred tries gave none; then the generator is wrong.
 */
export function generateOperation(schema: GraphQLSchema, seed: string, settings: GeneratorSettings): Operation {
  for (let attempt = 0; attempt < 100; attempt++) {
    const operation = write(schema, createRandom(`${seed} ${attempt}`), settings);
    if (validate(schema, parse(operation.query)).length === 0) return operation;
  }
  throw new Error(`no valid operation from seed ${seed}`);
}

function write(schema: GraphQLSchema, random: Random, settings: GeneratorSettings): Operation {
  const mutation = schema.getMutationType();
  const isMutation = !!mutation && random.chance(0.25);
  const root = (isMutation ? mutation : schema.getQueryType()) as GraphQLObjectType;
  const variables = createVariables(random, settings.values);
  const selections = createSelections({ schema, random, settings, variables });
  const body = selections.write(root, random.pick([2, 3, 4, 5, settings.maxDepth]));
  const name = random.chance(0.6) ? `Op${random.integer(100)}` : '';
  const others = name !== '' && random.chance(0.15) ? [`query Other { __typename }`] : [];
  const kind = isMutation ? 'mutation' : 'query';
  const isShort = kind === 'query' && name === '' && variables.definitions() === '';
  const operation = isShort ? body : `${kind} ${name}${variables.definitions()} ${body}`;
  const query = [...others, operation, ...selections.fragments()].join('\n');
  const operationName = name !== '' && (others.length > 0 || random.chance(0.5)) ? name : undefined;
  return { query, variables: variables.values(), operationName };
}
