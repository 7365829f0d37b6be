/** Objects of the catalogue as the editorial system keeps them; every id is its own. */
export type CatalogueObject = Service | Office | Competence | OnlineService;

export interface Service {
  readonly kind: 'leistung';
  readonly id: string;
  /** 14 digits; those that begin with 00 are the simulator's own. */
  readonly key: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly short: string;
  readonly full: string;
  readonly requirements: string | null;
  readonly procedure: string;
  readonly documents: readonly string[];
  readonly fees: readonly Fee[];
  readonly period: { readonly text: string; readonly days: number | null } | null;
  readonly processing: string;
  readonly law: readonly string[];
  readonly forms: readonly Link[];
  readonly changedAt: string;
}

/** Cents; `most` is given where the fee is a range. */
export interface Fee {
  readonly what: string;
  readonly cents: number;
  readonly most: number | null;
}

export interface Link {
  readonly title: string;
  readonly url: string;
}

export interface Office {
  readonly kind: 'organisationseinheit';
  readonly id: string;
  readonly name: string;
  readonly ags: string;
  readonly street: string;
  readonly houseNumber: string;
  readonly postalCode: string;
  readonly place: string;
  readonly email: string;
  readonly website: string;
  /** ISO weekday, 1 is Monday; times HH:MM. */
  readonly hours: readonly { readonly day: number; readonly opens: string; readonly closes: string }[];
  readonly hoursNote: string | null;
}

/** Who does a service where: an office, or an online service, for areas. */
export interface Competence {
  readonly kind: 'zustaendigkeitTransferObjekt';
  readonly id: string;
  readonly ownerId: string;
  readonly ownerKind: 'organisationseinheit' | 'onlinedienst';
  readonly serviceId: string;
  readonly areas: readonly Area[];
}

/** `ars`: Regionalschlüssel of 2, 5 or 12 digits; `plz`: a postal code, which narrows the areas before it. */
export interface Area {
  readonly scheme: 'ars' | 'plz';
  readonly value: string;
}

export interface OnlineService {
  readonly kind: 'onlinedienst';
  readonly id: string;
  readonly name: string;
  readonly link: Link;
  /** Trust level the login needs, as in the code list of our own: 10 normal, 20 substanziell, 30 hoch. */
  readonly trustLevel: string;
}

/** What a deletion is called in a transfer message (attribute `klasse`). */
export const CLASS_OF: Readonly<Record<CatalogueObject['kind'], string>> = {
  leistung: 'Leistung',
  organisationseinheit: 'Organisationseinheit',
  zustaendigkeitTransferObjekt: 'Zustaendigkeit',
  onlinedienst: 'Onlinedienst',
};
