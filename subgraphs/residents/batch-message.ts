import type { Account } from '../../lib/caller.js';
import { type Content, element, find, findText, malformed, needText, type XmlElement } from '../../lib/connect/xml.js';
import type { AppError } from '../../lib/errors.js';
import type { LinkedPerson } from '../../lib/link.js';
import { writeCode, writeDate } from './message.js';
import { type ResidentRecord, readResident } from './record.js';

/** Who is looked for: by key, or as another register knows them. */
export type Entry = { readonly ags: string } & (
  | { readonly registerKey: string }
  | { readonly person: LinkedPerson; readonly wants: 'person' | 'count' }
);

/**
 * How many people the register has under this name, now or at birth, those who died, moved away or are blocked counted:
 * another register may mean any of them. And the data of a single one who lives here and may be told of.
 */
export interface Found {
  readonly count: number;
  readonly resident: ResidentRecord | null;
}

export function writeEntry(entry: Entry, number: number): Content {
  return element('sim:eintrag', [
    element('sim:nummer', String(number)),
    writeCode('gemeindeschluessel', entry.ags),
    'registerKey' in entry ? element('sim:ordnungsmerkmal', entry.registerKey) : writePerson(entry.person),
    'wants' in entry && entry.wants === 'count' ? element('sim:nurAnzahl', 'true') : null,
  ]);
}

/** @returns An error for one entry alone where the register does not hold its municipality. */
export function readEntry(
  answer: XmlElement,
  asked: { readonly entry: Entry; readonly number: number; readonly asOf: string },
): Found | AppError {
  const { ags } = asked.entry;
  if (needText(answer, 'nummer') !== String(asked.number)) throw malformed('entries out of order');
  if (needText(answer, 'gemeindeschluessel/code') !== ags) throw malformed('an entry of another municipality');
  if (find(answer, 'rueckweisung')) return malformed('the register does not hold this municipality');
  return readFound(answer, { ags, asOf: asked.asOf });
}

export function readFound(answer: XmlElement, from: { readonly ags: string; readonly asOf: string }): Found {
  const count = needText(answer, 'anzahl');
  if (!/^\d{1,7}$/.test(count)) throw malformed('a count that is none');
  const person = find(answer, 'person');
  const registerKey = findText(answer, 'ordnungsmerkmal');
  if (registerKey === null) return { count: Number(count), resident: null };
  return { count: Number(count), resident: readResident(person, { ...from, registerKey }) };
}

/** What a citizen account says of its owner. */
export function writeAccount(ags: string, account: Account | null): Content {
  if (account === null) return null;
  return element('sim:konto', [
    element('sim:familienname', account.familyName),
    element('sim:vornamen', account.givenNames),
    writeDate(account.dateOfBirth),
    element('sim:anschrift', [
      writeCode('gemeindeschluessel', ags),
      element('hausnummer', account.houseNumber),
      element('postleitzahl', account.postalCode),
      element('strasse', account.street),
      element('wohnort', account.place),
    ]),
  ]);
}

function writePerson({ familyName, givenName, dateOfBirth, home }: LinkedPerson): Content {
  return element('sim:person', [
    element('sim:familienname', familyName),
    element('sim:ersterVorname', givenName),
    writeDate(dateOfBirth),
    home === null ? null : writeHome(home),
  ]);
}

/** The home of a link is postal code, street and house number in search form, none of them with a space in it. */
function writeHome(home: string): Content {
  const [postalCode = '', street = '', houseNumber = ''] = home.split(' ');
  return element('sim:wohnung', [
    element('hausnummer', houseNumber),
    element('postleitzahl', postalCode),
    element('strasse', street),
  ]);
}
