/** Asks one subgraph. @returns Its `data`. */
export type Ask = <T>(subgraph: string, query: string, variables?: Readonly<Record<string, unknown>>) => Promise<T>;

/** One operation, written out. @returns The operation's `data`. */
export type ByHand = (ask: Ask, variables: Readonly<Record<string, unknown>>) => Promise<unknown>;

export type Fields = Readonly<Record<string, unknown>>;

interface EntityOrder<T> {
  readonly subgraph: string;
  readonly type: string;
  readonly selection: string;
  readonly items: readonly T[];
  /** What identifies an item: equal ones are asked for once. */
  readonly key: (item: T) => string;
  readonly represent: (item: T) => Fields;
}

/** Asks for many entities in one request. @returns What came back, by key. */
export async function askEntities<T, R>(ask: Ask, order: EntityOrder<T>): Promise<(item: T) => R> {
  const unique = new Map(order.items.map((item) => [order.key(item), item]));
  const representations = [...unique.values()].map((item) => ({ __typename: order.type, ...order.represent(item) }));
  const query = `query($r:[_Any!]!){_entities(representations:$r){... on ${order.type}{${order.selection}}}}`;
  const { _entities } = await ask<{ _entities: R[] }>(order.subgraph, query, { r: representations });
  const found = new Map([...unique.keys()].map((key, index) => [key, _entities[index] as R]));
  return (item) => found.get(order.key(item)) as R;
}
