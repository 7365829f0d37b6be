import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { stringify } from 'yaml';
import { ROOT } from '../../scripts/root.js';
import { type StandIn, startStandIn } from './stand-in.js';

/**
 * A small federation of stand-ins: a `people` register and an office for `dogs`, each run by two providers. The west
 * serves 10041100, the east the district 10045 (10045114 and 10045117).
 */
export const WORDS = readFileSync(join(ROOT, 'schema/directives.graphql'), 'utf8');

const PEOPLE = `
  type Query {
    me: Person
    person(ags: AGS!, id: ID!): Person
    people(ags: AGS!, first: Int = 20 @constraint(min: 1, max: 100), after: String @constraint(format: "opaque")): [Person!]
    search(input: SearchInput!): [Person!]
    tax(input: TaxInput!): Int @public
    motto: String @public
  }
  type Mutation { rename(ags: AGS!, id: ID!, name: String!): Person }
  input SearchInput { ags: AGS!  name: String! @constraint(format: "person-name")  born: PartialDate }
  input TaxInput { ags: AGS!  dogs: Int! @constraint(min: 0, max: 9)  names: [String!] }
  type Person @key(fields: "ags id") {
    ags: AGS!
    id: ID!
    name: String
    formerly: [Former!] @inaccessible
  }
  type Former @inaccessible @shareable { ags: AGS! }
`;

const DOGS = `
  type Query { dog(ags: AGS!, tag: String!): Dog }
  type Person @key(fields: "ags id") {
    ags: AGS!
    id: ID!
    formerly: [Former!] @external
    dogs: [Dog!] @requires(fields: "formerly { ags }")
    licence: String
  }
  type Former @inaccessible @shareable { ags: AGS! }
  type Dog @key(fields: "ags tag") { ags: AGS!  tag: String!  keeper: Person }
`;

interface Person {
  readonly ags: string;
  readonly id: string;
  readonly formerly?: readonly { readonly ags: string }[];
}

const DISTRICTS = { west: ['10041100'], east: ['10045114', '10045117'] };
type Provider = keyof typeof DISTRICTS;

const peopleResolvers = (provider: Provider) => ({
  Query: {
    me: () => ({ ags: '10045114', id: 'me', formerly: [{ ags: '10041100' }] }),
    person: (_: unknown, { ags, id }: Person) => ({ ags, id, formerly: [] }),
    people: (_: unknown, { ags }: Person) => ['1', '2'].map((id) => ({ ags, id, formerly: [] })),
    search: (_: unknown, { input }: { input: { ags: string; name: string } }) => [{ ags: input.ags, id: input.name }],
    tax: (_: unknown, { input }: { input: { dogs: number } }) => input.dogs * 100,
    motto: () => provider,
  },
  Mutation: { rename: (_: unknown, { ags, id, name }: Person & { name: string }) => ({ ags, id: `${id}-${name}` }) },
  Person: {
    __resolveReference: ({ ags, id }: Person) => ({ ags, id, formerly: [] }),
    name: ({ ags, id }: Person) => `${provider} ${ags} ${id}`,
  },
});

const dogsResolvers = (provider: Provider) => ({
  Query: { dog: (_: unknown, { ags, tag }: { ags: string; tag: string }) => ({ ags, tag }) },
  Person: {
    __resolveReference: (person: Person) => person,
    dogs: ({ ags, id, formerly = [] }: Person) =>
      [ags, ...formerly.map((former) => former.ags)]
        .filter((municipality) => DISTRICTS[provider].includes(municipality))
        .map((municipality) => ({ ags: municipality, tag: `${id}-${provider}` })),
    licence: ({ ags }: Person) => (DISTRICTS[provider].includes(ags) ? `licence of ${ags}` : null),
  },
  Dog: { keeper: ({ ags, tag }: { ags: string; tag: string }) => ({ ags, id: tag }) },
});

export interface Offices {
  readonly supergraph: string;
  /** Text of a cooperation file for the stand-ins. */
  readonly cooperation: string;
  readonly people: Readonly<Record<Provider, StandIn>>;
  readonly dogs: Readonly<Record<Provider, StandIn>>;
  all(): readonly StandIn[];
  close(): Promise<void>;
}

/** @param rule On people and dogs, and so on every field that is not public; `''`: none. */
export async function startOffices(rule: '' | '@authenticated' = ''): Promise<Offices> {
  const [peopleTypes, dogsTypes] = [PEOPLE, DOGS].map((text) =>
    `${WORDS}${text}`.replaceAll(/(type (?:Person|Dog) @key\([^)]*\))/g, `$1 ${rule}`),
  ) as [string, string];
  const start = async (typeDefs: string, resolvers: (provider: Provider) => object) => ({
    west: await startStandIn({ typeDefs, resolvers: resolvers('west') }),
    east: await startStandIn({ typeDefs, resolvers: resolvers('east') }),
  });
  const people = await start(peopleTypes, peopleResolvers);
  const dogs = await start(dogsTypes, dogsResolvers);
  const all = () => [people.west, people.east, dogs.west, dogs.east];
  return {
    supergraph: compose({ people: peopleTypes, dogs: dogsTypes }),
    cooperation: toCooperation({ people, dogs }),
    people,
    dogs,
    all,
    close: async () => void (await Promise.all(all().map((standIn) => standIn.close()))),
  };
}

/** @param urls By subgraph; those not named cannot be reached. */
export function compose(
  typeDefs: Readonly<Record<string, string>>,
  urls: Readonly<Record<string, string>> = {},
): string {
  const services = Object.entries(typeDefs).map(([name, text]) => ({
    name,
    url: urls[name] ?? `http://${name}.invalid/graphql`,
    typeDefs: parse(text),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(`The schema of the test does not compose: ${String(errors)}`);
  return supergraphSdl;
}

export function toCooperation(
  subgraphs: Readonly<Record<string, Readonly<Record<Provider, { readonly url: string }>>>>,
): string {
  return stringify({
    municipalities: [
      { ags: '10041100', name: 'Saarbrücken', district: '10041' },
      { ags: '10045114', name: 'Homburg', district: '10045' },
      { ags: '10045117', name: 'St. Ingbert', district: '10045' },
    ],
    providers: [
      { id: 'west', name: 'Provider West' },
      { id: 'east', name: 'Provider East' },
    ],
    subgraphs: Object.fromEntries(
      Object.entries(subgraphs).map(([name, { west, east }]) => [
        name,
        {
          instances: [
            { provider: 'west', url: west.url, serves: ['10041100'] },
            { provider: 'east', url: east.url, serves: ['10045*'] },
          ],
        },
      ]),
    ),
  });
}
