import type { Caller } from '../../lib/caller.js';
import type { Instance } from '../../lib/cooperation/model.js';
import type { SubgraphInstances } from './instances.js';
import type { RootField } from './shape.js';

/** Which instance gets which records of an `_entities` request; a record can go to several. */
export interface EntityRoutes {
  /** Positions of the records, by instance. */
  readonly byInstance: ReadonlyMap<Instance, readonly number[]>;
  /** Positions of records that name no municipality, where there are several instances. */
  readonly unroutable: readonly number[];
}

/** Root fields that go to one instance together; `null`: nobody serves the municipality they name. */
export interface FieldRoute {
  readonly instance: Instance | null;
  readonly fields: readonly RootField[];
}

/** Picks an instance for what any of them may answer; `null` where there is none. */
export type PickAny = () => Instance | null;

/**
 * Routes records by their own `ags` and by the `ags` of each element of their lists (former residences). One of a
 * municipality that nobody serves stays without an answer, unless it is public.
 *
 * @param pickAny For public records; `null` where the fields asked for are not public.
 */
export function routeRepresentations(
  representations: readonly unknown[],
  instances: SubgraphInstances,
  pickAny: PickAny | null,
): EntityRoutes {
  const byInstance = new Map<Instance, number[]>();
  const unroutable: number[] = [];
  representations.forEach((representation, position) => {
    const municipalities = municipalitiesOf(representation);
    if (municipalities.size === 0 && instances.all.length > 1 && !pickAny) unroutable.push(position);
    for (const instance of findInstances(municipalities, instances, pickAny)) {
      const positions = byInstance.get(instance);
      if (positions) positions.push(position);
      else byInstance.set(instance, [position]);
    }
  });
  return { byInstance, unroutable };
}

/**
 * Routes root fields by the municipality they name; one that names none by the citizen's own, a public one anywhere.
 * Of a mutation only neighbours stay together, so that its fields keep their order.
 */
export function routeFields(
  fields: readonly RootField[],
  given: {
    readonly variables: Readonly<Record<string, unknown>>;
    readonly instances: SubgraphInstances;
    readonly caller: Caller | null;
    readonly isMutation: boolean;
    readonly pickAny: PickAny;
  },
): FieldRoute[] {
  const routes: { instance: Instance | null; fields: RootField[] }[] = [];
  for (const field of fields) {
    const instance = routeField(field, given);
    const candidates = given.isMutation ? routes.slice(-1) : routes;
    const route = candidates.find((candidate) => candidate.instance === instance);
    if (route) route.fields.push(field);
    else routes.push({ instance, fields: [field] });
  }
  return routes;
}

function routeField(
  field: RootField,
  { variables, instances, caller, pickAny }: Parameters<typeof routeFields>[1],
): Instance | null {
  const named = field.readAgs(variables);
  const own = caller?.role === 'citizen' ? caller.municipalities.find((ags) => !ags.includes('*')) : undefined;
  const ags = typeof named === 'string' ? named : own;
  const serving = ags === undefined ? undefined : instances.byMunicipality?.get(ags);
  if (field.isPublic) return typeof named === 'string' && serving ? serving : pickAny();
  if (ags === undefined) return instances.all.length === 1 ? (instances.all[0] ?? null) : null;
  return serving ?? null;
}

function municipalitiesOf(representation: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  if (typeof representation !== 'object' || representation === null) return found;
  for (const [name, value] of Object.entries(representation)) {
    if (name === 'ags' && typeof value === 'string') found.add(value);
    if (!Array.isArray(value)) continue;
    for (const element of value as unknown[]) {
      const ags = (element as { ags?: unknown } | null)?.ags;
      if (typeof ags === 'string') found.add(ags);
    }
  }
  return found;
}

function findInstances(
  municipalities: ReadonlySet<string>,
  { all, byMunicipality }: SubgraphInstances,
  pickAny: PickAny | null,
): ReadonlySet<Instance> {
  const found = new Set<Instance>();
  for (const ags of municipalities) {
    const instance = byMunicipality?.get(ags);
    if (instance) found.add(instance);
  }
  const [only] = all;
  if (municipalities.size === 0 && all.length === 1 && only) found.add(only);
  const anyone = found.size === 0 && pickAny ? pickAny() : null;
  if (anyone) found.add(anyone);
  return found;
}
