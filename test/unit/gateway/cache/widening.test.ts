import { beforeEach, describe, expect, it } from '@jest/globals';
import { createWidening, type Widening } from '../../../../gateway/cache/widening.js';

const KEYS = new Map([['Book', ['id', 'shelf { no }  ags']]]);

let widening: Widening;
beforeEach(() => {
  widening = createWidening();
  widening.learn(KEYS);
});
const widen = (type: string, key: unknown) => widening.widen([`entity:${type}:${JSON.stringify(key)}`]);

describe('an invalidation of an entity', () => {
  it('is also of records of which nobody knows that key', () => {
    expect(widen('Book', { id: 7 })).toEqual(
      expect.arrayContaining(['entity:Book:{"id":7}', 'entity:Book:{"id":"7"}', '?entity:Book id']),
    );
  });

  it('is of those of its municipality, and of those of none that is known', () => {
    const tags = widen('Book', { shelf: { no: 1 }, ags: '10045114' });
    expect(tags).toEqual(
      expect.arrayContaining([
        'entity:Book:{"ags":"10045114","shelf":{"no":"1"}}',
        '?entity:Book ags shelf{no}',
        '?entity:Book ags shelf{no} 10045114',
      ]),
    );
    expect(tags).not.toContain('type:Book');
  });

  it.each([
    ['a member that is none', 'Book', { id: 7, shelf: 1 }],
    ['a part of a key', 'Book', { ags: '10045114' }],
    ['null', 'Book', { id: null }],
    ['a list', 'Book', { id: [7] }],
    ['a number that JSON does not carry', 'Book', { id: 2 ** 53 }],
    ['a type that is not known', 'Film', { id: 7 }],
    ['no object', 'Book', 7],
  ])('by %s is of its whole type', (_, type, key) => {
    expect(widen(type, key)).toContain(`type:${type}`);
  });

  it('that cannot be read is of its whole type', () => {
    expect(widening.widen(['entity:Book:{'])).toContain('type:Book');
  });
});

describe('any other invalidation', () => {
  it('is also of what is only known to begin like it', () => {
    expect(new Set(widening.widen(['person:a', 'cases:1:2:3']))).toEqual(
      new Set(['person:a', '?', '?person:', 'cases:1:2:3', '?cases:', '?cases:1:']),
    );
  });
});

describe('another schema', () => {
  it('that has a key more leaves nothing to be made up for', () => {
    expect(widening.learn(new Map([['Book', ['id', 'ags shelf { no }', 'isbn']]]))).toEqual([]);
    expect(widen('Book', { isbn: 'x' })).toContain('type:Book');
    expect(widen('Book', { id: 'x' })).not.toContain('type:Book');
  });

  it('that has lost a key makes that key mean the type, and says so', () => {
    expect(widening.learn(new Map([['Book', ['id']]]))).toEqual(['Book']);
    expect(widen('Book', { shelf: { no: 1 }, ags: '1' })).toContain('type:Book');
    expect(widening.learn(KEYS)).toEqual([]);
    expect(widening.learn(new Map())).toEqual(['Book']);
    expect(widen('Book', { id: 'x' })).toContain('type:Book');
  });
});
