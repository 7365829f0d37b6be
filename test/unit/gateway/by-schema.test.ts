import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { createBySchema } from '../../../gateway/by-schema.js';

const read = (sdl: string) => {
  if (sdl === 'bad') throw new Error('It cannot be read.');
  return { sdl };
};
const [one, two] = [buildSchema('type Query { a: Int }'), buildSchema('type Query { b: Int }')];

describe('what is read from a supergraph', () => {
  it('stays with the schema that an operation was judged by', () => {
    const parts = createBySchema('1', read);
    parts.use(one, '1');
    parts.use(two, '2');
    expect([parts.of(one).sdl, parts.of(two).sdl, parts.current().sdl]).toEqual(['1', '2', '2']);
  });

  it('is not in use before its schema is, and never where it cannot be read', () => {
    const parts = createBySchema('1', read);
    parts.use(one, '1');
    parts.prepare('2');
    expect(() => parts.prepare('bad')).toThrow('It cannot be read.');
    expect(parts.current().sdl).toBe('1');
  });

  it('is read once for its schema', () => {
    const parts = createBySchema('1', read);
    const prepared = parts.prepare('2');
    parts.use(two, '2');
    expect(parts.of(two)).toBe(prepared);
  });

  it('is not guessed for a schema that was never in use', () => {
    expect(() => createBySchema('1', read).of(one)).toThrow(TypeError);
  });
});
