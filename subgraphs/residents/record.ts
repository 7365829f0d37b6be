import { childrenOf, find, findText, malformed, type XmlElement } from '../../lib/connect/xml.js';
import { NATIONALITIES } from './nationalities.js';
import type { MaritalStatus, ResidenceStatus, Sex } from './schema.generated.js';

/** A person as one register answers. Data that were not asked for, or that the register does not know, are `null`. */
export interface ResidentRecord {
  readonly ags: string;
  /** Key in the register of `ags` (Ordnungsmerkmal, § 4 BMG): never leaves the subgraph as it is. */
  readonly registerKey: string;
  readonly familyName: string | null;
  readonly givenNames: string[] | null;
  readonly callName: string | null;
  readonly birthName: string | null;
  readonly doctorate: string | null;
  /** YYYY-MM-DD, YYYY-MM or YYYY. */
  readonly dateOfBirth: string | null;
  readonly placeOfBirth: string | null;
  /** Codes are read when they are asked for: one that no table knows costs its field, `LEGACY_MALFORMED`. */
  readonly sex: Sex | null;
  readonly maritalStatus: MaritalStatus | null;
  /** ISO 3166-1 alpha-2. */
  readonly nationalities: string[] | null;
  /** Address of the sole or main residence. */
  readonly currentAddress: AddressRecord | null;
  /** Current ones first, then the latest. */
  readonly residences: ResidenceRecord[];
  /** When the register answered, ISO 8601. */
  readonly asOf: string;
}

export interface ResidenceRecord {
  readonly address: AddressRecord | null;
  readonly status: ResidenceStatus | null;
  readonly movedIn: string | null;
  readonly movedOut: string | null;
  readonly isCurrent: boolean;
}

export interface AddressRecord {
  readonly street: string | null;
  readonly houseNumber: string | null;
  readonly postalCode: string | null;
  readonly place: string | null;
  readonly ags: string | null;
  readonly conditionalBlock: boolean;
}

/** @param person `xmeld:person` of an answer; `null` where none of its data was asked for. */
export function readResident(
  person: XmlElement | null,
  known: { readonly ags: string; readonly registerKey: string; readonly asOf: string },
): ResidentRecord {
  const data = (person && find(person, 'personendaten')) ?? NOTHING;
  const residences = childrenOf(data, 'wohnung').map(readResidence).sort(byLatest);
  if (residences.length > 0 && isElsewhere(residences, known.ags))
    throw malformed('a resident of another municipality');
  return {
    ...known,
    familyName: findText(data, 'name/familienname.unstrukturiert/nachname/name'),
    givenNames: findText(data, 'name/vornamen/vornamen/name')?.split(/\s+/u) ?? null,
    callName: findText(data, 'name/gebraeuchlicherVorname/name'),
    birthName: findText(data, 'name/geburtsname.unstrukturiert/name'),
    doctorate: findText(data, 'name/doktorgrad'),
    dateOfBirth: readDate(find(data, 'geburtsangaben/geburt/geburtsdatum')),
    placeOfBirth: findText(data, 'geburtsangaben/geburt/geburtsort'),
    get sex() {
      return readCode(SEX, findText(data, 'geschlecht/code'));
    },
    get maritalStatus() {
      return readCode(MARITAL_STATUS, findText(data, 'familienstand/familienstand/familienstand/code'));
    },
    get nationalities() {
      const codes = childrenOf(data, 'staatsangehoerigkeit').map((nationality) => findText(nationality, 'code'));
      return codes.length === 0
        ? null
        : codes.map((code) => readCode(NATIONALITIES, code)).filter((iso) => iso !== null);
    },
    get currentAddress() {
      const main = residences.find(({ isCurrent, status }) => isCurrent && status !== 'SECONDARY');
      return main?.address ?? null;
    },
    residences,
  };
}

/** Whether the register counts the person among those who live in its municipality now. */
export const livesHere = (person: XmlElement): boolean =>
  findText(person, 'personendaten/verstorben') !== 'true' && findText(person, 'personendaten/verzogen') !== 'true';

