import type { HomeAt } from '../person.js';
import { type ElementName, nationalityKey } from './codes.js';
import type { Elements } from './read-request.js';
import { type Entry, isCurrent } from './register.js';
import { code, group, leaf } from './xml.js';

/** The data of which a hit list may have no more than these (§ 6 (1) BMeldDAV). */
const HIT_LIST: Elements = new Set<ElementName>([
  'familyName',
  'givenNames',
  'doctorate',
  'dateOfBirth',
  'placeOfBirth',
  'currentAddress',
]);

/** `xmeld:personendaten` of a person whose data are given as a whole. */
export const writePerson = (entry: Entry, elements: Elements): string =>
  write(entry, (name) => elements.has(name), true);

/** The same in a hit list: less of it, and without the mark of § 52 BMG. */
export const writeHit = (entry: Entry, elements: Elements): string =>
  write(entry, (name) => elements.has(name) && HIT_LIST.has(name), false);

type Has = (name: ElementName) => boolean;

function write(entry: Entry, has: Has, isWhole: boolean): string {
  return group('xmeld:personendaten', [
    writeName(entry, has),
    writeBirth(entry, has),
    ...entry.residences.map((home) => writeResidence(home, has, isWhole)),
    entry.diedOn === null ? '' : leaf('xmeld:verstorben', 'true'),
    has('sex') ? code('xmeld:geschlecht', entry.sex, 'urn:de:xinneres:codeliste:geschlecht') : '',
    ...(has('nationalities') ? entry.nationalities.map(writeNationality) : []),
    has('maritalStatus')
      ? group('xmeld:familienstand', [group('xmeld:familienstand', [code('xmeld:familienstand', entry.maritalStatus)])])
      : '',
    entry.diedOn === null && !isCurrent(entry) ? leaf('xmeld:verzogen', 'true') : '',
  ]);
}

const writeNationality = (iso: string): string =>
  code(
    'xmeld:staatsangehoerigkeit',
    nationalityKey(iso),
    'urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:staatsangehoerigkeit',
  );

function writeName({ familyName, birthName, givenNames, callName, doctorate }: Entry, has: Has): string {
  return group('xmeld:name', [
    has('familyName') ? group('xmeld:familienname.unstrukturiert', [name('xmeld:nachname', familyName)]) : '',
    has('birthName') && birthName !== null ? name('xmeld:geburtsname.unstrukturiert', birthName) : '',
    has('givenNames') ? group('xmeld:vornamen', [name('xmeld:vornamen', givenNames.join(' '))]) : '',
    has('callName') ? name('xmeld:gebraeuchlicherVorname', callName) : '',
    has('doctorate') ? leaf('xmeld:doktorgrad', doctorate) : '',
  ]);
}

const name = (element: string, text: string): string => group(element, [leaf('name', text)]);

function writeBirth({ dateOfBirth, placeOfBirth }: Entry, has: Has): string {
  const birth = group('xmeld:geburt', [
    has('placeOfBirth') ? leaf('xmeld:geburtsort', placeOfBirth) : '',
    has('dateOfBirth') ? group('xmeld:geburtsdatum', [writeDate(dateOfBirth)]) : '',
  ]);
  return group('xmeld:geburtsangaben', [birth]);
}

function writeResidence(home: HomeAt, has: Has, isWhole: boolean): string {
  const isLivedIn = home.movedOut === null;
  if (!has(isLivedIn ? 'currentAddress' : 'formerAddresses')) return '';
  const hasDates = isWhole && has('moveDates');
  return group('xmeld:wohnung', [
    writeAddress(home, isWhole),
    hasDates && home.movedOut !== null ? group('xmeld:datumDesAuszugs', [writeDate(home.movedOut)]) : '',
    hasDates ? group('xmeld:datumDesBeziehens', [leaf('datum', home.movedIn)]) : '',
    isWhole ? code('xmeld:statusderwohnung', home.status) : '',
    leaf('xmeld:wohnung.aktuell', String(isLivedIn)),
  ]);
}

function writeAddress(home: HomeAt, isWhole: boolean): string {
  const [, digits = '', letter = ''] = /^(\d*)\s*(.*)$/.exec(home.houseNumber) ?? [];
  const address = group('xmeld:anschrift.inland', [
    code('gemeindeschluessel', home.ags),
    leaf('hausnummer', digits),
    leaf('hausnummerBuchstabeZusatzziffer', letter === '' ? null : letter),
    leaf('postleitzahl', home.postalCode),
    leaf('strasse', home.street),
    leaf('wohnort', home.place),
  ]);
  const mark = isWhole && home.conditionalBlock ? leaf('xmeld:bedingterSperrvermerk', 'true') : '';
  return group('xmeld:anschrift', [group('xmeld:anschrift.inland', [address, mark])]);
}

/** Written as exactly as it is known. */
function writeDate(date: string): string {
  const name = date.length === 10 ? 'jahrMonatTag' : date.length === 7 ? 'jahrMonat' : 'jahr';
  return group('teilbekanntesDatum', [leaf(name, date)]);
}
