import type { Service } from '../../../../simulators/services/model.js';
import { stockCatalogue } from '../../../../simulators/services/stock.js';
import { placesOf } from '../../../../simulators/world-places.js';
import { analyse, buildSearchIndex, type SearchIndex } from '../../../../subgraphs/services/search-index.js';

/** The simulated catalogue as the search gets it. */
export interface SearchedStock {
  readonly services: readonly Service[];
  readonly index: SearchIndex;
}

export const stockOf = (count: number) =>
  stockCatalogue(
    placesOf({
      municipalities: [
        { ags: '10041100', name: 'Saarbrücken', district: '10041' },
        { ags: '10045114', name: 'Homburg', district: '10045' },
      ],
      size: 100,
      seed: 1,
      today: '2026-03-20',
    }),
    count,
  );

export async function searchedStock(count: number): Promise<SearchedStock> {
  const services = stockOf(count).filter((object): object is Service => object.kind === 'leistung');
  const analyses = services.map(({ name, aliases, short, full }) =>
    analyse({ title: name, synonyms: aliases, teaser: short, text: full.replace(/<[^>]*>/g, ' ') }),
  );
  return { services, index: await buildSearchIndex(analyses, async () => undefined) };
}
