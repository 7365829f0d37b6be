import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Answer, ask } from '../support/ask.js';
import { createTestFiles, type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { AUDIENCE, type Issuer, startIssuer } from '../support/issuer.js';
import { compose, type Offices, startOffices, toCooperation, WORDS } from '../support/offices.js';

jest.setTimeout(240_000);

const files = createTestFiles();
const gateways: GatewayProcess[] = [];
let offices: Offices;
let issuer: Issuer;
let gateway: GatewayProcess;

async function start(
  name: string,
  { supergraph, cooperation }: Pick<Offices, 'supergraph' | 'cooperation'>,
  settings: Readonly<Record<string, string>>,
) {
  const started = await startGateway({
    SUPERGRAPH_PATH: files.write(`${name}.graphql`, supergraph),
    COOPERATION_PATH: files.write(`${name}.yaml`, cooperation),
    ACCESS_DEFAULT: 'public',
    AUDIT: 'off',
    ...settings,
  });
  gateways.push(started);
  return started;
}

interface Place {
  readonly url: string;
}

/** A subgraph with a field for a scope that nobody has; nobody runs it. */
function secretOffice() {
  const typeDefs = `${WORDS}
    type Query { motto: String @public  secret: Secret @requiresScopes(scopes: [["secret"]]) }
    type Secret @authenticated { text: String }`;
  const [west, east] = [9, 10].map((port) => ({ url: `http://127.0.0.1:${port}/graphql` })) as [Place, Place];
  return {
    supergraph: compose({ vault: typeDefs }),
    cooperation: toCooperation({ vault: { west, east } }),
  };
}

beforeAll(async () => {
  offices = await startOffices();
  issuer = await startIssuer();
  gateway = await start('open', offices, { PLAYGROUND: 'on', CORS_ORIGINS: 'https://portal.example' });
});

afterAll(async () => {
  await Promise.all(gateways.map((each) => each.stop()));
  await Promise.all([offices, issuer].map((each) => each?.close()));
  files.remove();
});

const PERSON = '(ags: "10045114", id: "1")';
const EXPLAIN = { 'x-explain': '1' };
const BOTH = `{
  west: person(ags: "10041100", id: "1") { name dogs { tag } }
  east: person(ags: "10045114", id: "2") { name dogs { tag } }
}`;
const ALL_ASKED = ['dogs east ok', 'dogs west ok', 'people east ok', 'people west ok'];

interface Explained {
  readonly plan: string | null;
  readonly cost: { readonly estimated: number; readonly limit: number } | null;
  readonly cache: string | null;
  readonly isCompiled: boolean | null;
  readonly subgraphRequests: readonly {
    readonly subgraph: string;
    readonly provider: string;
    readonly durationMs: number;
    readonly outcome: string;
  }[];
}

const extensionsOf = ({ text }: Answer) => (JSON.parse(text) as { extensions?: { explain?: Explained } }).extensions;

/** @throws TypeError where the answer is not explained. */
async function explain(url: string, document: string, headers: Readonly<Record<string, string>> = {}) {
  const answer = await ask(url, document, { headers: { ...EXPLAIN, ...headers } });
  const explained = extensionsOf(answer)?.explain;
  if (!explained) throw new TypeError(`Nothing is explained: ${answer.text}`);
  return { ...explained, answer };
}

const askedBy = ({ subgraphRequests }: Explained) =>
  subgraphRequests.map(({ subgraph, provider, outcome }) => `${subgraph} ${provider} ${outcome}`).sort();

describe('an explained answer', () => {
  it('tells plan, cost and every request to a subgraph, beside the same data', async () => {
    const first = await explain(gateway.url, BOTH);
    expect(first.answer.data).toEqual((await ask(gateway.url, BOTH)).data);
    expect(first.plan).toMatch(/^One after the other\n {2}Fetch from people\n[\s\S]*\n +Fetch from dogs, into person/);
    expect(first.plan).toContain('needs ... on Person { __typename ags id formerly { ags } }');
    expect(first.plan).toContain('Person.dogs requires formerly { ags }');
    expect(first.cost).toEqual({ estimated: expect.any(Number), limit: 1000 });
    expect(first.cache).toBeNull();
    expect(askedBy(first)).toEqual(ALL_ASKED);
    for (const { durationMs } of first.subgraphRequests) expect(durationMs).toBeGreaterThan(0);
  });

  it('says whether the operation was compiled before', async () => {
    const seldom = '{ person(ags: "10041100", id: "1") { seldom: name } }';
    expect((await explain(gateway.url, seldom)).isCompiled).toBe(false);
    expect((await explain(gateway.url, seldom)).isCompiled).toBe(true);
  });

  it('shows the plan of the conditions that hold', async () => {
    const planOf = async (isWanted: boolean) =>
      (
        await explain(
          gateway.url,
          `query ($w: Boolean = ${isWanted}) { tags: person${PERSON} { name dogs @include(if: $w) { tag } } }`,
        )
      ).plan;
    expect(await planOf(true)).toContain('Fetch from dogs');
    expect(await planOf(false)).not.toContain('dogs');
  });

  it('never tells where anything runs', async () => {
    const { answer } = await explain(gateway.url, BOTH);
    for (const { url } of offices.all()) expect(answer.text).not.toContain(new URL(url).port);
    expect(answer.text).not.toMatch(/https?:|127\.0\.0\.1|localhost|\.invalid/);
  });

  it('tells how a request to a subgraph failed, by its code', async () => {
    offices.people.east.fail({ kind: 'html' });
    const explained = await explain(gateway.url, `{ person${PERSON} { failing: name } }`);
    offices.people.east.fail(null);
    expect(askedBy(explained)).toEqual(['people east SUBGRAPH_MALFORMED']);
    expect(explained.answer.text).not.toContain('planted-marker');
  });

  it('tells of its own requests alone, whatever ids clients give', async () => {
    const sameId = { 'x-request-id': 'the-same-for-all' };
    const [one, other] = await Promise.all([
      explain(gateway.url, '{ person(ags: "10041100", id: "1") { name } }', sameId),
      explain(gateway.url, '{ dog(ags: "10045114", tag: "7") { tag } }', sameId),
    ]);
    expect([askedBy(one), askedBy(other)]).toEqual([['people west ok'], ['dogs east ok']]);
  });

  it('has no plan where the request is refused', async () => {
    const { plan, isCompiled, subgraphRequests, answer } = await explain(gateway.url, '{ nothing }');
    expect(answer.status).toBe(400);
    expect({ plan, isCompiled, subgraphRequests }).toEqual({ plan: null, isCompiled: null, subgraphRequests: [] });
  });

  it('holds nothing of what its caller may not see', async () => {
    const strict = await start('strict', secretOffice(), {
      PLAYGROUND: 'on',
      ACCESS_DEFAULT: 'deny',
      OIDC_ISSUER: issuer.url,
      OIDC_AUDIENCE: AUDIENCE,
    });
    const as = async (scope: string) =>
      explain(strict.url, '{ motto secret { text } }', { authorization: `Bearer ${await issuer.token({ scope })}` });
    expect((await as('secret')).plan).toContain('secret');
    const explained = await as('other');
    expect(explained.answer.errors).toContainEqual(
      expect.objectContaining({ path: ['secret'], extensions: { code: 'FORBIDDEN' } }),
    );
    expect(explained.plan).toContain('motto');
    expect(explained.plan).not.toMatch(/secret|text/i);
  });

  it('has requests and cost, but no plan, with the stock engine', async () => {
    const stock = await start('stock', offices, { PLAYGROUND: 'on', ENGINE: 'apollo' });
    const explained = await explain(stock.url, BOTH);
    expect({ plan: explained.plan, isCompiled: explained.isCompiled }).toEqual({ plan: null, isCompiled: null });
    expect(explained.cost).not.toBeNull();
    expect(askedBy(explained)).toEqual(ALL_ASKED);
  });
});

describe('nothing is explained', () => {
  it.each([[{}], [{ 'x-explain': '0' }], [{ 'x-explain': 'true' }], [{ 'apollo-query-plan-experimental': '1' }]])(
    'to who sends %j',
    async (headers) => {
      expect(extensionsOf(await ask(gateway.url, BOTH, { headers }))).toBeUndefined();
    },
  );

  it('where the playground is not served, whatever the client sends', async () => {
    const plain = await start('plain', offices, {});
    const { text } = await ask(plain.url, BOTH);
    for (const headers of [EXPLAIN, { ...EXPLAIN, 'apollo-query-plan-experimental': '1' }])
      expect((await ask(plain.url, BOTH, { headers })).text).toBe(text);
    expect(text).not.toMatch(/extensions|Fetch/);
    expect((await ask(plain.url, '{ nothing }', { headers: EXPLAIN })).text).not.toContain('explain');
  });

  it('to pages of another origin', async () => {
    const { headers } = await fetch(gateway.url, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://portal.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-explain',
      },
    });
    expect(headers.get('access-control-allow-headers')).toContain('x-purpose');
    expect(headers.get('access-control-allow-headers')).not.toContain('x-explain');
  });
});
