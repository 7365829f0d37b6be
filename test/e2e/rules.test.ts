import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { type Guarded, type GuardedOptions, startGuarded } from '../support/guarded.js';
import { ask, forbidden, PEOPLE, somebody } from '../support/guarded-people.js';

jest.setTimeout(120_000);

const open: Guarded[] = [];
afterAll(() => Promise.all(open.map((each) => each.close())));

async function start(options: GuardedOptions): Promise<Guarded> {
  const guarded = await startGuarded(options);
  open.push(guarded);
  return guarded;
}

describe('a denied field', () => {
  let guarded: Guarded;
  beforeAll(async () => {
    guarded = await start({ sources: PEOPLE });
  });

  it('is null with one error at each place whose object is there', async () => {
    const { status, data, errors } = await ask(guarded, '{ people { name income } }', somebody());
    expect({ status, data, errors }).toEqual({
      status: 200,
      data: {
        people: [
          { name: 'n1', income: null },
          { name: 'n2', income: null },
        ],
      },
      errors: [forbidden('people', 0, 'income'), forbidden('people', 1, 'income')],
    });
    expect(await ask(guarded, '{ person(id: "0") { income } }', somebody())).toMatchObject({
      data: { person: null },
      errors: [],
    });
  });

  it('is told at list positions of what is there', async () => {
    const { data, errors } = await ask(guarded, '{ person(id: "1") { friends { income } } }', somebody());
    expect(data).toEqual({ person: { friends: [{ income: null }, null, { income: null }] } });
    expect(errors).toEqual([forbidden('person', 'friends', 0, 'income'), forbidden('person', 'friends', 2, 'income')]);
  });

  it('never reaches a subgraph, also not as what another denied field requires', async () => {
    const { sent } = await ask(guarded, '{ person(id: "1") { name taxes pay } }', somebody());
    expect(sent.length).toBe(2);
    expect(sent.join()).not.toMatch(/income|taxes|pay/);
  });

  it('reaches subgraphs as what a granted field requires, and the client not', async () => {
    const { data, sent } = await ask(guarded, '{ person(id: "1") { taxes pay } }', somebody('income'));
    expect(data).toEqual({ person: { taxes: 50, pay: null } });
    expect(sent.join()).toMatch(/income/);
    expect(sent.join()).not.toMatch(/pay/);
  });

  it('takes what is inside of it along, with its variables and fragments', async () => {
    const text = `query ($page: Int!, $show: Boolean!) {
      person(id: "1") { name diary { ...d @include(if: $show) } }
    } fragment d on Diary { text(page: $page) }`;
    const variables = { page: 3, show: true };
    expect(await ask(guarded, text, somebody('diary'), variables)).toMatchObject({
      data: { person: { name: 'n1', diary: { text: 'page 3' } } },
    });
    const { data, errors, sent } = await ask(guarded, text, somebody(), variables);
    expect(data).toEqual({ person: { name: 'n1', diary: { text: null } } });
    expect(errors).toEqual([forbidden('person', 'diary', 'text')]);
    expect(sent.join()).not.toMatch(/text|page/);
  });

  it('is not answered at all where a condition leaves it out', async () => {
    const text = 'query ($show: Boolean!) { person(id: "1") { name income @include(if: $show) pay @skip(if: true) } }';
    expect(await ask(guarded, text, somebody(), { show: false })).toMatchObject({
      data: { person: { name: 'n1' } },
      errors: [],
    });
    expect((await ask(guarded, text, somebody(), { show: true })).errors).toEqual([forbidden('person', 'income')]);
  });

  it('is the same field under any alias and in any fragment', async () => {
    const text = `{ a: person(id: "1") { __proto__: income b: name ... on Node { ... on Person { c: income } } ...f } }
      fragment f on Person { income }`;
    const { data, errors, sent } = await ask(guarded, text, somebody());
    expect(JSON.stringify(data)).toBe('{"a":{"__proto__":null,"b":"n1","c":null,"income":null}}');
    expect(errors).toEqual([forbidden('a', '__proto__'), forbidden('a', 'c'), forbidden('a', 'income')]);
    expect(sent.join()).not.toMatch(/income/);
  });

  it('takes its object along where it cannot be null, up to the first that can', async () => {
    const { data, errors } = await ask(
      guarded,
      '{ open strict { other always inner { always } list { always } } }',
      somebody(),
    );
    expect(data).toEqual({ open: 'o', strict: null });
    expect(errors).toEqual([forbidden('strict', 'always')]);
    const below = await ask(guarded, '{ strict { other inner { other always } list { other always } } }', somebody());
    expect(below.data).toEqual({ strict: { other: 2, inner: null, list: null } });
    expect(below.errors).toEqual([forbidden('strict', 'inner', 'always'), forbidden('strict', 'list', 0, 'always')]);
  });

  it.each([
    ['secret { __typename }', 'secret', 'secret'],
    ['score', 'score points', 'score'],
    ['score', 'admin', 'score'],
    ['level', 'level', 'level'],
  ])('has the rule of the type of its value: %s needs %s', async (field, scopes, key) => {
    const text = `{ open ${field} }`;
    expect((await ask(guarded, text, somebody(...scopes.split(' ')))).errors).toEqual([]);
    const { data, errors, sent } = await ask(guarded, text, somebody('points'));
    expect({ data, errors }).toEqual({ data: { open: 'o', [key]: null }, errors: [forbidden(key)] });
    expect(sent.join()).not.toContain(key);
  });

  it('of a mutation is never sent, while the others run in their order', async () => {
    const text =
      'mutation { a: rename(id: "1", name: "x") { name } erase(id: "1") { id } b: rename(id: "2", name: "y") { name income } }';
    const { data, errors, sent } = await ask(guarded, text, somebody());
    expect(data).toEqual({ a: { name: 'x' }, erase: null, b: { name: 'y', income: null } });
    expect(errors).toEqual([forbidden('erase'), forbidden('b', 'income')]);
    expect(sent.join()).not.toMatch(/erase|income/);
    expect(await ask(guarded, 'mutation { erase(id: "1") { id } }', somebody())).toMatchObject({
      data: { erase: null },
      sent: [],
    });
  });

  it('stays denied, and compiled, over another supergraph', async () => {
    const own = await start({ sources: PEOPLE });
    const text = 'query ($p: Int!) { person(id: "1") { name diary { text(page: $p) } friends { name } } }';
    const question = { caller: somebody(), variables: { p: 1 } };
    const before = await own.compiled(text, question);
    await own.gateway.update(own.sdl.replace('type Diary', '"A book."\ntype Diary'));
    const context = { requestId: 'r', caller: null, signal: new AbortController().signal };
    const found = own.gateway.find(text, undefined, context);
    expect([...(found?.key.denied?.keys() ?? [])]).toEqual(['Diary.text']);
    const after = await own.compiled(text, question);
    expect(after).toEqual(before);
    expect(after.errors).toEqual([forbidden('person', 'diary', 'text')]);
    expect(after.sent.join()).not.toMatch(/text|page/);
    // What the new schema does not know is not answered because the rest of it still could be.
    await own.gateway.update(own.sdl.replace(/text\(page: Int!\): String/, 'words(page: Int!): String'));
    expect(own.gateway.find(text, undefined, context)).toBeNull();
  });

  it('asks nobody in without a token', async () => {
    expect(await ask(guarded, '{ open }', null)).toMatchObject({ status: 200, data: { open: 'o' } });
    for (const text of [
      '{ open people { income } }',
      '{ open secret { __typename } }',
      'mutation { erase(id: 1) { id } }',
    ])
      expect(await ask(guarded, text, null)).toMatchObject({ status: 401, data: null, sent: [] });
  });
});

