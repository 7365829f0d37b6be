import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'graphql';
import { composeWithCacheHints } from '../../schema/compose-services.js';
import { ask } from '../support/ask.js';
import { eventually } from '../support/eventually.js';
import { createTestFiles, type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { AUDIENCE, type Issuer, startIssuer } from '../support/issuer.js';
import { WORDS } from '../support/offices.js';
import { type StandIn, startStandIn } from '../support/stand-in.js';
import { ADMIN_TOKEN, forget } from '../support/town-hall.js';

jest.setTimeout(60_000);

/** What somebody has read and not told yet. */
class Gate {
  #waiting: (() => void)[] = [];
  isClosed = false;

  pass(): Promise<void> {
    return this.isClosed ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve();
  }

  open(): void {
    this.isClosed = false;
    for (const go of this.#waiting.splice(0)) go();
  }
}

const HINT = '@cacheControl(maxAge: 20, scope: PRIVATE)';
const REGISTER = `${WORDS}
  type Query { person(ags: AGS!, id: ID!): Person @authenticated }
  type Mutation { move(ags: AGS!, id: ID!, address: String!): Person @authenticated }
  type Person @key(fields: "ags id") @authenticated ${HINT} { ags: AGS!  id: ID!  address: String }
`;
const OFFICE = `${WORDS}
  type Person @key(fields: "ags id") @authenticated ${HINT} { ags: AGS!  id: ID!  licence: String  label: String }
`;

const person = { ags: '10045114', id: '1' };
const block = { entity: { type: 'Person', key: person } };
const register = new Gate();
const office = new Gate();
let address = 'open';
let label = 'old label';

const readAddress = async () => {
  const read = address;
  await register.pass();
  return read;
};
const REGISTER_RESOLVERS = {
  Query: { person: (_: unknown, key: object) => key },
  Mutation: {
    move(_: unknown, { address: next, ...key }: { address: string }) {
      address = next;
      label = `label of ${next}`;
      return key;
    },
  },
  Person: { __resolveReference: (key: object) => key, address: readAddress },
};
const OFFICE_RESOLVERS = {
  Person: {
    __resolveReference: (key: object) => key,
    licence: async () => {
      await office.pass();
      return 'B';
    },
    label: () => label,
  },
};

let standIns: Record<'register' | 'office', StandIn>;
let issuer: Issuer;
let token: string;
let supergraphPath: string;
const files = createTestFiles();

beforeAll(async () => {
  standIns = {
    register: await startStandIn({ typeDefs: REGISTER, resolvers: REGISTER_RESOLVERS }),
    office: await startStandIn({ typeDefs: OFFICE, resolvers: OFFICE_RESOLVERS }),
  };
  issuer = await startIssuer();
  token = await issuer.token({ sub: 'clerk' });
  const { supergraphSdl = '', errors } = composeWithCacheHints([
    { name: 'register', url: standIns.register.url, typeDefs: parse(REGISTER) },
    { name: 'office', url: standIns.office.url, typeDefs: parse(OFFICE) },
  ]);
  expect(errors ?? []).toEqual([]);
  supergraphPath = files.write('supergraph.graphql', supergraphSdl);
});

afterAll(async () => {
  await Promise.all(Object.values(standIns ?? {}).map((standIn) => standIn.close()));
  await issuer?.close();
  files.remove();
});

describe.each([
  ['compiled', 'on'],
  ['compiled', 'off'],
  ['apollo', 'on'],
])('what was asked for before an invalidation, engine %s, caches %s', (engine, caches) => {
  let gateway: GatewayProcess;
  beforeAll(async () => {
    gateway = await startGateway({
      SUPERGRAPH_PATH: supergraphPath,
      OIDC_ISSUER: issuer.url,
      OIDC_AUDIENCE: AUDIENCE,
      ADMIN_TOKEN,
      ENGINE: engine,
      RESPONSE_CACHE: caches,
      ENTITY_CACHE: caches,
    });
  });
  afterEach(async () => {
    register.open();
    office.open();
    address = 'open';
    label = 'old label';
    await forget(gateway, block);
  });
  afterAll(() => gateway?.stop());

  const read = async (fields: string) => {
    const { data, errors } = await ask(gateway.url, `{ person(ags: "10045114", id: "1") { ${fields} } }`, { token });
    expect(errors).toEqual([]);
    return (data as { person: unknown }).person;
  };
  const until = (standIn: StandIn, count: number) =>
    eventually(async () => expect(standIn.received.length).toBe(count), 10_000);

  it('is boarded by nobody who asks after it, and sent to nobody', async () => {
    const before = standIns.register.received.length;
    register.isClosed = true;
    const first = read('address');
    await until(standIns.register, before + 1);
    address = 'blocked';
    expect(await forget(gateway, block)).toBe(200);
    const second = read('address');
    await until(standIns.register, before + 2);
    register.open();
    expect(await Promise.all([first, second])).toEqual([{ address: 'blocked' }, { address: 'blocked' }]);
    expect(await read('address')).toEqual({ address: 'blocked' });
  });

  it('is asked for again where another subgraph has held up the answer', async () => {
    const before = standIns.office.received.length;
    office.isClosed = true;
    const held = read('address licence');
    await until(standIns.office, before + 1);
    address = 'blocked';
    expect(await forget(gateway, block)).toBe(200);
    office.open();
    expect(await held).toEqual({ address: 'blocked', licence: 'B' });
  });

  it('is not read where something has just been changed', async () => {
    expect(await read('label')).toEqual({ label: 'old label' });
    const text = 'mutation { move(ags: "10045114", id: "1", address: "new") { address label } }';
    const { data } = await ask(gateway.url, text, { token });
    expect(data).toEqual({ move: { address: 'new', label: 'label of new' } });
  });
});
