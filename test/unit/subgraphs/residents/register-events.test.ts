import { describe, expect, it } from '@jest/globals';
import { element, readXml, toDocument } from '../../../../lib/connect/xml.js';
import { toLinkedPerson } from '../../../../lib/link.js';
import { writeEvent } from '../../../../simulators/residents/event.js';
import { createRegister, type Entry } from '../../../../simulators/residents/register.js';
import { readEvent } from '../../../../subgraphs/residents/event-message.js';
import { tagsOf } from '../../../../subgraphs/residents/event-tags.js';
import { createPseudonyms } from '../../../../subgraphs/residents/pseudonyms.js';
import { homeOf, personOf } from '../../simulators/residents/persons.js';

const KEY = 'a key of the tests that is long enough to be one';
const pseudonyms = createPseudonyms({
  RESIDENT_ID_KEY: KEY,
  VEHICLES_LINK_KEY: `${KEY} v`,
  HOUSING_BENEFIT_LINK_KEY: `${KEY} h`,
  OWN_RECORD_KEY: KEY,
});
const AGS = '10045117';
const person = personOf({
  ags: AGS,
  residences: [homeOf({ ags: AGS })],
  registerKey: 'K1',
  familyName: 'Șerban-Groß',
  birthName: 'Müller',
  givenNames: ['Anna', 'Maria'],
  dateOfBirth: '1980-03',
});
const who = createRegister([person], new Set([AGS])).byKey(AGS, 'K1') as Entry;
const message = (number: '0090' | '0093' | '0094') =>
  writeEvent(number, who, { uuid: 'u-1', createdAt: '2026-03-20T08:00:00.000Z' });

describe('a message that a register sends by itself', () => {
  it.each([
    ['0090', 'address-changed'],
    ['0093', 'block-set'],
    ['0094', 'block-lifted'],
  ] as const)('%s is read as what it says: %s', async (number, kind) => {
    expect(readEvent(await readXml(message(number)), AGS)).toEqual({
      kind,
      uuid: 'u-1',
      ags: AGS,
      registerKey: 'K1',
      familyNames: ['Șerban-Groß', 'Müller'],
      givenName: 'Anna',
      dateOfBirth: '1980-03',
    });
  });

  it.each([
    ['of another register', message('0093').replace(`ags:${AGS}`, 'ags:10045114')],
    ['with another number in its head', message('0093').replace('<code>0093</code>', '<code>0094</code>')],
    ['of another namespace', message('0093').replace('urn:fachverbund:simulation', 'urn:somebody:else')],
    ['about nobody', message('0093').replace(/<xmeld:person>.*<\/xmeld:person>/, '')],
    ['without a key', message('0093').replace(/<sim:ordnungsmerkmal>.*<\/sim:ordnungsmerkmal>/, '')],
    ['without its own number', message('0093').replace(/<nachrichtenUUID>.*<\/nachrichtenUUID>/, '')],
    ['that is another one', toDocument(element('constructor', null))],
  ])('is refused: one %s', async (_, text) => {
    const root = await readXml(text);
    expect(() => readEvent(root, AGS)).toThrow(expect.objectContaining({ extensions: { code: 'LEGACY_MALFORMED' } }));
  });
});

describe('what caches must forget after it', () => {
  const linksOf = (familyName: string) =>
    Object.values(pseudonyms.links).map(
      ({ seal }) => `person:${seal(toLinkedPerson({ familyName, givenName: 'Anna', dateOfBirth: '1980-03' }))}`,
    );
  const keys = [`person:${pseudonyms.idOf(AGS, 'K1')}`, ...linksOf('Serban-Gross'), ...linksOf('Mueller')];

  it('is the person by every key that leads to them, and lists', async () => {
    const tags = tagsOf(readEvent(await readXml(message('0090')), AGS), pseudonyms);
    expect([...tags].sort()).toEqual([...keys, `residents:${AGS}`].sort());
  });

  it.each(['0093', '0094'] as const)('is with %s also whatever was joined in the municipality', async (number) => {
    const tags = tagsOf(readEvent(await readXml(message(number)), AGS), pseudonyms);
    expect([...tags].sort()).toEqual([...keys, `residents:${AGS}`, `blocks:${AGS}`].sort());
  });

  it('is of a person with too little to be recognised by their record', () => {
    const event = { kind: 'block-set', uuid: 'u', ags: AGS, registerKey: 'K1', familyNames: ['X'] } as const;
    for (const known of [
      { givenName: null, dateOfBirth: '1980' },
      { givenName: 'A', dateOfBirth: null },
    ])
      expect(tagsOf({ ...event, ...known }, pseudonyms)).toEqual([keys[0], `residents:${AGS}`, `blocks:${AGS}`]);
  });
});
