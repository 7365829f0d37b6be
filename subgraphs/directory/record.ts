import { type Cooperation, isServedBy, type Municipality as Member } from '../../lib/cooperation/model.js';
import type { Hosting, Municipality } from './schema.generated.js';

/** By name as in a German dictionary; namesakes by key. */
export function toMunicipalities({ municipalities, ...agreement }: Cooperation): Municipality[] {
  const { compare } = new Intl.Collator('de');
  return municipalities
    .toSorted((a, b) => compare(a.name, b.name) || compare(a.ags, b.ags))
    .map((member) => toMunicipality(member, agreement));
}

export const toMunicipality = (
  member: Member,
  { providers, subgraphs }: Pick<Cooperation, 'providers' | 'subgraphs'>,
): Municipality => ({
  ...member,
  hosting: [...subgraphs]
    .flatMap(([subgraph, instances]): Hosting[] => {
      const provider = instances.find((instance) => isServedBy(instance, member.ags))?.provider;
      if (provider === undefined) return [];
      return [{ subgraph, provider, providerName: providers.find(({ id }) => id === provider)?.name ?? provider }];
    })
    .sort((a, b) => (a.subgraph < b.subgraph ? -1 : 1)),
});
