import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readCooperationFile } from '../../lib/cooperation/read.js';

const EXAMPLES = 'examples/cooperations';
const files = ['cooperation.yaml', ...readdirSync(EXAMPLES).map((name) => `${EXAMPLES}/${name}`)];
const portsOf = (path: string): string[] =>
  [...readCooperationFile(path).subgraphs.values()].flat().map(({ url }) => new URL(url).port);

describe('cooperation files of this repository', () => {
  it.each(files)('%s can be used and names every subgraph', (path) => {
    const cooperation = readCooperationFile(path);
    expect([...cooperation.subgraphs.keys()].sort()).toEqual([
      'access-log',
      'directory',
      'encumbrances',
      'housing-benefit',
      'residents',
      'services',
      'vehicles',
    ]);
    expect(cooperation.municipalities.length).toBeGreaterThanOrEqual(3);
    expect(cooperation.coordinator).not.toBeNull();
  });

  it('share no port, so that they run side by side', () => {
    const ports = files.flatMap(portsOf);
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('share no municipality: nobody is in two cooperations', () => {
    const keys = files.flatMap((path) => readCooperationFile(path).municipalities.map(({ ags }) => ags));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
