import type { IncomingHttpHeaders } from 'node:http';
import { parse } from 'graphql';
import { stringify } from 'yaml';
import { decodeCaller } from '../../lib/caller.js';
import { composeWithCacheHints } from '../../schema/compose-services.js';
import { createTestFiles, type GatewayProcess, startGateway } from './gateway-process.js';
import { AUDIENCE, type Issuer, startIssuer } from './issuer.js';
import { WORDS } from './offices.js';
import { type StandIn, startStandIn } from './stand-in.js';

/** Answers that may be kept, with a canary of the caller in each that is about a person. */
const TOWNS = `
  type Query {
    town(ags: AGS!): Town @public
    towns(first: Int = 20, from: Int = 0): [Town!] @public
    weather(ags: AGS!): Weather @public
    notice(ags: AGS!): Notice @public
    pet: Pet @public
    me: Person
    person(ags: AGS!, id: ID!): Person
  }
  type Town @key(fields: "ags") @cacheControl(maxAge: 60, scope: PUBLIC) { ags: AGS! @public  name: String @public  mayor: Mayor @public  tip: String @authenticated }
  type Mayor @cacheControl(inheritMaxAge: true) { name: String @public  party: String @public }
  type Weather @cacheControl(maxAge: 1, scope: PUBLIC, staleWhileRevalidate: 600, staleIfError: 600) { ags: AGS! @public  sky: String @public }
  type Notice @cacheControl(maxAge: 1, scope: PUBLIC, staleIfError: 600) { text: String @public }
  interface Pet @cacheControl(maxAge: 60, scope: PUBLIC) { name: String  chip: String }
  type Cat implements Pet {
    name: String @public
    chip: String @authenticated @cacheControl(maxAge: 10, scope: PRIVATE)
  }
  type Person
    @key(fields: "ags id")
    @authenticated
    @cacheControl(maxAge: 20, scope: PRIVATE)
    @cacheTag(format: "person:{$key.id}") { ags: AGS!  id: ID!  canary: String  unhinted: Unhinted }
  type Unhinted @authenticated { value: String }
`;

const REGISTER = `
  type Query { dog(tag: String!): String @authenticated }
  type Town @key(fields: "ags") @cacheControl(maxAge: 60, scope: PUBLIC) { ags: AGS! @public  dogs: Int @public  kennel: Kennel @public }
  type Kennel @cacheControl(inheritMaxAge: true) { places: Int @public  keeper: String @public }
  type Person
    @key(fields: "ags id")
    @authenticated
    @cacheControl(maxAge: 20, scope: PRIVATE)
    @cacheTag(format: "person:{$key.id}") { ags: AGS!  id: ID!  licence: String }
`;

interface Context {
  readonly headers: IncomingHttpHeaders;
}

/** Who asks, as a subgraph is told: subject, purpose and file. */
export const canaryOf = (subject: string, purpose: string | null, file: string | null): string =>
  `canary<${subject}|${purpose}|${file}>`;

function canary(_: unknown, __: unknown, { headers }: Context): string {
  const caller = decodeCaller(headers['x-fachverbund-caller'] as string | undefined);
  return canaryOf(caller?.subject ?? 'nobody', caller?.purpose ?? null, caller?.fileReference ?? null);
}

const meOf = (headers: IncomingHttpHeaders) => ({
  ags: '10045114',
  id: decodeCaller(headers['x-fachverbund-caller'] as string | undefined)?.subject ?? 'nobody',
});

const townsResolvers = (turn: () => number) => ({
  Query: {
    town: (_: unknown, { ags }: { ags: string }) => (ags === '99999999' ? null : { ags }),
    towns: (_: unknown, { first, from }: { first: number; from: number }) =>
      Array.from({ length: first }, (_, index) => ({ ags: String(10_000_000 + from + index) })),
    weather: (_: unknown, { ags }: { ags: string }) => ({ ags, sky: `sky ${turn()}` }),
    notice: () => ({ text: `notice ${turn()}` }),
    pet: () => ({ __typename: 'Cat', name: 'Cat' }),
    me: (_: unknown, __: unknown, { headers }: Context) => meOf(headers),
    person: (_: unknown, person: object) => person,
  },
  Town: {
    __resolveReference: (town: object) => town,
    name: ({ ags }: { ags: string }) => `Town ${ags}`,
    tip: canary,
    mayor: () => ({}),
  },
  Cat: { chip: canary },
  Mayor: { name: () => 'Mayor', party: () => 'none' },
  Person: { __resolveReference: (person: object) => person, canary, unhinted: () => ({ value: `value ${turn()}` }) },
});

