import type { Place } from '../world-places.js';
import type { Area, Office } from './model.js';

/** Which administration has an office: the municipality, its district or the Land. */
export type Level = 'municipality' | 'district' | 'land';

/** Offices by the word that `catalogue.yaml` has for them. Names and levels are as usual in the Saarland, simplified. */
export const OFFICE_KINDS = {
  buergeramt: { level: 'municipality', title: 'Bürgeramt' },
  standesamt: { level: 'municipality', title: 'Standesamt' },
  ordnungsamt: { level: 'municipality', title: 'Ordnungsamt' },
  steueramt: { level: 'municipality', title: 'Steueramt' },
  gewerbe: { level: 'municipality', title: 'Gewerbeamt' },
  bauhof: { level: 'municipality', title: 'Bauhof und Abfallwirtschaft' },
  friedhof: { level: 'municipality', title: 'Friedhofsverwaltung' },
  wohngeld: { level: 'district', title: 'Wohngeldbehörde' },
  zulassung: { level: 'district', title: 'Kfz-Zulassungsbehörde' },
  fuehrerschein: { level: 'district', title: 'Führerscheinstelle' },
  jugendamt: { level: 'district', title: 'Jugendamt' },
  sozialamt: { level: 'district', title: 'Sozialamt' },
  auslaenderamt: { level: 'district', title: 'Ausländerbehörde' },
  bauaufsicht: { level: 'district', title: 'Untere Bauaufsichtsbehörde' },
  gesundheitsamt: { level: 'district', title: 'Gesundheitsamt' },
  landesamt: { level: 'land', title: 'Landesamt für erdachte Angelegenheiten' },
} as const satisfies Record<string, { level: Level; title: string }>;

export type OfficeKind = keyof typeof OFFICE_KINDS;

/** An office and where it is competent. */
export interface Placed {
  readonly kind: OfficeKind;
  readonly office: Office;
  readonly areas: readonly Area[];
}

const DISTRICTS: Readonly<Record<string, string>> = {
  '10041': 'Regionalverband Saarbrücken',
  '10043': 'Landkreis Neunkirchen',
  '10045': 'Saarpfalz-Kreis',
  '05162': 'Rhein-Kreis Neuss',
};
/** From so many postal codes on a municipality has further Bürgerämter for parts of it. */
const MANY_POSTAL_CODES = 6;

/** All offices of the simulated cooperation, in a fixed order. */
export function placeOffices(places: readonly Place[]): readonly Placed[] {
  const districts = [...new Set(places.map(({ district }) => district))];
  const lands = [...new Set(places.map(({ ags }) => ags.slice(0, 2)))];
  return [
    ...places.flatMap(placeMunicipal),
    ...districts.flatMap((district) => placeDistrict(district, places)),
    ...lands.map((land) => placeLand(land, places)),
  ];
}

/**
 * Regionalschlüssel of 12 digits. **Derived**, not looked up: the four digits of the association of municipalities are
 * taken to be 0 and the municipality's own three.
 */
export const toArs = (ags: string): string => `${ags.slice(0, 5)}0${ags.slice(5)}${ags.slice(5)}`;

const kindsOf = (level: Level): OfficeKind[] =>
  (Object.keys(OFFICE_KINDS) as OfficeKind[]).filter((kind) => OFFICE_KINDS[kind].level === level);

function placeMunicipal(place: Place): Placed[] {
  const whole: Area = { scheme: 'ars', value: toArs(place.ags) };
  const offices = kindsOf('municipality').map((kind) => ({
    kind,
    office: toOffice({ kind, of: place.name, place }),
    areas: [whole],
  }));
  return [...offices, ...placeBranches(place, whole)];
}

function placeBranches(place: Place, whole: Area): Placed[] {
  const { postalCodes } = place;
  if (postalCodes.length < MANY_POSTAL_CODES) return [];
  const third = Math.floor(postalCodes.length / 3);
  const parts = { Nord: postalCodes.slice(third, 2 * third), Süd: postalCodes.slice(2 * third) };
  return Object.entries(parts).map(([part, codes]) => ({
    kind: 'buergeramt',
    office: toOffice({ kind: 'buergeramt', of: `${place.name} ${part}`, place, postalCode: codes[0], branch: part }),
    areas: [whole, ...codes.map((value): Area => ({ scheme: 'plz', value }))],
  }));
}

function placeDistrict(district: string, places: readonly Place[]): Placed[] {
  // The district's seat is its first municipality here: a simplification.
  const place = places.find((one) => one.district === district) as Place;
  const of = DISTRICTS[district] ?? (district === place.ags.slice(0, 5) && place.name) ?? district;
  return kindsOf('district').map((kind) => ({
    kind,
    office: toOffice({ kind, of: of || district, place, idPart: district }),
    areas: [{ scheme: 'ars', value: district }],
  }));
}

function placeLand(land: string, places: readonly Place[]): Placed {
  const place = places.find(({ ags }) => ags.startsWith(land)) as Place;
  const office = toOffice({ kind: 'landesamt', of: '', place, idPart: land });
  return { kind: 'landesamt', office, areas: [{ scheme: 'ars', value: land }] };
}

interface OfficePlan {
  readonly kind: OfficeKind;
  readonly of: string;
  readonly place: Place;
  readonly idPart?: string;
  readonly postalCode?: string | undefined;
  readonly branch?: string;
}

function toOffice({ kind, of, place, idPart = place.ags, postalCode, branch = '' }: OfficePlan): Office {
  const slug = `${kind}-${idPart}${branch === '' ? '' : `-${branch === 'Süd' ? 'sued' : branch.toLowerCase()}`}`;
  const long = kind === 'buergeramt';
  return {
    kind: 'organisationseinheit',
    id: `OE.${slug}`,
    name: `${OFFICE_KINDS[kind].title} ${of}`.trim(),
    ags: place.ags,
    street: branch === '' ? 'Rathausplatz' : `${branch === 'Süd' ? 'Südliche' : 'Nördliche'} Amtsstraße`,
    houseNumber: String(1 + (slug.length % 9)),
    postalCode: postalCode ?? place.postalCodes[0] ?? '',
    place: place.name,
    email: `${slug}@verwaltung.example`,
    website: `https://verwaltung.example/${slug}`,
    hours: long ? LONG_HOURS : SHORT_HOURS,
    hoursNote: long ? 'Termine nach Vereinbarung auch außerhalb der Zeiten.' : null,
  };
}

const SHORT_HOURS: Office['hours'] = [
  ...[1, 2, 3, 4, 5].map((day) => ({ day, opens: '08:00', closes: '12:00' })),
  { day: 4, opens: '13:30', closes: '18:00' },
];
const LONG_HOURS: Office['hours'] = [
  ...[1, 2, 3].map((day) => ({ day, opens: '07:30', closes: '16:00' })),
  { day: 4, opens: '07:30', closes: '18:00' },
  { day: 5, opens: '07:30', closes: '12:00' },
];
