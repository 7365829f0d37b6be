/**
 * A query plan as it crosses from the planner's thread to the executor: plain data, ready for `structuredClone`.
 * It is `@apollo/query-planner`'s plan with three differences: a flattened fetch carries its path itself, a required field
 * names both where its value lies and under which name the subgraph wants it, and there are no conditions, because each
 * combination of them is planned by itself.
 */
export type PlanNode = SequenceNode | ParallelNode | FetchNode;

export interface SequenceNode {
  readonly kind: 'Sequence';
  readonly nodes: readonly PlanNode[];
}

export interface ParallelNode {
  readonly kind: 'Parallel';
  readonly nodes: readonly PlanNode[];
}

export interface FetchNode {
  readonly kind: 'Fetch';
  readonly subgraph: string;
  readonly operationKind: 'query' | 'mutation' | 'subscription';
  readonly operation: string;
  readonly operationName: string | undefined;
  /** Where the answer belongs: response names from the root, lists left out; a name may end in `|[A,B]`, the types it goes into. */
  readonly path: readonly string[];
  readonly variables: readonly FetchVariable[];
  /** What an entity needs to be asked for; `null`: the fetch asks the root type. */
  readonly requires: readonly Required[] | null;
  readonly inputRewrites: readonly Rewrite[];
  readonly outputRewrites: readonly Rewrite[];
  readonly contexts: readonly ContextRead[];
  readonly joint: Joint | null;
}

/** One request in place of several fetches that are ready together. */
export interface Joint {
  readonly id: number;
  readonly operation: string;
  readonly operationName: string | undefined;
  readonly variables: readonly FetchVariable[];
}

export interface FetchVariable {
  readonly name: string;
  /** Its name in the client's operation. */
  readonly from: string;
}

export type Required = RequiredField | RequiredFragment;

export interface RequiredField {
  readonly kind: 'Field';
  /** Its name in the representation. */
  readonly name: string;
  /** Its response name in the data joined so far. */
  readonly from: string;
  readonly selections: readonly Required[] | null;
}

export interface RequiredFragment {
  readonly kind: 'Fragment';
  readonly type: string | null;
  readonly selections: readonly Required[];
}

/** `path` holds field names and `... on Type`; the last element names the field that is set or renamed. */
export type Rewrite =
  | { readonly kind: 'set'; readonly path: readonly string[]; readonly value: unknown }
  | { readonly kind: 'rename'; readonly path: readonly string[]; readonly to: string };

/** An argument whose value is read from a parent: `..` in `path` is one field upwards. */
export interface ContextRead {
  readonly path: readonly string[];
  readonly variable: string;
}

/** Values of the boolean variables that `@skip` and `@include` use. */
export type Conditions = ReadonlyMap<string, boolean>;

/** An operation planned for one combination of its conditions. */
export interface PlannedOperation {
  /** `null`: nothing to fetch (introspection and `__typename` of the root only). */
  readonly plan: PlanNode | null;
  /** How the planner named the fields that have arguments; see `canonical.ts`. */
  readonly names: ReadonlyMap<string, string>;
}

/** What the main thread has to know of a supergraph. */
export interface SchemaFacts {
  /** What clients see: inaccessible parts removed. */
  readonly apiSdl: string;
  /** For each abstract type of the whole supergraph the object and interface types below it. */
  readonly subtypes: ReadonlyMap<string, readonly string[]>;
  /** Interfaces that some subgraph knows as an object. */
  readonly interfaceObjects: readonly string[];
  /** Names of the fields in any key of a type. */
  readonly keyFields: ReadonlyMap<string, readonly string[]>;
  readonly overrideLabels: readonly string[];
}
