import type { GraphQLSchema } from 'graphql';

/** What is read from a supergraph, kept for each schema that operations were judged by. */
export interface BySchema<Parts> {
  /**
   * Reads it before the schema is in use; once for the same text in a row.
   *
   * @throws What reading throws; what is in use stays.
   */
  prepare(sdl: string): Parts;
  /** From now on new operations are judged by this schema; those of earlier ones keep theirs. */
  use(schema: GraphQLSchema, sdl: string): void;
  /** @throws TypeError for a schema that was never in use. */
  of(schema: GraphQLSchema): Parts;
  /** Of the schema in use. */
  current(): Parts;
}

/** @param first SDL of the supergraph that the gateway starts with. */
export function createBySchema<Parts>(first: string, read: (sdl: string) => Parts): BySchema<Parts> {
  const known = new WeakMap<GraphQLSchema, Parts>();
  let prepared = { sdl: first, parts: read(first) };
  let current = prepared.parts;
  const prepare = (sdl: string): Parts => {
    if (prepared.sdl !== sdl) prepared = { sdl, parts: read(sdl) };
    return prepared.parts;
  };
  return {
    prepare,
    use(schema, sdl) {
      current = prepare(sdl);
      known.set(schema, current);
    },
    of(schema) {
      const parts = known.get(schema);
      if (parts === undefined) throw new TypeError('An operation was judged by a schema that was never in use.');
      return parts;
    },
    current: () => current,
  };
}
