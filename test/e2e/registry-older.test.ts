import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ask } from '../support/ask.js';
import { eventually } from '../support/eventually.js';
import { type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { createTestRegistry, type TestRegistry } from '../support/registry.js';
import { type StandIn, startStandIn } from '../support/stand-in.js';

jest.setTimeout(120_000);

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key"])';
const schemaWith = (field: string) => `${LINK}
type Query { parcel(ags: String!, id: ID!): Parcel }
type Parcel @key(fields: "ags id") { ags: String!, id: ID!, street: String${field} }`;
const OTHER = `${LINK}
type Query { parcels: [Parcel] }
type Parcel @key(fields: "ags id") { ags: String!, id: ID!, tax: Int }`;

const [NEW, OLD] = ['10045114', '10043114'];
const PARCELS = '{ parcels { id tax street size } }';

describe('two instances of a subgraph, of which one serves an older schema', () => {
  let registry: TestRegistry;
  let gateway: GatewayProcess;
  const started: StandIn[] = [];
  const start = async (typeDefs: string, street: string): Promise<StandIn> => {
    const parcel = ({ ags, id }: { ags: string; id: string }) => ({ __typename: 'Parcel', ags, id, street, size: 7 });
    const all = [NEW, OLD].map((ags) => ({ ags, id: `of ${ags}`, tax: 1 }));
    const resolvers = { Query: { parcel: (_: unknown, args: never) => parcel(args), parcels: () => all } };
    const isParcels = typeDefs === OTHER;
    const entity = { Parcel: { __resolveReference: parcel } };
    const { parcel: one, parcels } = resolvers.Query;
    const standIn = await startStandIn({
      typeDefs,
      resolvers: { Query: isParcels ? { parcels } : { parcel: one }, ...(isParcels ? {} : entity) },
    });
    started.push(standIn);
    return standIn;
  };
  beforeAll(async () => {
    const newer = await start(schemaWith(', size: Int'), 'Neue Straße');
    const older = await start(schemaWith(''), 'Alte Straße');
    const other = await start(OTHER, '');
    registry = await createTestRegistry({
      parcels: [
        { url: newer.url, serves: [NEW] },
        { url: older.url, serves: [OLD] },
      ],
      taxes: [{ url: other.url }],
    });
    const taxes = { name: 'taxes', sdl: OTHER };
    await registry.publish({ sources: [{ name: 'parcels', sdl: schemaWith('') }, taxes] });
    await registry.publish({
      sources: [{ name: 'parcels', sdl: schemaWith(', size: Int') }, taxes],
      instances: { parcels: [newer.url] },
    });
    gateway = await startGateway({ ACCESS_DEFAULT: 'public', RATE_LIMIT: 'off', ...registry.env });
  });
  afterAll(async () => {
    await gateway?.stop();
    await Promise.all(started.map((each) => each.close()));
    await registry?.remove();
  });

  it('answer what each of them has, and say of the rest that it is not offered there', async () => {
    const { data, errors } = await ask(gateway.url, PARCELS);
    expect(data).toEqual({
      parcels: [
        { id: `of ${NEW}`, tax: 1, street: 'Neue Straße', size: 7 },
        { id: `of ${OLD}`, tax: 1, street: 'Alte Straße', size: null },
      ],
    });
    expect(errors).toMatchObject([{ path: ['parcels', 1, 'size'], extensions: { code: 'NOT_OFFERED_HERE' } }]);
  });

  it.each([
    [NEW, 'a', 7, []],
    [OLD, 'b', null, ['NOT_OFFERED_HERE']],
  ])('answer root fields of %s likewise', async (ags, id, size, codes) => {
    const query = 'query ($ags: String!, $id: ID!) { parcel(ags: $ags, id: $id) { id size } }';
    const { data, errors } = await ask(gateway.url, query, { variables: { ags, id } });
    expect(data).toEqual({ parcel: { id, size } });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(codes);
  });

  it('do so until the older one is said to serve the new schema', async () => {
    const [, older] = started;
    const asked = older?.received.length ?? 0;
    await ask(gateway.url, PARCELS);
    expect(older?.received.slice(asked).map(({ query }) => query)).not.toContain('size');
    await registry.publish({
      sources: [
        { name: 'parcels', sdl: schemaWith(', size: Int') },
        { name: 'taxes', sdl: OTHER },
      ],
      instances: { parcels: [older?.url ?? ''] },
    });
    await eventually(async () => {
      await ask(gateway.url, PARCELS);
      expect(older?.received.at(-1)?.query).toContain('size');
    });
  });
});
