import { describe, expect, it } from '@jest/globals';
import type { Cooperation } from '../../../../lib/cooperation/model.js';
import { toMunicipalities } from '../../../../subgraphs/directory/record.js';

const at = (provider: string, ...serves: string[]) => ({ provider, url: 'http://127.0.0.1:1/graphql', serves });
const municipality = (ags: string, name: string) => ({ ags, name, district: ags.slice(0, 5) });

const AGREEMENT: Cooperation = {
  coordinator: null,
  coordinatorKey: null,
  municipalities: [
    municipality('10041519', 'Völklingen'),
    municipality('10045117', 'St. Ingbert'),
    municipality('10042113', 'Überherrn'),
    municipality('10044115', 'Ottweiler'),
    municipality('10043115', 'Ottweiler'),
    municipality('10045111', 'Zweibrücken'),
  ],
  providers: [
    { id: 'iks', name: 'IKS Saarbrücken', key: null },
    { id: 'spk', name: 'IT des Saarpfalz-Kreises', key: null },
  ],
  subgraphs: new Map([
    ['vehicles', [at('iks', '10041*', '1004211*', '10043*', '10044*'), at('spk', '10045*')]],
    ['residents', [at('iks', '*')]],
  ]),
  contributions: new Map(),
  privateCaching: new Set(),
};

describe('toMunicipalities', () => {
  it('sorts by name as a German dictionary does, and namesakes by key', () => {
    expect(toMunicipalities(AGREEMENT).map(({ ags, name }) => `${name} ${ags}`)).toEqual([
      'Ottweiler 10043115',
      'Ottweiler 10044115',
      'St. Ingbert 10045117',
      'Überherrn 10042113',
      'Völklingen 10041519',
      'Zweibrücken 10045111',
    ]);
  });

  it('says who hosts what for each, by subgraph', () => {
    const ingbert = toMunicipalities(AGREEMENT).find(({ ags }) => ags === '10045117');
    expect(ingbert).toMatchObject({
      district: '10045',
      hosting: [
        { subgraph: 'residents', provider: 'iks', providerName: 'IKS Saarbrücken' },
        { subgraph: 'vehicles', provider: 'spk', providerName: 'IT des Saarpfalz-Kreises' },
      ],
    });
  });
});
