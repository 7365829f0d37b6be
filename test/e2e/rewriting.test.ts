import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { FetchSubgraph } from '../../gateway/fetch/subgraph-request.js';
import type { AuditEntry } from '../../lib/audit/entry.js';
import type { Caller } from '../../lib/caller.js';
import { type Audited, type AuditedAnswer, startAudited } from '../support/audited.js';
import { type Arena, createArena, DEFAULT_ARENA } from '../support/oracle/arena.js';
import { canonical } from '../support/oracle/canonical.js';
import { federation2, type TestSupergraph } from '../support/oracle/compose.js';
import type { Operation } from '../support/oracle/engine.js';
import { createRun, NO_FAULTS } from '../support/oracle/faults.js';
import { rights } from '../support/oracle/supergraphs/rights.js';
import { restored, restoredPath, rewrite } from '../support/rewrite.js';
import { someCaller } from '../support/some-caller.js';

/**
 * Random operations of random callers through the whole HTTP path with rules, engine and log. Other words for the same
 * question change neither the data nor what is written down, and who has fewer rights never sees more. A seed that has
 * once found something stays in SEEDS; `REWRITINGS=5000 npx jest test/e2e/rewriting.test.ts` for more of it.
 */
const COUNT = Number(process.env['REWRITINGS'] ?? 50);
const SEEDS = [...new Set([4, 17, ...Array.from({ length: COUNT }, (_, seed) => seed)])];

const office = '@policy(policies: [["office"]])';
const casework: TestSupergraph = {
  name: 'casework',
  values: {
    'Query.person.ags': ['10045114', '10041100'],
    'Query.people.ags': ['10045114'],
    'Query.car.ags': ['10045114'],
  },
  subgraphs: {
    people: federation2(`
      type Query {
        motto: String
        me: Person @policy(policies: [["self"]])
        person(ags: String!, id: ID!): Person ${office}
        people(ags: String!, name: String): [Person!] ${office}
      }
      type Person @key(fields: "ags id") ${office} {
        ags: String! id: ID! name: String home: Home nationality: String! @policy(policies: [["civil"]])
        vow: Vow
      }
      type Vow @policy(policies: [["civil"]]) { on: String! witnesses: [String!] }
      type Home ${office} { street: String place: String! }
    `),
    cars: federation2(`
      type Query { car(ags: String!, plate: String!): Car }
      type Car @key(fields: "ags plate") @policy(policies: [["cars"]]) {
        ags: String! plate: String! make: String insured: Boolean @authenticated holder: Person
      }
      type Person @key(fields: "ags id") ${office} {
        ags: String! id: ID! cars: [Car!] fine: Int @requiresScopes(scopes: [["fines"], ["admin"]])
      }
    `),
  },
};

const POLICIES = `
refused: [partner]
grants:
  - { policies: [office, civil], role: caseworker, office: residents, purposes: [inquiry], fileReference: needed, municipality: needed, law: test }
  - { policies: [office, cars], role: caseworker, office: vehicles, purposes: [registration], fileReference: needed, municipality: needed, law: test }
  - { policies: [office], role: partner, purposes: [inquiry], law: test }
  - { policies: [self, office, civil, cars], role: citizen, trustLevel: hoch, law: test }
  - { policies: [clerk], role: caseworker, office: residents, purposes: [inquiry], law: test }
`;

const clerk = someCaller({
  role: 'caseworker',
  office: 'residents',
  municipalities: ['10045*'],
  purpose: 'inquiry',
  fileReference: 'A-1',
  scopes: ['fines', 'files:read', 'staff:pay', 'admin'],
});
const FULL: Readonly<Record<string, Caller>> = {
  residents: clerk,
  vehicles: { ...clerk, office: 'vehicles', purpose: 'registration' },
  citizen: someCaller({ role: 'citizen', trustLevel: 'hoch', scopes: ['fines'] }),
  partner: someCaller({ role: 'partner', purpose: 'inquiry', scopes: ['admin'] }),
};
const LESS: Readonly<Record<string, (full: Caller) => Partial<Caller>>> = {
  'no purpose': () => ({ purpose: null }),
  'another purpose': () => ({ purpose: 'curiosity' }),
  'no file reference': () => ({ fileReference: null }),
  'no office': () => ({ office: null }),
  'no municipality': () => ({ municipalities: [] }),
  'a weaker login': ({ trustLevel }) => ({ trustLevel: trustLevel && 'substanziell' }),
  'no login of a level': () => ({ trustLevel: null }),
  'fewer scopes': ({ scopes }) => ({ scopes: scopes.slice(1) }),
  'no scopes': () => ({ scopes: [] }),
};
const fewer = Object.entries(FULL).flatMap(([name, full]) =>
  Object.entries(LESS).map(([less, change]) => ({
    name,
    less: `${name}, ${less}`,
    caller: { ...full, ...change(full) },
  })),
);
const CALLERS = { ...FULL, ...Object.fromEntries(fewer.map(({ less, caller }) => [less, caller])) };

jest.setTimeout(60_000 + COUNT * 2000);

