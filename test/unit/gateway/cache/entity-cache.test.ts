import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { createCache } from '../../../../gateway/cache/cache.js';
import { createEntityCache } from '../../../../gateway/cache/entity-cache.js';
import { createEpochs } from '../../../../gateway/cache/epochs.js';
import { createHintOf } from '../../../../gateway/cache/hints.js';
import { createMemoryStore } from '../../../../gateway/cache/memory-store.js';
import { readSchemaFacts } from '../../../../gateway/cache/schema-facts.js';
import { createScopeOf } from '../../../../gateway/cache/scope.js';
import { Sources } from '../../../../gateway/cache/sources.js';
import { createTagger } from '../../../../gateway/cache/tagger.js';
import type { RequestContext } from '../../../../gateway/context.js';
import { joinEntities } from '../../../../gateway/fetch/merge.js';
import type { SubgraphAnswer, SubgraphRequest } from '../../../../gateway/fetch/subgraph-request.js';
import { composeWithCacheHints } from '../../../../schema/compose-services.js';
import { WORDS } from '../../../support/offices.js';
import { someCaller } from '../../../support/some-caller.js';

const SDL = `${WORDS}
  type Query { town: Town @public  secret: Town }
  type Town @key(fields: "ags")
    @cacheControl(maxAge: 60, scope: PUBLIC, staleIfError: 60, staleWhileRevalidate: 30) { ags: ID!  a: String  b: String  inner: [Inner!] }
  type Inner @cacheControl(inheritMaxAge: true) { x: String }
  type Person @key(fields: "id") @cacheControl(maxAge: 5, scope: PRIVATE) { id: ID!  a: String }
`;
const { supergraphSdl = '' } = composeWithCacheHints([{ name: 's', url: 'http://s.invalid', typeDefs: parse(SDL) }]);

type Respond = (request: SubgraphRequest) => SubgraphAnswer;

const entity = (representation: unknown) => {
  const { ags } = representation as { ags: string };
  return ags === 'none' ? null : { a: `a ${ags}`, inner: [{ x: 'y' }] };
};
const answerAll: Respond = ({ variables }) => ({
  data: { _entities: (variables['representations'] as unknown[]).map(entity) },
  errors: [],
});

function open() {
  const clock = { now: 1e12 };
  const epochs = createEpochs();
  const schema = readSchemaFacts(parse(supergraphSdl));
  const asked: SubgraphRequest[] = [];
  const state = { respond: answerAll };
  const cache = createCache<unknown>({
    name: 'entities',
    memory: createMemoryStore(1e7),
    shared: null,
    epochs,
    bus: { isConfirmed: () => true },
    now: () => clock.now,
  });
  const fetchSubgraph = createEntityCache({
    fetchSubgraph: async (request) => {
      asked.push(request);
      return structuredClone(state.respond(request));
    },
    cache,
    moment: cache.moment,
    schemaHash: 'h',
    schema,
    hintOf: createHintOf(schema),
    tagger: createTagger(schema),
    publicFields: new Set(['Query.town']),
    isPersonal: () => false,
    scopeOf: createScopeOf('1'),
    maySharePrivate: () => false,
    join: joinEntities,
    onEvent: () => undefined,
  });
  const ask = (operation: string, variables: object, caller: RequestContext['caller'] = null) => {
    const sources = new Sources(cache.moment());
    const request: SubgraphRequest = {
      subgraph: 's',
      kind: 'query',
      operation,
      operationName: undefined,
      variables: variables as Record<string, unknown>,
    };
    const context = { requestId: 'r', caller, signal: new AbortController().signal, sources };
    return fetchSubgraph(request, context).then((answer) => ({ ...answer, sources }));
  };
  return { clock, epochs, asked, state, ask };
}

const ENTITIES =
  'query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Town { a inner { x } } } }';
const towns = (...names: string[]) => ({ representations: names.map((ags) => ({ __typename: 'Town', ags })) });
const asksOf = ({ asked }: ReturnType<typeof open>) =>
  asked.map(({ variables }) => (variables['representations'] as { ags: string }[]).map(({ ags }) => ags));

