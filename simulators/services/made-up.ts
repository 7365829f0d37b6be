import type { OfficeKind } from './organisations.js';

/** A service that is made up, so that a catalogue can be as large as one wants. */
export interface MadeUp {
  readonly nr: number;
  readonly name: string;
  readonly office: OfficeKind;
  readonly aliases: readonly string[];
  readonly short: string;
  readonly documents: readonly string[];
  readonly fees: readonly [string, number][];
  readonly law: readonly string[];
}

/** Numbers of made-up services begin here. */
const FIRST_NUMBER = 1000;

const OBJECTS = [
  'Abwasseranlage',
  'Aufzugsanlage',
  'Bienenstand',
  'Brunnenbohrung',
  'Bootssteg',
  'Denkmalplakette',
  'Drohnenflug',
  'Düngemittel',
  'Erdwärmesonde',
  'Filmaufnahme',
  'Flohmarkt',
  'Futtermittel',
  'Gefahrstoff',
  'Geothermie',
  'Gewässerrandstreifen',
  'Hausbrandfeuerstätte',
  'Heilpraktikertätigkeit',
  'Hufbeschlag',
  'Imkerei',
  'Kanalanschluss',
  'Kleinkläranlage',
  'Kleingarten',
  'Ladestation',
  'Lebensmittelbetrieb',
  'Lotterie',
  'Messgerät',
  'Naturschutzgebiet',
  'Obstbrennerei',
  'Pflanzenschutzmittel',
  'Photovoltaikanlage',
  'Prostitutionsgewerbe',
  'Quellwasser',
  'Reitweg',
  'Schornstein',
  'Seilbahn',
  'Spielhalle',
  'Sprengstoff',
  'Steinbruch',
  'Streuobstwiese',
  'Taxiunternehmen',
  'Tierhaltung',
  'Tiertransport',
  'Uferbefestigung',
  'Versteigerung',
  'Viehmarkt',
  'Wanderlager',
  'Wärmepumpe',
  'Wegerecht',
  'Weinbau',
  'Wildgehege',
  'Windkraftanlage',
  'Zeltlager',
  'Zirkus',
  'Zuchtbetrieb',
  'Zweitschrift',
] as const; // biome keeps such lists on one line each
const ACTIONS = [
  'anzeigen',
  'genehmigen',
  'verlängern',
  'ändern',
  'prüfen',
  'fördern',
  'registrieren',
  'befreien',
  'aufheben',
  'übertragen',
  'bescheinigen',
  'überwachen',
  'zertifizieren',
  'erstatten',
] as const;
const DETAILS = [
  '',
  'für Vereine',
  'für Betriebe',
  'im Außenbereich',
  'im Wasserschutzgebiet',
  'für Jugendliche',
  'auf Probe',
  'in besonderen Fällen',
  'mit Auslandsbezug',
  'für Landwirte',
  'bei Gefahr',
  'im Nebenerwerb',
  'für Schulen',
] as const;
const KINDS: readonly OfficeKind[] = [
  'landesamt',
  'ordnungsamt',
  'gesundheitsamt',
  'landesamt',
  'bauaufsicht',
  'landesamt',
];

/** How many different ones there are. */
export const MADE_UP_LIMIT = OBJECTS.length * ACTIONS.length * DETAILS.length;

/** @param index 0 to `MADE_UP_LIMIT` less one; the same index gives the same service for ever. */
export function makeUp(index: number): MadeUp {
  const object = OBJECTS[index % OBJECTS.length] ?? '';
  const action = ACTIONS[Math.floor(index / OBJECTS.length) % ACTIONS.length] ?? '';
  const detail = DETAILS[Math.floor(index / (OBJECTS.length * ACTIONS.length)) % DETAILS.length] ?? '';
  const name = [object, action, detail].filter((word) => word !== '').join(' ');
  return {
    nr: FIRST_NUMBER + index,
    name,
    // Few are municipal, for each municipality then has a competence of its own.
    office: KINDS[index % KINDS.length === 1 && index >= 600 ? 0 : index % KINDS.length] ?? 'landesamt',
    aliases: [`${object}: ${action}`, `Antrag ${object} ${detail}`.trim()],
    short: `Erfundene Leistung: ${object} ${action}${detail === '' ? '' : `, ${detail}`}. Der Antrag geht schriftlich oder online an die genannte Stelle, die ihn prüft und einen Bescheid erteilt.`,
    documents: ['Formloser Antrag', `Beschreibung zu ${object}`],
    fees: [['Bescheid', 1000 + (index % 90) * 100]],
    law: [`§ ${1 + (index % 80)} der erdachten ${object}-Verordnung`],
  };
}
