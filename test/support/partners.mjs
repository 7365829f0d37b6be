// Subgraphs of partners for tests: node partners.mjs WHICH, with GATEWAY_PUBLIC_KEY (PEM).
import { serve } from '../../examples/partner/serve.mjs';

const LINK = '@link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@interfaceObject"])';
const byId = (records) => (keys) => keys.map(({ id }) => records.find((record) => record.id === id) ?? null);
const benches = [
  { id: 'B1', place: 'Marktplatz', label: 'Bank am Brunnen' },
  { id: 'B2', place: 'Stadtpark', label: 'Parkbank' },
];
const inspected = ['B1', 'B2'].map((id, index) => ({ id, inspectedYear: 2020 + index }));
const keepers = benches.map(({ id }) => ({ id, keeper: `Bauhof ${id}` }));

/** Each with its schema, the rules beside it, and keys of its records. */
const PARTNERS = {
  // An interface with a key, and a type that implements it.
  benches: {
    sdl: `extend schema ${LINK.replace(', "@interfaceObject"', '')}
type Query { "A bench." bench("Its id." id: ID!): Bench, "A thing." asset("Its id." id: ID!): Asset }
"A thing in public space." interface Asset @key(fields: "id") { "Its id." id: ID!, "Its label." label: String }
"A bench." type Bench implements Asset @key(fields: "id") { "Its id." id: ID!, "Its label." label: String, "Where." place: String }`,
    root: {
      bench: ({ id }) => benches.find((bench) => bench.id === id),
      asset: ({ id }) => ({ __typename: 'Bench', ...benches.find((bench) => bench.id === id) }),
    },
    entities: { Bench: byId(benches) },
  },
  // Federation 1: no link, the type of another subgraph is extended and its key external.
  inspections: {
    sdl: `type Query { "Years in which somebody looked." lastInspection("Of the bench." id: ID!): Int }
extend type Bench @key(fields: "id") { id: ID! @external, "Year of the last inspection." inspectedYear: Int }`,
    root: { lastInspection: ({ id }) => inspected.find((each) => each.id === id)?.inspectedYear },
    entities: { Bench: byId(inspected) },
  },
  // Adds to whatever implements the interface, without knowing what that is.
  keepers: {
    sdl: `extend schema ${LINK}
type Query { "How many keepers there are." keeperCount: Int }
"A thing in public space." type Asset @key(fields: "id") @interfaceObject { "Its id." id: ID!, "Who looks after it." keeper: String }`,
    root: { keeperCount: 2 },
    entities: { Asset: byId(keepers) },
  },
};

const name = process.argv[2];
const url = await serve({ name, ...PARTNERS[name], publicKey: process.env.GATEWAY_PUBLIC_KEY });
process.stdout.write(`${JSON.stringify({ url, sdl: PARTNERS[name].sdl })}\n`);
