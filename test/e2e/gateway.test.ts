import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ask } from '../support/ask.js';
import { createTestFiles, type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { compose, type Offices, startOffices } from '../support/offices.js';
import { type StandIn, startStandIn } from '../support/stand-in.js';

jest.setTimeout(60_000);

/** A supergraph of somebody else: none of our words, rights of federation, a directive that is called like ours. */
const LINK = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@composeDirective", "@authenticated", "@requiresScopes", "@policy", "@tag", "@inaccessible"])
  @link(url: "https://shop.example/checks/v1.0", import: ["@constraint"])
  @composeDirective(name: "@constraint")
  directive @constraint(maxLength: Int) on ARGUMENT_DEFINITION`;
const BOOKS = `${LINK}
  type Query { books(after: String @constraint(maxLength: 3)): [Book!]!  secret: String @authenticated  staff: String @requiresScopes(scopes: [["staff"]])  ruled: Vault }
  type Vault @policy(policies: [["p"]]) { inside: String }
  type Book @key(fields: "isbn") { isbn: ID!  title: String! }`;
const REVIEWS = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Book @key(fields: "isbn") { isbn: ID!  stars: Int }`;

const files = createTestFiles();
let books: StandIn;
let reviews: StandIn;
let gateway: GatewayProcess;

beforeAll(async () => {
  books = await startStandIn({
    typeDefs: BOOKS,
    resolvers: {
      Query: {
        books: () => [
          { isbn: '1', title: 'One' },
          { isbn: '2', title: 'Two' },
        ],
        secret: () => 'secret',
        staff: () => 'staff',
        ruled: () => ({ inside: 'x' }),
      },
    },
  });
  reviews = await startStandIn({
    typeDefs: REVIEWS,
    resolvers: { Book: { __resolveReference: ({ isbn }: { isbn: string }) => ({ isbn, stars: Number(isbn) }) } },
  });
  gateway = await startGateway({ SUPERGRAPH_PATH: foreign(), ACCESS_DEFAULT: 'public', INTROSPECTION: 'on' });
});

afterAll(async () => {
  await gateway?.stop();
  await Promise.all([books?.close(), reviews?.close()]);
  files.remove();
});

const foreign = () =>
  files.write(
    'foreign.graphql',
    compose({ books: BOOKS, reviews: REVIEWS }, { books: books.url, reviews: reviews.url }),
  );

describe('any Federation 2 supergraph', () => {
  it('is served where it says its subgraphs run, to everybody', async () => {
    const answer = await ask(gateway.url, '{ books(after: "anything") { title stars } }', { token: 'no.such.token' });
    expect(answer.errors).toEqual([]);
    expect(answer.data).toEqual({
      books: [
        { title: 'One', stars: 1 },
        { title: 'Two', stars: 2 },
      ],
    });
  });

  it.each([
    ['@authenticated', '{ secret }'],
    ['@requiresScopes', '{ staff }'],
    ['@policy, by its type', '{ ruled { inside } }'],
  ])('keeps what carries %s from nobody in particular', async (_, query) => {
    const answer = await ask(gateway.url, query);
    expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('shows its schema where that is wanted', async () => {
    const { data } = await ask(gateway.url, '{ __type(name: "Book") { fields { name } } }');
    expect(data).toEqual({ __type: { fields: [{ name: 'isbn' }, { name: 'title' }, { name: 'stars' }] } });
  });

  it('tells of a null where the schema allows none', async () => {
    books.fail({ kind: 'answer', body: { data: { books: [{ __typename: 'Book', isbn: '1', title: null }] } } });
    const answer = await ask(gateway.url, '{ books { title } }');
    books.fail(null);
    expect(answer.data).toBeNull();
    expect(answer.errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['books', 0, 'title'], 'SUBGRAPH_MALFORMED'],
    ]);
  });
});

describe('the municipal supergraph', () => {
  let offices: Offices;
  let strict: GatewayProcess;

  beforeAll(async () => {
    offices = await startOffices();
    strict = await startGateway({ SUPERGRAPH_PATH: files.write('offices.graphql', offices.supergraph) });
  });

  afterAll(async () => {
    await strict?.stop();
    await offices?.close();
  });

  it('says nothing of its schema', async () => {
    const questions = [
      '{ __schema { types { name } } }',
      '{ __type(name: "Person") { name } }',
      '{ mott }',
      '{ _service { sdl } }',
    ];
    const answers = await Promise.all(questions.map((query) => ask(strict.url, query)));
    for (const { status, errors, text } of answers) {
      expect([status, errors[0]?.extensions.code]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
      expect(text).not.toMatch(/did you mean|"motto"/i);
    }
  });

  it('gives its plans to nobody', async () => {
    const headers = { 'apollo-query-plan-experimental': '1', 'apollo-federation-include-trace': 'ftv1' };
    const { text } = await ask(strict.url, '{ motto }', { headers });
    expect(JSON.parse(text)).not.toHaveProperty('extensions');
  });

  it('says that a part cannot be reached where nobody knows where it runs', async () => {
    const { data, errors } = await ask(strict.url, '{ motto }');
    expect(data).toEqual({ motto: null });
    expect(errors[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
  });
});

describe('a start is refused', () => {
  const started: GatewayProcess[] = [];
  afterEach(async () => {
    await Promise.all(started.splice(0).map((process) => process.stop()));
  });

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'with everything public and open to the network',
      { ACCESS_DEFAULT: 'public', HOST: '0.0.0.0' },
      /ACCESS_DEFAULT: .*loopback/,
    ],
    ['with an issuer but no audience', { OIDC_ISSUER: 'http://127.0.0.1:1' }, /OIDC_AUDIENCE/],
    [
      'with protection of the planner off',
      { APOLLO_DISABLE_SECURITY_RECURSIVE_SELECTIONS_CHECK: 'true' },
      /APOLLO_DISABLE_SECURITY/,
    ],
    [
      'with all problems at once',
      { PORT: 'planted', CORS_ORIGINS: '*', ENGINE: 'planted' },
      /PORT[\s\S]*CORS_ORIGINS|CORS_ORIGINS[\s\S]*PORT/,
    ],
    ['without a supergraph', { SUPERGRAPH_PATH: 'does-not-exist.graphql' }, /does-not-exist/],
    ['with a schema that is no supergraph', { SUPERGRAPH_PATH: 'schema/directives.graphql' }, /supergraph/],
    [
      'with a wrong cooperation file',
      { COOPERATION_PATH: 'package.json', SUPERGRAPH_PATH: 'schema/supergraph.graphql' },
      /cooperation file/,
    ],
  ])('%s', async (_, env, reason) => {
    const start = startGateway({ SUPERGRAPH_PATH: foreign(), ...env }).then((process) => started.push(process));
    const error = await start.then(
      () => new Error('it started'),
      (refused: Error) => refused,
    );
    expect(error.message).toMatch(reason);
    expect(error.message).not.toContain('planted');
  });
});
