/** What an answer tells about one record of one register: whose it is, and what of it was really sent. */
export interface DisclosedRecord {
  /** Name of the subgraph that answers for the fields. */
  readonly register: string;
  /** Entity type; a root type for what belongs to no entity. */
  readonly type: string;
  /** Key fields and values, in the order of the key; for what belongs to no entity the municipality asked, if any. */
  readonly key: Readonly<Record<string, string>>;
  /** Coordinates that were sent with a value, sorted. The same array for all records that were sent alike. */
  readonly fields: readonly string[];
}

/** A root field that found records by what is known of them, or nothing. */
export interface DisclosedSearch {
  readonly register: string;
  /** Name of the root field. */
  readonly field: string;
  /** Its arguments, defaults included. */
  readonly criteria: Readonly<Record<string, unknown>>;
  /** Records the answer holds of it. */
  readonly hits: number;
}

/** What leaves the gateway with an answer; it is kept wherever the answer is kept. */
export interface Disclosed {
  readonly disclosed: readonly DisclosedRecord[];
  readonly searches: readonly DisclosedSearch[];
}

export const NOTHING_DISCLOSED: Disclosed = Object.freeze({ disclosed: [], searches: [] });