/** @returns YYYY-MM-DD, YYYY-MM or YYYY; `null` for what is not known at all. */
export function readDate(holder: XmlElement | null): string | null {
  const partial = holder && find(holder, 'teilbekanntesDatum');
  const date = partial
    ? (findText(partial, 'jahrMonatTag') ?? findText(partial, 'jahrMonat') ?? findText(partial, 'jahr'))
    : holder && findText(holder, 'datum');
  if (date !== null && !/^\d{4}(-\d{2}(-\d{2})?)?$/.test(date)) throw malformed('a date that is none');
  return date;
}

const NOTHING: XmlElement = { name: '', namespace: '', attributes: {}, children: [], text: '' };

const isElsewhere = (residences: readonly ResidenceRecord[], ags: string): boolean =>
  residences.some(({ isCurrent }) => isCurrent) &&
  !residences.some(({ isCurrent, address }) => isCurrent && address?.ags === ags);

function readResidence(residence: XmlElement): ResidenceRecord {
  const inland = find(residence, 'anschrift/anschrift.inland');
  return {
    address: inland && readAddress(inland),
    get status() {
      return readCode(RESIDENCE_STATUS, findText(residence, 'statusderwohnung/code'));
    },
    movedIn: readDate(find(residence, 'datumDesBeziehens')),
    movedOut: readDate(find(residence, 'datumDesAuszugs')),
    isCurrent: findText(residence, 'wohnung.aktuell') === 'true',
  };
}

function readAddress(inland: XmlElement): AddressRecord | null {
  const address = find(inland, 'anschrift.inland');
  if (address === null) return null;
  const part = findText(address, 'teilnummerDerHausnummer');
  const digits = findText(address, 'hausnummer');
  const letter = findText(address, 'hausnummerBuchstabeZusatzziffer');
  const number = `${digits ?? ''}${letter ?? ''}${part === null ? '' : ` ${part}`}`;
  return {
    street: findText(address, 'strasse'),
    houseNumber: number === '' ? null : number,
    postalCode: findText(address, 'postleitzahl'),
    place: findText(address, 'wohnort'),
    ags: findText(address, 'gemeindeschluessel/code'),
    conditionalBlock: findText(inland, 'bedingterSperrvermerk') === 'true',
  };
}

/** Current ones first, then by the day of moving in; the register's order where that is not known. */
function byLatest(one: ResidenceRecord, other: ResidenceRecord): number {
  if (one.isCurrent !== other.isCurrent) return one.isCurrent ? -1 : 1;
  return (other.movedIn ?? '').localeCompare(one.movedIn ?? '', 'en');
}

function readCode<Value>(table: Readonly<Record<string, Value>>, code: string | null): Value | null {
  if (code === null) return null;
  const value = Object.hasOwn(table, code) ? table[code] : undefined;
  if (value === undefined) throw malformed('a code that no table knows');
  return value;
}

/** XInneres code list Geschlecht. */
const SEX: Readonly<Record<string, Sex>> = { w: 'FEMALE', m: 'MALE', d: 'DIVERSE', x: 'UNSPECIFIED' };

export const sexCode = (sex: Sex): string => Object.keys(SEX).find((code) => SEX[code] === sex) ?? 'x';

/** XInneres code list Familienstand. */
const MARITAL_STATUS: Readonly<Record<string, MaritalStatus>> = {
  LD: 'SINGLE',
  VH: 'MARRIED',
  VW: 'WIDOWED',
  GS: 'DIVORCED',
  LP: 'CIVIL_PARTNERSHIP',
  LA: 'CIVIL_PARTNERSHIP_ENDED',
  LV: 'CIVIL_PARTNERSHIP_ENDED',
  NB: 'UNKNOWN',
};

/** Code list Wohnungsstatus. */
const RESIDENCE_STATUS: Readonly<Record<string, ResidenceStatus>> = { '0': 'SOLE', '1': 'MAIN', '2': 'SECONDARY' };
