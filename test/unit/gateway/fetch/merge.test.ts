import { describe, expect, it } from '@jest/globals';
import { joinEntities, joinRoots } from '../../../../gateway/fetch/merge.js';
import type { SubgraphAnswer, SubgraphFieldError } from '../../../../gateway/fetch/subgraph-request.js';

const answer = (entities: unknown[], ...errors: SubgraphFieldError[]): SubgraphAnswer => ({
  data: { _entities: entities },
  errors,
});
const at = (code: string, ...path: (string | number)[]): SubgraphFieldError => ({
  message: 'm',
  path,
  extensions: { code },
});
const failed = (code = 'SUBGRAPH_TIMEOUT'): SubgraphAnswer => ({
  data: null,
  errors: [{ message: 'm', extensions: { code } }],
});
const KEYS = new Map([['cars', [['ags', 'vin'], ['p']]]]);
const places = ({ errors }: SubgraphAnswer) => errors.map(({ path, extensions }) => [path?.join('.'), extensions.code]);

describe('joinEntities', () => {
  const join = (count: number, ...parts: [number[], SubgraphAnswer][]) =>
    joinEntities(
      count,
      parts.map(([positions, part]) => ({ positions, answer: part })),
      () => KEYS,
    );

  it('puts records back in the order they were asked for', () => {
    const joined = join(4, [[2, 0], answer([{ a: 2 }, { a: 0 }])], [[1], answer([{ a: 1 }])]);
    expect(joined).toEqual({ data: { _entities: [{ a: 0 }, { a: 1 }, { a: 2 }, null] }, errors: [] });
  });

  it('moves paths of errors with the records', () => {
    const joined = join(3, [
      [2, 0],
      answer([null, {}], at('X', '_entities', 0), at('Y', '_entities', 1, 'a', 0, 'b'), at('Z')),
    ]);
    expect(places(joined)).toEqual([
      ['_entities.2', 'X'],
      ['_entities.0.a.0.b', 'Y'],
      ['', 'Z'],
    ]);
  });

  it('makes one record of what several instances know', () => {
    const one = { name: null, town: 'A', cars: [{ ags: '1', vin: 'v' }] };
    const two = {
      name: 'N',
      town: 'B',
      cars: [
        { ags: '1', vin: 'v' },
        { ags: '2', vin: 'v' },
      ],
      more: 1,
    };
    expect(join(1, [[0], answer([one])], [[0], answer([two])]).data).toEqual({
      _entities: [
        {
          name: 'N',
          town: 'A',
          cars: [
            { ags: '1', vin: 'v' },
            { ags: '2', vin: 'v' },
          ],
          more: 1,
        },
      ],
    });
  });

  it.each<[string, string[][], unknown[], unknown[], unknown[]]>([
    ['by a key', [['p']], [{ p: 'x', a: 1 }], [{ p: 'x', a: 2 }], [{ p: 'x', a: 1 }]],
    ['not without a key', [], [{ make: 'VW' }], [{ make: 'VW' }], [{ make: 'VW' }, { make: 'VW' }]],
    [
      'not by half a key',
      [['ags', 'p']],
      [{ p: 'x', ags: null }],
      [{ p: 'x', ags: null }],
      [
        { p: 'x', ags: null },
        { p: 'x', ags: null },
      ],
    ],
    ['with what is not there', [['p']], [null], [null, { p: 'y' }], [null, null, { p: 'y' }]],
  ])('joins lists %s', (_, keys, first, second, expected) => {
    const parts = [first, second].map((cars) => ({ positions: [0], answer: answer([{ cars }]) }));
    expect(joinEntities(1, parts, () => new Map([['cars', keys]])).data).toEqual({ _entities: [{ cars: expected }] });
  });

  it('moves paths into joined lists', () => {
    const cars = (...vins: string[]) => ({ cars: vins.map((vin) => ({ ags: '1', vin })) });
    const told = [at('X', '_entities', 0, 'cars', 0, 'make'), at('Y', '_entities', 0, 'cars', 1, 'make')];
    const joined = join(1, [[0], answer([cars('a', 'b')])], [[0], answer([cars('b', 'c')], ...told)]);
    expect(places(joined)).toEqual([
      ['_entities.0.cars.1.make', 'X'],
      ['_entities.0.cars.2.make', 'Y'],
    ]);
  });

  it('lets an instance that failed cost its own records alone', () => {
    const joined = join(3, [[0, 2], failed()], [[1], answer([{ a: 1 }])]);
    expect(joined.data).toEqual({ _entities: [null, { a: 1 }, null] });
    expect(places(joined)).toEqual([
      ['_entities.0', 'SUBGRAPH_TIMEOUT'],
      ['_entities.2', 'SUBGRAPH_TIMEOUT'],
    ]);
  });

  it('lets an instance that failed cost only its part of what others know too', () => {
    const joined = join(1, [[0], failed()], [[0], answer([{ name: 'N', cars: [] }])]);
    expect(joined.data).toEqual({ _entities: [{ name: 'N', cars: [] }] });
    expect(places(joined)).toEqual([['_entities.0.cars', 'SUBGRAPH_TIMEOUT']]);
  });

  it('takes a member called __proto__ for data', () => {
    const joined = join(1, [[0], answer([{}])], [[0], answer([JSON.parse('{"__proto__":{"polluted":1}}')])]);
    expect(JSON.stringify(joined.data)).toBe('{"_entities":[{"__proto__":{"polluted":1}}]}');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('joinRoots', () => {
  it('lets all say together whether it may be kept', () => {
    const of = (...said: Pick<SubgraphAnswer, 'cacheControl' | 'ageSeconds'>[]) => {
      const { cacheControl, ageSeconds } = joinRoots(
        said.map((one, index) => ({ keys: [`k${index}`], answer: { data: {}, errors: [], ...one } })),
      );
      return [cacheControl, ageSeconds];
    };
    expect(of({ cacheControl: 'public' }, { cacheControl: 'max-age=5', ageSeconds: 3 }, {})).toEqual(['no-store', 3]);
    expect(of({ cacheControl: 'public', ageSeconds: 7 }, { cacheControl: 'max-age=5', ageSeconds: 3 })).toEqual([
      'public, max-age=5',
      7,
    ]);
    expect(of({}, {})).toEqual([undefined, undefined]);
  });

  it('joins fields, and lets who failed cost its own', () => {
    const joined = joinRoots([
      { keys: ['a', 'b'], answer: { data: { a: 1, b: null }, errors: [at('X', 'b')] } },
      { keys: ['c', 'd'], answer: failed() },
      { keys: ['e'], answer: { data: {}, errors: [] } },
    ]);
    expect({ ...joined.data }).toEqual({ a: 1, b: null, c: null, d: null, e: null });
    expect(places(joined)).toEqual([
      ['b', 'X'],
      ['c', 'SUBGRAPH_TIMEOUT'],
      ['d', 'SUBGRAPH_TIMEOUT'],
    ]);
  });

  it('takes a field called __proto__ for data', () => {
    const joined = joinRoots([
      { keys: ['__proto__'], answer: { data: JSON.parse('{"__proto__":{"a":1}}'), errors: [] } },
    ]);
    expect(JSON.stringify(joined.data)).toBe('{"__proto__":{"a":1}}');
  });
});
