import { createTestRegistry, type TestRegistry } from './registry.js';
import { type StandIn, startStandIn } from './stand-in.js';

/** Two subgraphs that both can answer the same fields; which one does says the version of the supergraph. */
export interface Swapping {
  readonly registry: TestRegistry;
  readonly left: StandIn;
  readonly right: StandIn;
  /** Publishes the next version: odd ones answer from the left, even ones from the right. */
  swap(): Promise<void>;
  close(): Promise<void>;
}

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@external", "@shareable"])';
const SERVED = `${LINK}
type Query { item: Item @shareable }
type Item @key(fields: "id") { id: ID! @shareable, a: String @shareable, b: String @shareable, odd: Int, even: Int }`;

const base = `${LINK} type Query { item: Item } type Item @key(fields: "id") { id: ID!`;
/** Schemas as they are proposed, by the parity of the version. */
const VERSIONS = [
  {
    left: `${base} }`,
    right: `${LINK} type Item @key(fields: "id") { id: ID!, a: String, b: String, even: Int }`,
  },
  { left: `${base}, a: String, b: String, odd: Int }`, right: `${LINK} type Item @key(fields: "id") { id: ID! }` },
] as const;

/** @param where As `TestRegistryOptions`. */
export async function startSwapping(where?: string): Promise<Swapping> {
  const [left, right] = await Promise.all(['left', 'right'].map((name) => start(name)));
  if (!left || !right) throw new TypeError('Two were started.');
  const places = { left: [{ url: left.url }], right: [{ url: right.url }] };
  const registry = await createTestRegistry(places, where === undefined ? {} : { where });
  let version = 0;
  return {
    registry,
    left,
    right,
    async swap() {
      version += 1;
      const { left: ofLeft, right: ofRight } = VERSIONS[version % 2 === 0 ? 0 : 1];
      const note = `# version ${version}\n`;
      await registry.publish({
        sources: [
          { name: 'left', sdl: `${note}${ofLeft}` },
          { name: 'right', sdl: `${note}${ofRight}` },
        ],
      });
    },
    async close() {
      await Promise.all([left.close(), right.close()]);
      await registry.remove();
    },
  };
}

const start = (name: string): Promise<StandIn> => {
  const item = { __typename: 'Item', id: '1', a: name, b: name, odd: 1, even: 2 };
  return startStandIn({
    typeDefs: SERVED,
    resolvers: { Query: { item: () => item }, Item: { __resolveReference: () => item } },
  });
};

/** Says in one answer from where its data is and by which schema it was judged. */
export const MIXED = '{ item { a b } __type(name: "Item") { fields { name } } }';

export interface SwappedAnswer {
  readonly data?: {
    readonly item: { readonly a: string; readonly b: string } | null;
    readonly __type: { readonly fields: readonly { readonly name: string }[] };
  };
  readonly errors?: readonly unknown[];
}

/** @returns What is wrong with an answer; `null`: it is of one version. */
export function findMixture({ data, errors }: SwappedAnswer): string | null {
  if (errors || !data?.item) return `failed: ${JSON.stringify({ data, errors })}`;
  const names = data.__type.fields.map(({ name }) => name);
  const side = names.includes('odd') ? 'left' : 'right';
  const isWhole = data.item.a === side && data.item.b === side && names.includes('odd') !== names.includes('even');
  return isWhole ? null : `mixed: ${JSON.stringify(data)}`;
}