describe('any operation', () => {
  const SCOPES = ['label', 'income', 'pay', 'secret', 'diary', 'strict', 'score', 'points', 'level'];
  const FIELDS = [
    'id',
    'label',
    'name',
    'income',
    'taxes',
    'pay',
    'friends { name income }',
    'diary { text(page: 1) }',
  ];
  let guarded: Guarded;
  beforeAll(async () => {
    guarded = await start({ sources: PEOPLE });
  });

  const scopes = fc.subarray(SCOPES);
  const selection = fc.subarray(FIELDS, { minLength: 1 });

  it('shows no more to whoever has fewer rights', async () => {
    await fc.assert(
      fc.asyncProperty(selection, scopes, fc.subarray(SCOPES), async (fields, many, kept) => {
        const few = many.filter((scope) => kept.includes(scope));
        const text = `{ people { ${fields.join(' ')} } node(id: "1") { label } strict { other inner { always } } }`;
        const [more, less] = [await ask(guarded, text, somebody(...many)), await ask(guarded, text, somebody(...few))];
        expect(isWithin(less.data, more.data)).toBe(true);
        expect(less.errors.length).toBeGreaterThanOrEqual(more.errors.length);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('is the same however it is written', async () => {
    await fc.assert(
      fc.asyncProperty(selection, scopes, async (fields, rights) => {
        const plain = `{ people { ${fields.join(' ')} } }`;
        const spread = `query x($yes: Boolean = true) { ...q } fragment q on Query { people { ...p } people { ${fields[0]} } }
          fragment p on Person { ${fields.map((field) => `... on Node { ... on Person { ${field} } } ... @include(if: $yes) { ${field} }`).join(' ')} }`;
        const [one, other] = [
          await ask(guarded, plain, somebody(...rights)),
          await ask(guarded, spread, somebody(...rights)),
        ];
        expect(other.data).toEqual(one.data);
        expect(new Set(other.errors.map(({ path }) => path?.join()))).toEqual(
          new Set(one.errors.map(({ path }) => path?.join())),
        );
      }),
      { numRuns: 40, seed: 2 },
    );
  });
});

/** Whether nothing is in `less` that is not in `more` too. */
function isWithin(less: unknown, more: unknown): boolean {
  if (less === null) return true;
  if (typeof less !== 'object') return less === more;
  if (typeof more !== 'object' || more === null) return false;
  return Object.entries(less).every(([key, value]) => isWithin(value, (more as Record<string, unknown>)[key]));
}