describe.each([casework, rights])('over $name', (supergraph) => {
  let arena: Arena;
  let audited: Audited;
  beforeAll(async () => {
    arena = await createArena({ ...supergraph, isForRouters: true }, { ...DEFAULT_ARENA, maxSelections: 30 });
    audited = await startAudited({
      engine: 'compiled',
      sources: { sdl: arena.supergraphSdl, requests: [], fetchSubgraph: askArena(arena) },
      policies: POLICIES,
      callers: CALLERS,
      now: new Date('2026-03-20T10:00:00.123Z'),
    });
  });
  afterAll(() => audited?.close());

  const ask = async ({ query, variables, operationName }: Operation, caller: string) => {
    audited.log.entries.length = 0;
    const answer = await audited.ask(query, { variables, caller, ...(operationName && { operationName }) });
    return { ...read(answer), entries: audited.log.entries.map(shown).sort() };
  };

  it('other words for a question change neither the data nor the errors nor the log', async () => {
    let [logged, denied] = [0, 0];
    for (const seed of SEEDS) {
      const operation = arena.generate(`rewriting ${seed}`, true);
      const all = Object.keys(seed % 3 === 0 ? CALLERS : FULL);
      const caller = all[seed % all.length] ?? '';
      const other = rewrite(operation, arena.anatomy.api, `rewriting ${seed}`);
      const [one, two] = [await ask(operation, caller), await ask(other, caller)];
      expect({ seed, caller, ...two }).toEqual({ seed, caller, ...one });
      logged += one.entries.length;
      denied += Number(one.errors.length > 0);
    }
    expect([logged > COUNT / 4, denied > COUNT / 20]).toEqual([true, true]);
  });

  it('who has fewer rights never sees more', async () => {
    let less = 0;
    for (const seed of SEEDS) {
      const operation = arena.generate(`fewer ${seed}`, true);
      const seen = new Map<string, ReadonlySet<string>>();
      for (const name of Object.keys(FULL)) seen.set(name, leavesOf((await ask(operation, name)).data));
      for (const { name, less: weaker } of fewer.filter((_, index) => (index + seed) % 6 === 0)) {
        const all = seen.get(name);
        const leaves = leavesOf((await ask(operation, weaker)).data);
        const more = [...leaves].filter((leaf) => !all?.has(leaf));
        expect({ seed, query: operation.query, weaker, more }).toEqual({
          seed,
          query: operation.query,
          weaker,
          more: [],
        });
        less += Number(leaves.size < (all?.size ?? 0));
      }
    }
    expect(less).toBeGreaterThan(COUNT / 10);
  });
});

/** An answer without what other words may change: the order of fields, response names, places in the text. */
function read({ status, text }: AuditedAnswer) {
  const { data = null, errors = [] } = JSON.parse(text) as {
    readonly data?: unknown;
    readonly errors?: readonly {
      readonly path?: readonly (string | number)[];
      readonly extensions: { readonly code: string };
    }[];
  };
  const plain = restored(data);
  const told = errors.map(({ path = [], extensions }) => toPlace(plain, restoredPath(path), extensions.code));
  return { status, data: canonical(plain), errors: [...new Set(told)].sort() };
}

/** Inside of what has become null as a whole, which error is told is up to the order of the fields. */
function toPlace(data: unknown, path: readonly (string | number)[], code: string): string {
  let value = data;
  for (const [depth, step] of path.entries()) {
    value = (value as Record<string | number, unknown>)[step];
    if (value === null && depth < path.length - 1) return canonical(path.slice(0, depth + 1));
  }
  return canonical([path, code]);
}

/** An entry without what names the text of the question. */
const shown = ({ operation: { kind }, records, deniedFields, ...entry }: AuditEntry): string =>
  canonical({
    ...entry,
    kind,
    records: records.map(({ fields, ...record }) => canonical({ ...record, fields: [...fields].sort() })).sort(),
    deniedFields: [...deniedFields].sort(),
  });

/** Places of the answer that say something, an empty list included, with what they say. */
function leavesOf(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (value: unknown, path: string): void => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) {
      found.add(`${path} ${value.length} long`);
      for (const [index, each] of value.entries()) walk(each, `${path}.${index}`);
    } else if (typeof value === 'object') {
      for (const [name, inner] of Object.entries(value)) walk(inner, `${path}.${name}`);
    } else found.add(`${path}=${JSON.stringify(value)}`);
  };
  walk(JSON.parse(text), '');
  return found;
}

const askArena =
  (arena: Arena): FetchSubgraph =>
  async ({ subgraph: name, operation, operationName, variables }) => {
    const subgraph = arena.subgraphs.find((other) => other.name === name);
    const sent = JSON.parse(JSON.stringify(variables)) as Record<string, unknown>;
    const { data = null, errors = [] } =
      (await subgraph?.answer({ query: operation, operationName, variables: sent }, createRun(NO_FAULTS))) ?? {};
    return {
      data,
      errors: errors.map((error) => ({ ...(error as { message: string }), extensions: { code: 'SUBGRAPH_ERROR' } })),
    };
  };
