import { childrenOf, find, findText, malformed, needText, type XmlElement } from '../../lib/connect/xml.js';
import { toPlainText } from './plain-text.js';
import { german } from './record.js';

/** An organisational unit (Organisationseinheit) that people can turn to. */
export interface OfficeRecord {
  readonly id: string;
  readonly name: string;
  readonly address: OfficeAddressRecord | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly website: string | null;
  readonly openingHours: readonly OpeningHoursRecord[];
  readonly openingHoursNote: string | null;
}

export interface OfficeAddressRecord {
  readonly street: string | null;
  readonly houseNumber: string | null;
  readonly postalCode: string | null;
  readonly place: string | null;
}

/** Times HH:MM. */
export interface OpeningHoursRecord {
  readonly day: Weekday;
  readonly opens: string;
  readonly closes: string;
}

const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Channels (Kanal) as in XInneres. */
const CHANNEL = { email: '01', phone: '02' } as const;

/** @throws AppError `LEGACY_MALFORMED` for one without id or name. */
export function readOffice(unit: XmlElement): OfficeRecord {
  const name = toPlainText(german(find(unit, 'name'), 'name'));
  if (name === null) throw malformed('an organisational unit without a name');
  const channel = (code: string) =>
    findText(childrenOf(unit, 'erreichbarkeit').find((one) => findText(one, 'kanal/code') === code) ?? unit, 'kennung');
  const website = findText(unit, 'internetadresse/uri');
  return {
    id: needText(unit, 'id'),
    name,
    address: readAddress(find(unit, 'anschrift')),
    phone: channel(CHANNEL.phone),
    email: channel(CHANNEL.email),
    website: website !== null && /^https?:\/\/\S+$/i.test(website) ? website : null,
    openingHours: childrenOf(unit, 'infoOeffnungszeitenStrukturiert').flatMap(readHours),
    openingHoursNote: toPlainText(german(unit, 'infoOeffnungszeitenText')),
  };
}

const readAddress = (address: XmlElement | null): OfficeAddressRecord | null =>
  address && {
    street: findText(address, 'strasse'),
    houseNumber: findText(address, 'hausnummer'),
    postalCode: findText(address, 'postleitzahl'),
    place: findText(address, 'ort'),
  };

/** Hours that are no hours are left out: people are better told none than wrong ones. */
function readHours(hours: XmlElement): OpeningHoursRecord[] {
  const day = WEEKDAYS[Number(findText(hours, 'tag/code')) - 1];
  const opens = readTime(findText(hours, 'von'));
  const closes = readTime(findText(hours, 'bis'));
  return day && opens && closes && opens < closes ? [{ day, opens, closes }] : [];
}

const readTime = (text: string | null): string | null => /^([01][0-9]|2[0-4]):[0-5][0-9]/.exec(text ?? '')?.[0] ?? null;
