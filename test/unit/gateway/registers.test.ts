import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readRegisters } from '../../../gateway/registers.js';
import { readSupergraph } from '../../../gateway/supergraph.js';
import { ROOT } from '../../../scripts/root.js';
import { createFederation } from '../../support/supergraphs/federation.js';

const read = (sdl: string) => {
  const supergraph = readSupergraph(sdl);
  return readRegisters(supergraph, (coordinate) => supergraph.publicFields.has(coordinate));
};

describe('the registers of this federation', () => {
  const { registers, keys } = read(readFileSync(join(ROOT, 'schema/supergraph.graphql'), 'utf8'));

  it.each([
    ['a field of one subgraph', 'Resident.familyName', 'residents'],
    ['a field that another subgraph adds', 'Resident.vehicles', 'vehicles'],
    ['a field of an object inside', 'Address.street', 'residents'],
    ['a key that several know, of the one that keeps the record', 'Vehicle.vin', 'vehicles'],
    ['the same for residents', 'Resident.ags', 'residents'],
    ['and for cases', 'HousingBenefitCase.ags', 'housing-benefit'],
    ['what residents adds to vehicles', 'Vehicle.holder', 'residents'],
    ['a field of the root', 'Query.vehicles', 'vehicles'],
  ])('takes %s', (_, coordinate, register) => {
    expect(registers.get(coordinate)).toBe(register);
  });

  it('leaves out what everybody may read', () => {
    expect([...registers.keys()].filter((coordinate) => coordinate.startsWith('Municipality.'))).toEqual([]);
  });

  it('takes the first key that clients may see', () => {
    expect(Object.fromEntries(keys)).toMatchObject({
      Resident: ['ags', 'id'],
      Vehicle: ['ags', 'vin'],
      HousingBenefitCase: ['ags', 'caseNumber'],
    });
  });
});

it('knows an entity without a key for clients, and one whose key is not plain', () => {
  const { sdl } = createFederation({
    a: {
      typeDefs: `type Query { x: Hidden y: Nested }
        type Hidden @key(fields: "id") { id: ID! @inaccessible name: String }
        type Nested @key(fields: "owner { id }") { owner: Owner! name: String }
        type Owner { id: ID! }`,
    },
  });
  expect([...read(sdl).keys]).toEqual([
    ['Hidden', []],
    ['Nested', []],
  ]);
});