describe('entities', () => {
  it('are asked for where they are missing, and come in order', async () => {
    const given = open();
    await given.ask(ENTITIES, towns('1', '3'));
    const { data, errors } = await given.ask(ENTITIES, towns('0', '1', '2', '3'));
    expect(((data?.['_entities'] ?? []) as { a: string }[]).map(({ a }) => a)).toEqual(['a 0', 'a 1', 'a 2', 'a 3']);
    expect([errors, asksOf(given)]).toEqual([
      [],
      [
        ['1', '3'],
        ['0', '2'],
      ],
    ]);
  });

  it('cannot be changed by whoever gets them, the first one included', async () => {
    const given = open();
    for (let round = 0; round < 3; round++) {
      const { data } = await given.ask(ENTITIES, towns('1'));
      const [town] = (data?.['_entities'] ?? []) as unknown as [{ a: string; inner: { x: string }[] }];
      expect(town).toEqual({ a: 'a 1', inner: [{ x: 'y' }] });
      town.a = 'changed';
      (town.inner[0] as { x: string }).x = 'changed';
      town.inner.push({ x: 'more' });
    }
    expect(given.asked).toHaveLength(1);
  });

  it('that are not there are asked for again soon', async () => {
    const given = open();
    await given.ask(ENTITIES, towns('none', '1'));
    given.clock.now += 2000;
    await given.ask(ENTITIES, towns('none', '1'));
    given.clock.now += 2000;
    await given.ask(ENTITIES, towns('none', '1'));
    expect(asksOf(given)).toEqual([['none', '1'], ['none']]);
  });

  it('of an answer with an error are not kept', async () => {
    const given = open();
    given.state.respond = (request) => ({
      ...answerAll(request),
      errors: [{ message: 'm', path: ['_entities', 0, 'a'], extensions: { code: 'LEGACY_TIMEOUT' } }],
    });
    const { sources } = await given.ask(ENTITIES, towns('1', '2'));
    await given.ask(ENTITIES, towns('2'));
    expect([asksOf(given), sources.whole()]).toEqual([[['1', '2'], ['2']], null]);
  });

  it('that were found stay where the others cannot be had', async () => {
    const given = open();
    await given.ask(ENTITIES, towns('1'));
    given.state.respond = () => ({ data: null, errors: [{ message: 'm', extensions: { code: 'SUBGRAPH_TIMEOUT' } }] });
    const { data, errors } = await given.ask(ENTITIES, towns('0', '1'));
    expect(data).toEqual({ _entities: [null, entity({ ags: '1' })] });
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['_entities', 0], 'SUBGRAPH_TIMEOUT'],
    ]);
  });

  it.each([
    ['SUBGRAPH_UNAVAILABLE', true],
    ['LEGACY_TIMEOUT', true],
    ['SUBGRAPH_TIMEOUT', true],
    ['SUBGRAPH_MALFORMED', true],
    ['SUBGRAPH_ERROR', false],
    ['INTERNAL', false],
    ['FORBIDDEN', false],
    ['UNAUTHENTICATED', false],
    ['BAD_USER_INPUT', false],
  ])('past their time do where the answer is %s: %j', async (code, isSent) => {
    const given = open();
    await given.ask(ENTITIES, towns('1'));
    given.clock.now += 100_000;
    given.state.respond = () => ({ data: null, errors: [{ message: 'm', extensions: { code } }] });
    const { data, sources } = await given.ask(ENTITIES, towns('1'));
    expect([data !== null, sources.staleSeconds]).toEqual([isSent, isSent ? 100 : null]);
    given.clock.now += 100_000;
    expect((await given.ask(ENTITIES, towns('1'))).data).toBeNull();
  });

  it('a little past their time are sent, and asked for once in the background', async () => {
    const given = open();
    await given.ask(ENTITIES, towns('1', '2'));
    given.clock.now += 70_000;
    const [one, other] = await Promise.all([given.ask(ENTITIES, towns('1')), given.ask(ENTITIES, towns('1', '2'))]);
    expect([one.sources.staleSeconds, other.sources.staleSeconds, asksOf(given)]).toEqual([
      70,
      70,
      [['1', '2'], ['1'], ['2']],
    ]);
    expect((await given.ask(ENTITIES, towns('1', '2'))).sources.staleSeconds).toBeNull();
    expect(given.asked).toHaveLength(3);
  });

  it('of people are for the one who asked', async () => {
    const given = open();
    const query =
      'query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Person { a } } }';
    const person = { representations: [{ __typename: 'Person', id: '1' }] };
    const [one, other] = [someCaller({ subject: 'one' }), someCaller({ subject: 'other' })];
    for (const caller of [one, one, other, { ...one, purpose: 'another' }, { ...one }, null])
      await given.ask(query, person, caller);
    expect(given.asked).toHaveLength(4);
    given.epochs.invalidate(['person:one'], 1);
    await given.ask(query, person, one);
    await given.ask(query, person, other);
    expect(given.asked).toHaveLength(5);
  });

  it('of people are forgotten with the one on whose behalf a system asked', async () => {
    const given = open();
    const query =
      'query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Person { a } } }';
    const person = { representations: [{ __typename: 'Person', id: '1' }] };
    const caller = someCaller({ subject: 'portal', actingFor: 'one' });
    await given.ask(query, person, caller);
    given.epochs.invalidate(['person:one'], 1);
    await given.ask(query, person, caller);
    expect(given.asked).toHaveLength(2);
  });
});

