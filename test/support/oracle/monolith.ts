import { execute, type GraphQLSchema, isAbstractType, isObjectType, parse } from 'graphql';
import type { Engine } from './engine.js';
import type { Run } from './faults.js';
import type { Item } from './items.js';
import type { World } from './world.js';

/**
 * The same world in one plain schema, executed by graphql-js: what any federation over it has to answer. It knows
 * nothing of subgraphs, so it can be asked only about faults of single fields.
 */
export function createMonolith(world: World): Engine {
  const schema = world.anatomy.api;
  bind(schema, world);
  return {
    name: 'monolith',
    run: async ({ query, variables, operationName }, run) =>
      execute({ schema, document: parse(query), variableValues: variables, operationName, contextValue: run }),
    close: async () => undefined,
  };
}

function bind(schema: GraphQLSchema, world: World): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = (item: Item) => item.type;
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const isMutation = type === schema.getMutationType();
    for (const field of Object.values(type.getFields()))
      field.resolve = (source: Item | undefined, args, run: Run) => {
        const item = source ?? world.root(type.name);
        const isMachinery = world.anatomy.machinery.has(field.name);
        if (run.faults.failsField(item, field.name, isMachinery)) throw new Error('planned fault');
        return world.truth(item, field.name, args, isMutation ? `@${run.turns++}` : '');
      };
  }
}
