import { describe, expect, it } from '@jest/globals';
import { readSchemaFacts } from '../../gateway/cache/schema-facts.js';
import { createTagger } from '../../gateway/cache/tagger.js';
import { readSupergraph } from '../../gateway/supergraph.js';
import { municipalityTag } from '../../lib/cache-tags.js';
import { createLinker, toLinkedPerson } from '../../lib/link.js';
import { readSupergraph as readSdl } from '../../schema/compose.js';
import { tagsOfChange } from '../../subgraphs/housing-benefit/changes.js';
import type { RegisterEvent } from '../../subgraphs/residents/event-message.js';
import { tagsOf } from '../../subgraphs/residents/event-tags.js';
import { createPseudonyms } from '../../subgraphs/residents/pseudonyms.js';
import { TAGS_OF_ALL, tagsOfVehicle } from '../../subgraphs/vehicles/change-tags.js';
import type { Vehicle } from '../../subgraphs/vehicles/record.js';

const AGS = '10045117';
const KEY = 'a key of the tests that is long enough to be one';
const KEYS = { RESIDENT_ID_KEY: KEY, VEHICLES_LINK_KEY: KEY, HOUSING_BENEFIT_LINK_KEY: KEY, OWN_RECORD_KEY: KEY };
const pseudonyms = createPseudonyms(KEYS);
const PERSON = { familyName: 'Groß', givenName: 'Anna', dateOfBirth: '1980-03-01' };
const linked = toLinkedPerson(PERSON);
const id = pseudonyms.idOf(AGS, 'K1');
const vehiclesLink = pseudonyms.links.vehicles.seal(linked);
const housingBenefitLink = pseudonyms.links['housing-benefit'].seal(linked);

const tagger = createTagger(readSchemaFacts(readSupergraph(readSdl()).document));
const record = (subgraph: string, type: string, key: Readonly<Record<string, unknown>>) =>
  tagger.ofRecord(subgraph, type, { ags: AGS, ...key });
const field = (subgraph: string, name: string, args: Readonly<Record<string, unknown>>) =>
  tagger.ofRootField(subgraph, name, { ags: AGS, ...args });

const PLATE = 'IGB A 1';
const CASE = { caseNumber: 'WG1' };

/** What an answer is about when it is kept, by what it is. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  'the person': record('residents', 'Resident', { id }),
  'their vehicles': record('vehicles', 'Resident', { vehiclesLink }),
  'their cases': record('housing-benefit', 'Resident', { housingBenefitLink }),
  'the holder of a vehicle': record('residents', 'Vehicle', { vin: 'V1', holderLink: vehiclesLink }),
  'the holder of a vehicle whose name lost letters': record('residents', 'Vehicle', { vin: 'V1', holderLink: 'other' }),
  'the applicant of a case': record('residents', 'HousingBenefitCase', { ...CASE, applicantLink: 'other' }),
  'that nobody has this id': field('residents', 'resident', { id }),
  'a list of residents': field('residents', 'residents', {}),
  'a case': record('housing-benefit', 'HousingBenefitCase', CASE),
  'that there is no such case': field('housing-benefit', 'housingBenefitCase', CASE),
  'a list of cases': field('housing-benefit', 'housingBenefitCases', {}),
  'a vehicle by its VIN': record('vehicles', 'Vehicle', { vin: 'V1' }),
  'a vehicle by its plate': record('vehicles', 'Vehicle', { plate: PLATE }),
  'that there is no such vehicle': field('vehicles', 'vehicle', { plate: PLATE }),
  'a list of vehicles': field('vehicles', 'vehicles', {}),
};

const event = (kind: RegisterEvent['kind']) =>
  tagsOf(
    {
      kind,
      uuid: 'u',
      ags: AGS,
      registerKey: 'K1',
      familyNames: ['Müller', 'Groß'],
      givenName: 'Anna',
      dateOfBirth: '1980-03-01',
    },
    pseudonyms,
  );
const vehicle = { ags: AGS, vin: 'V1', plate: PLATE, holder: { ...PERSON } } as Vehicle;

const PERSONAL = ['the person', 'their vehicles', 'their cases', 'the holder of a vehicle', 'that nobody has this id'];
const JOINED = ['the holder of a vehicle whose name lost letters', 'the applicant of a case'];

describe('what a legacy system reports is what kept answers are known by', () => {
  it.each([
    ['a block', event('block-set'), [...PERSONAL, ...JOINED, 'a list of residents']],
    ['the end of a block', event('block-lifted'), [...PERSONAL, ...JOINED, 'a list of residents']],
    ['another address', event('address-changed'), [...PERSONAL, 'a list of residents']],
    [
      'a changed case',
      tagsOfChange({ ags: AGS, ...CASE }),
      ['the applicant of a case', 'a case', 'that there is no such case', 'a list of cases'],
    ],
    [
      'a changed vehicle',
      tagsOfVehicle(vehicle, createLinker(KEY, 'vehicles')),
      [
        'their vehicles',
        'the holder of a vehicle',
        'the holder of a vehicle whose name lost letters',
        'a vehicle by its VIN',
        'a vehicle by its plate',
        'that there is no such vehicle',
        'a list of vehicles',
      ],
    ],
    ['everything of a municipality', [municipalityTag(AGS)], Object.keys(KEPT)],
  ])('%s', (_, told, expected) => {
    const forgotten = Object.keys(KEPT).filter((name) => KEPT[name]?.some((tag) => told.includes(tag)));
    expect(forgotten).toEqual(Object.keys(KEPT).filter((name) => (expected as readonly string[]).includes(name)));
  });

  it('too many changed vehicles: every vehicle and every resident', () => {
    const types = ['the person', 'their vehicles', 'a vehicle by its VIN', 'a vehicle by its plate'];
    for (const name of types) expect(KEPT[name]?.some((tag) => TAGS_OF_ALL.includes(tag))).toBe(true);
    expect(TAGS_OF_ALL).toContain('type:Vehicle');
  });
});
