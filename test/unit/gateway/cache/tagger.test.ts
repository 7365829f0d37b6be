import { describe, expect, it } from '@jest/globals';
import { readInvalidation } from '../../../../gateway/cache/invalidation.js';
import { readSchemaFacts } from '../../../../gateway/cache/schema-facts.js';
import { createTagger } from '../../../../gateway/cache/tagger.js';
import { fillFormat } from '../../../../gateway/cache/tags.js';
import { readSupergraph } from '../../../../gateway/supergraph.js';
import { readSupergraph as readSdl } from '../../../../schema/compose.js';

const tagger = createTagger(readSchemaFacts(readSupergraph(readSdl()).document));

describe('tags of a record', () => {
  it('name its type, each key it holds, its municipality, and the person', () => {
    const record = { ags: '10045114', id: 'p1', housingBenefitLink: 'h1', vehiclesLink: null, familyName: 'X' };
    const tags = tagger.ofRecord('residents', 'Resident', record);
    expect(tags).toEqual(
      expect.arrayContaining([
        'type:Resident',
        'entity:Resident:{"ags":"10045114","id":"p1"}',
        'entity:Resident:{"ags":"10045114","housingBenefitLink":"h1"}',
        'municipality:10045114',
        'person:p1',
        'person:h1',
      ]),
    );
  });

  it('name what it does not say of itself as what may be any', () => {
    expect(new Set(tagger.ofRecord('residents', 'Resident', { familyName: 'X' }))).toEqual(
      new Set([
        'type:Resident',
        '?entity:Resident ags id',
        '?entity:Resident ags vehiclesLink',
        '?entity:Resident ags housingBenefitLink',
        '?municipality:',
        '?person:',
      ]),
    );
  });

  it('name the key that is null as not known, in the municipality that is', () => {
    const tags = tagger.ofRecord('residents', 'Resident', { ags: '10045114', id: 'p1', vehiclesLink: null });
    expect(tags).toContain('?entity:Resident ags vehiclesLink 10045114');
    expect(tags).not.toContain('?municipality:');
  });

  it('name persons as every subgraph knows them', () => {
    expect(tagger.ofRecord('vehicles', 'Resident', { ags: '10045114', vehiclesLink: 'v1' })).toEqual(
      expect.arrayContaining(['person:v1', '?person:']),
    );
  });

  it('name the person by the key that another subgraph knows', () => {
    const tags = tagger.ofRecord('housing-benefit', 'Resident', { ags: '10045114', housingBenefitLink: 'h1' });
    expect(tags).toContain('person:h1');
  });

  it('are what an invalidation asks for', () => {
    const tags = tagger.ofRecord('vehicles', 'Vehicle', { ags: '10045114', vin: 'V1', holderLink: 'v1' });
    for (const body of [
      { entity: { type: 'Vehicle', key: { vin: 'V1', ags: '10045114' } } },
      { type: 'Vehicle' },
      { municipality: '10045114' },
      { person: 'v1' },
      { tags: ['person:v1', 'person:v1'] },
    ]) {
      const asked = readInvalidation(body);
      expect(asked).toHaveLength(1);
      expect(tags).toEqual(expect.arrayContaining([...(asked ?? [])]));
    }
  });

  it('name the municipality that a root field asks, and what the schema adds', () => {
    expect(tagger.ofRootField('vehicles', 'vehicle', { ags: '10045114', plate: 'HOM A 1' })).toEqual([
      'type:Vehicle',
      'municipality:10045114',
      'vehicles:10045114',
    ]);
    expect(tagger.ofRootField('residents', 'me', {})).toContain('?municipality:');
    expect(tagger.ofRootField('services', 'services', { ags: null })).toEqual(
      expect.arrayContaining(['type:ServiceConnection', 'type:ServiceEdge', 'type:Service', '?municipality:']),
    );
    expect(tagger.ofRootField('x', 'unknown', { input: { ags: '10045114' } })).toEqual(['municipality:10045114']);
  });
});

describe('a format', () => {
  it.each([
    ['is filled', 'a-{$key.id}-{$key.in.no}', 'a-x-1'],
    ['takes arguments', '{$args.ags}', '1004'],
    ['needs nothing', 'all', 'all'],
    ['is vague where a member is missing', 'a:{$key.other}', '?a:'],
    ['is vague where one is null', 'a:{$key.id}:b{$key.none}', '?a:x:'],
    ['is vague where one is an object', '{$key.in}', '?'],
    ['reads no prototype', '{$key.constructor}', '?'],
    ['is vague where it cannot be read', 'a:{$key[0]}', '?a:'],
  ])('%s', (_, format, expected) => {
    expect(fillFormat(format, { $key: { id: 'x', in: { no: 1 }, none: null }, $args: { ags: '1004' } })).toBe(expected);
  });
});

describe('an invalidation', () => {
  it.each([
    ['nothing', {}],
    ['null', null],
    ['two at once', { type: 'A', municipality: '10045114' }],
    ['something else', { everything: true }],
    ['no tags', { tags: [] }],
    ['an empty tag', { tags: [''] }],
    ['too many tags', { tags: Array.from({ length: 1001 }, String) }],
    ['an entity without a key', { entity: { type: 'A', key: {} } }],
    ['a municipality that is none', { municipality: '*' }],
    ['an empty person', { person: '' }],
  ])('refuses %s', (_, body) => {
    expect(readInvalidation(body)).toBeNull();
  });
});
