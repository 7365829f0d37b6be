import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, validate } from 'graphql';
import { type Arena, createArena, DEFAULT_ARENA } from '../support/oracle/arena.js';
import { compareResults } from '../support/oracle/compare.js';
import { runDifferential } from '../support/oracle/differential.js';
import type { Engine } from '../support/oracle/engine.js';
import { createFaults, createRun, NO_FAULTS } from '../support/oracle/faults.js';
import { hasRecovered } from '../support/oracle/recovered.js';
import { rights } from '../support/oracle/supergraphs/rights.js';
import { shop } from '../support/oracle/supergraphs/shop.js';

const PLAN = { from: 0, operations: 40, withFaults: false, withStock: true, maxShown: 1 };

let plain: Arena;
let conflicting: Arena;
beforeAll(async () => {
  plain = await createArena(rights, DEFAULT_ARENA);
  conflicting = await createArena(shop, DEFAULT_ARENA);
}, 30_000);
afterAll(async () => {
  await plain.stock?.close();
  await conflicting.stock?.close();
});

/** Answers as the monolith does, but for what `change` makes of it. */
const changed = (arena: Arena, change: (text: string) => string): Engine => ({
  ...arena.monolith,
  name: 'changed',
  run: async (operation, run) => JSON.parse(change(JSON.stringify(await arena.monolith.run(operation, run)))),
});

describe('the generator of operations', () => {
  it('writes the same operation for the same seed', () => {
    expect(plain.generate('7', false)).toEqual(plain.generate('7', false));
    expect(plain.generate('7', false).query).not.toBe(plain.generate('8', false).query);
  });

  it('writes valid operations that use what GraphQL has', () => {
    const all = Array.from({ length: 100 }, (_, seed) => conflicting.generate(String(seed), false));
    for (const { query } of all) expect(validate(conflicting.anatomy.api, parse(query))).toEqual([]);
    const text = all.map(({ query }) => query).join('\n');
    for (const part of ['fragment F0', '... on', '@skip(if: $', '@include(if: true)', '($v0', ' = ', '__typename'])
      expect(text).toContain(part);
  });
});

describe('the monolith', () => {
  it('gives the data of the stock gateway where that one is known to be right', async () => {
    const report = await runDifferential(plain, plain.stock as Engine, { ...PLAN, maxShown: 40 });
    expect(report.operations).toBeGreaterThanOrEqual(40);
    // The order of the fields is the one thing that the stock gateway gets wrong over this supergraph.
    expect(report.differences.filter(({ kind }) => kind !== 'order')).toEqual([]);
  });

  it('shows where two fields that require a third with other arguments mislead the stock gateway', async () => {
    const query = '{ products(first: 8) { shipping duty } warehouses { products { shipping duty } } }';
    const [truth, stock] = await Promise.all(
      [conflicting.monolith, conflicting.stock as Engine].map((engine) =>
        engine.run({ query, variables: {} }, createRun(NO_FAULTS)),
      ),
    );
    expect(compareResults(truth ?? {}, stock ?? {})?.kind).toBe('data');
  });
});

describe('the comparison', () => {
  it('finds one changed value and makes the operation small', async () => {
    const engine = changed(plain, (text) => text.replaceAll('"File"', '"Folder"'));
    const { different, differences } = await runDifferential(plain, engine, PLAN);
    expect(different).toBeGreaterThan(0);
    expect(differences[0]?.kind).toBe('data');
    expect(differences[0]?.operation.query.length).toBeLessThan(120);
  });

  it('finds errors that are missing', async () => {
    const engine = changed(plain, (text) => JSON.stringify({ data: JSON.parse(text).data }));
    const { differences } = await runDifferential(plain, engine, { ...PLAN, withFaults: true });
    expect(differences[0]?.kind).toBe('missing errors');
  });

  const data = { a: { b: null, c: 1 }, d: [{ e: null }] };
  const error = (...path: (string | number)[]) => ({ message: 'x', path }) as never;
  it.each([
    ['equal answers', { data }, { data }, null],
    ['another value', { data }, { data: { ...data, d: [] } }, 'data'],
    ['another order of the fields', { data: { a: 1, b: 2 } }, { data: { b: 2, a: 1 } }, 'order'],
    ['an error nobody expects', { data }, { data, errors: [error('a', 'b')] }, 'unexpected errors'],
    ['an error at a value', { data, errors: [error('a', 'b')] }, { data, errors: [error('a', 'c')] }, 'error paths'],
    [
      'an error for another null',
      { data, errors: [error('a', 'b')] },
      { data, errors: [error('d', 0, 'e')] },
      'error paths',
    ],
    [
      'another of two causes of one null',
      { data, errors: [error('a', 'b', 'x')] },
      { data, errors: [error('a', 'b', 'y')] },
      null,
    ],
  ])('judges %s', (_, expected, got, kind) => {
    expect(compareResults(expected, got)?.kind ?? null).toBe(kind);
  });

  it('takes more data than the stock gateway saved, but no other data', () => {
    expect(hasRecovered({ a: 1, b: [2] }, { a: 1, b: null }, { a: 1, b: [2] })).toBe(true);
    expect(hasRecovered({ a: 1, b: [2] }, { a: 1, b: null }, { a: 1, b: [3] })).toBe(false);
    expect(hasRecovered({ a: 1, b: [2] }, { a: 1, b: [2] }, { a: 1, b: null })).toBe(false);
  });
});

describe('the faults', () => {
  it('depend on what is asked for alone', () => {
    const [first, second] = [createFaults('down', 'seed', 0.5), createFaults('down', 'seed', 0.5)];
    const names = Array.from({ length: 50 }, (_, index) => `subgraph-${index}`);
    const down = names.filter((name) => first.isDown(name, true));
    expect(names.filter((name) => second.isDown(name, true))).toEqual(down);
    expect(down.length).toBeGreaterThan(10);
    expect(down.length).toBeLessThan(40);
  });
});