const registerResolvers = {
  Query: { dog: (_: unknown, { tag }: { tag: string }) => tag },
  Town: {
    __resolveReference: (town: { ags: string }) => (town.ags === '10000013' ? null : town),
    dogs: ({ ags }: { ags: string }) => Number(ags) % 1000,
    kennel: ({ ags }: { ags: string }) => ({ places: Number(ags) % 10, keeper: `keeper ${ags}` }),
  },
  Person: { __resolveReference: (person: object) => person, licence: canary },
};

/** Two subgraphs whose schemas say what may be kept, an issuer, and gateways over them. */
export interface TownHall {
  readonly towns: StandIn;
  readonly register: StandIn;
  readonly issuer: Issuer;
  start(env?: Readonly<Record<string, string>>): Promise<GatewayProcess>;
  tokenFor(subject: string, claims?: Readonly<Record<string, unknown>>): Promise<string>;
  /** Requests that subgraphs have got so far. */
  calls(): number;
  close(): Promise<void>;
}

export const ADMIN_TOKEN = 'a-token-of-32-characters-at-least';

/** @param cachePrivate Subgraphs whose controllers let replicas share what is about people. */
export async function startTownHall(cachePrivate: readonly string[] = []): Promise<TownHall> {
  let count = 0;
  const turn = () => {
    count += 1;
    return count;
  };
  const texts = { towns: `${WORDS}${TOWNS}`, register: `${WORDS}${REGISTER}` };
  const towns = await startStandIn({ typeDefs: texts.towns, resolvers: townsResolvers(turn) });
  const register = await startStandIn({ typeDefs: texts.register, resolvers: registerResolvers });
  const issuer = await startIssuer();
  const files = createTestFiles();
  const gateways: GatewayProcess[] = [];
  const services = Object.entries(texts).map(([name, text]) => ({
    name,
    url: `http://${name}.invalid/`,
    typeDefs: parse(text),
  }));
  const { supergraphSdl, errors } = composeWithCacheHints(services);
  if (!supergraphSdl) throw new Error(`The schema of the test does not compose: ${String(errors)}`);
  const instance = (name: string, { url }: StandIn) => [
    name,
    {
      instances: [{ provider: 'one', url, serves: ['*'] }],
      ...(cachePrivate.includes(name) && { cachePrivate: true }),
    },
  ];
  const cooperation = stringify({
    municipalities: [{ ags: '10045114', name: 'Homburg', district: '10045' }],
    providers: [{ id: 'one', name: 'One' }],
    subgraphs: Object.fromEntries([instance('towns', towns), instance('register', register)]),
  });
  const paths = {
    SUPERGRAPH_PATH: files.write('supergraph.graphql', supergraphSdl),
    COOPERATION_PATH: files.write('cooperation.yaml', cooperation),
  };
  return {
    towns,
    register,
    issuer,
    async start(env = {}) {
      const identity = { OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: AUDIENCE };
      const gateway = await startGateway({ ...paths, ...identity, ADMIN_TOKEN, ...env });
      gateways.push(gateway);
      return gateway;
    },
    tokenFor: (subject, claims = {}) => issuer.token({ sub: subject, ...claims }),
    calls: () => towns.received.length + register.received.length,
    async close() {
      await Promise.all(gateways.map((gateway) => gateway.stop()));
      await Promise.all([towns.close(), register.close(), issuer.close()]);
      files.remove();
    },
  };
}

/** Asks a gateway to forget. */
export async function forget({ adminUrl }: GatewayProcess, body: object): Promise<number> {
  const response = await fetch(`${adminUrl}/invalidation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_TOKEN}` },
    body: JSON.stringify(body),
  });
  return response.status;
}
