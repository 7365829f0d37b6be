import { covers } from '../caller.js';

/** A municipality of the cooperation; `ags` has 8 digits, `district` 5. */
export interface Municipality {
  readonly ags: string;
  readonly name: string;
  readonly district: string;
}

/** An IT provider (Auftragsverarbeiter, Art. 28 GDPR). */
export interface Provider {
  readonly id: string;
  readonly name: string;
  /** Public key with which it proposes schemas: Ed25519, 32 bytes in base64; `null`: it cannot propose. */
  readonly key: string | null;
}

/** One subgraph as run by one provider for the municipalities it serves. */
export interface Instance {
  readonly provider: string;
  readonly url: string;
  /** AGS, a prefix ending in `*`, or `*`. */
  readonly serves: readonly string[];
}

/** The cooperation agreement as a machine reads it; see `cooperation.yaml`. */
export interface Cooperation {
  /** Id of the provider, or AGS of the municipality, that decides who may join; `null` where the file names none. */
  readonly coordinator: string | null;
  /** Public key with which schemas are approved, as `Provider.key`; `null`: nothing can be approved. */
  readonly coordinatorKey: string | null;
  readonly municipalities: readonly Municipality[];
  readonly providers: readonly Provider[];
  /** Instances by subgraph name, in the order of the file. */
  readonly subgraphs: ReadonlyMap<string, readonly Instance[]>;
  /** Types of other subgraphs that a subgraph may add fields to, by its name. */
  readonly contributions: ReadonlyMap<string, readonly string[]>;
  /** Subgraphs whose controllers let the gateway's replicas share what is kept about people, sealed, for seconds. */
  readonly privateCaching: ReadonlySet<string>;
}

export const isServedBy = (instance: Instance, ags: string): boolean =>
  instance.serves.some((pattern) => covers(pattern, ags));

/** @returns The instance of `subgraph` that serves the municipality, or `null`: nobody, or no such municipality. */
export function findInstance(cooperation: Cooperation, subgraph: string, ags: string): Instance | null {
  if (!cooperation.municipalities.some((municipality) => municipality.ags === ags)) return null;
  return cooperation.subgraphs.get(subgraph)?.find((instance) => isServedBy(instance, ags)) ?? null;
}
