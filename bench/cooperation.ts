import { municipal } from '../test/support/oracle/supergraphs/municipal.js';

/**
 * A cooperation in which the municipalities of the test world are shared out evenly among a subgraph's instances.
 *
 * @param urls Of the instances, by subgraph.
 * @param cachePrivate Whether what is about people may be kept where all replicas look.
 * @returns What `cooperation.yaml` holds, as JSON, which is YAML.
 */
export function toCooperation(urls: Readonly<Record<string, readonly string[]>>, cachePrivate = false): object {
  const all = (municipal.values?.['AGS'] ?? []) as readonly string[];
  const share = (index: number, count: number) => all.filter((_, position) => position % count === index);
  const toInstances = ([name, list]: [string, readonly string[]]) => [
    name,
    {
      cachePrivate,
      instances: list.map((url, index) => ({ provider: 'bench', url, serves: share(index, list.length) })),
    },
  ];
  return {
    municipalities: all.map((ags) => ({ ags, name: `Municipality ${ags}`, district: ags.slice(0, 5) })),
    providers: [{ id: 'bench', name: 'Bench' }],
    subgraphs: Object.fromEntries(Object.entries(urls).map(toInstances)),
  };
}