describe('root fields', () => {
  it('are kept for everybody where everybody may ask for them, whoever does', async () => {
    const given = open();
    given.state.respond = () => ({ data: { town: { a: 'a' } }, errors: [] });
    await given.ask('{ town { a } }', {});
    await given.ask('{ town { a } }', {}, someCaller({ subject: 'one' }));
    expect(given.asked).toHaveLength(1);
  });

  it('go by who asks where they could go to their own municipality', async () => {
    const given = open();
    given.state.respond = () => ({ data: { secret: { a: 'a' } }, errors: [] });
    for (const subject of ['one', 'other', 'one']) await given.ask('{ secret { a } }', {}, someCaller({ subject }));
    expect(given.asked).toHaveLength(2);
  });

  it('are not kept where nobody answers for them', async () => {
    const given = open();
    given.state.respond = () => ({ data: {}, errors: [] });
    for (let round = 0; round < 2; round++) await given.ask('{ town { a } }', {});
    expect(given.asked).toHaveLength(2);
  });

  it('are kept for seconds where they go by who asks, whatever is said', async () => {
    const given = open();
    given.state.respond = () => ({ data: { secret: { a: 'a' } }, errors: [], cacheControl: 'public, max-age=60' });
    const { sources } = await given.ask('{ secret { a } }', {}, someCaller());
    expect(sources.whole()?.lifetime).toEqual({ freshMs: 30_000, staleMs: 0, errorMs: 0, isPublic: false });
    given.clock.now += 31_000;
    await given.ask('{ secret { a } }', {}, someCaller());
    expect(given.asked).toHaveLength(2);
  });

  it('are as old as the subgraph says', async () => {
    const given = open();
    given.state.respond = () => ({ data: { town: { a: 'a' } }, errors: [], ageSeconds: 50 });
    const { sources } = await given.ask('{ town { a } }', {});
    expect(sources.whole()).toMatchObject({ storedAt: given.clock.now - 50_000, lifetime: { freshMs: 60_000 } });
    given.clock.now += 9000;
    expect((await given.ask('{ town { a } }', {})).sources.staleSeconds).toBeNull();
    given.clock.now += 2000;
    expect((await given.ask('{ town { a } }', {})).sources.staleSeconds).toBe(61);
  });

  it('are kept no longer, and for no more, than the subgraph says', async () => {
    const given = open();
    given.state.respond = () => ({ data: { town: { a: 'a' } }, errors: [], cacheControl: 'private, max-age=2' });
    const [one, other] = ['one', 'other'].map((subject) => someCaller({ subject }));
    for (const caller of [one, one, other, other]) await given.ask('{ town { a } }', {}, caller ?? null);
    expect(given.asked).toHaveLength(2);
    given.clock.now += 2001;
    await given.ask('{ town { a } }', {}, one ?? null);
    expect(given.asked).toHaveLength(3);
    given.state.respond = () => ({ data: { town: { b: 'b' } }, errors: [], cacheControl: 'no-store' });
    for (let round = 0; round < 2; round++) await given.ask('{ town { b } }', {});
    expect(given.asked).toHaveLength(5);
  });
});
