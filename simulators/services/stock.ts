import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Place } from '../world-places.js';
import { makeUp } from './made-up.js';
import type { CatalogueObject, Competence, Fee, OnlineService, Service } from './model.js';
import { OFFICE_KINDS, type OfficeKind, type Placed, placeOffices } from './organisations.js';

/** A service as `catalogue.yaml` has it. */
interface Entry {
  readonly key?: string;
  readonly nr?: number;
  readonly name: string;
  readonly office: OfficeKind;
  readonly aliases: readonly string[];
  readonly short: string;
  readonly documents: readonly string[];
  readonly fees: readonly (readonly [string, number, number?])[];
  readonly law: readonly string[];
  readonly period?: string;
  readonly days?: number;
  readonly online?: boolean;
  /** AGS of the one municipality that has it. */
  readonly only?: string;
}

const CATALOGUE = new URL('catalogue.yaml', import.meta.url);

/** Day of the last editorial change of everything that nobody has changed since. */
const EDITED_AT = '2026-01-15T08:00:00Z';

/**
 * The catalogue before anybody changes it.
 *
 * @param count How many services: those of `catalogue.yaml` first, made-up ones after them.
 */
export function stockCatalogue(places: readonly Place[], count: number): readonly CatalogueObject[] {
  const written = parse(readFileSync(CATALOGUE, 'utf8')) as Entry[];
  const further = Array.from({ length: Math.max(0, count - written.length) }, (_, index): Entry => makeUp(index));
  const entries = [...written.slice(0, count), ...further];
  const offices = placeOffices(places);
  return [
    ...offices.map(({ office }) => office),
    ...entries.flatMap((entry) => [toService(entry), ...competencesOf(entry, offices), ...onlineOf(entry, places)]),
  ];
}

/** @returns 14 digits; for services without a key of the LeiKa one that no LeiKa key can be: it begins with 00. */
export const ownKey = (nr: number): string => String(nr).padStart(14, '0');

export const idOfService = (key: string): string => `L.${key}`;

export function toService(entry: Omit<Entry, 'office'>, changedAt = EDITED_AT): Service {
  const key = entry.key ?? ownKey(entry.nr ?? 0);
  return {
    kind: 'leistung',
    id: idOfService(key),
    key,
    name: entry.name,
    aliases: entry.aliases,
    short: entry.short,
    full: `<p>${entry.short}</p><p>Diese Beschreibung gehört zu einem simulierten Katalog; sie ist keine Rechtsauskunft.</p>`,
    requirements: entry.documents.length > 0 ? 'Die genannten Unterlagen liegen vollständig vor.' : null,
    procedure: entry.online
      ? 'Online ausfüllen und absenden oder persönlich mit den Unterlagen vorsprechen.'
      : 'Persönlich oder schriftlich mit den Unterlagen an die zuständige Stelle wenden.',
    documents: entry.documents,
    fees: entry.fees.map(([what, cents, most]): Fee => ({ what, cents, most: most ?? null })),
    period: entry.period === undefined ? null : { text: entry.period, days: entry.days ?? null },
    processing: 'In der Regel zwei bis sechs Wochen.',
    law: entry.law,
    forms: entry.documents.some((text) => /antrag|vordruck/i.test(text))
      ? [{ title: `Vordruck: ${entry.name}`, url: `https://formulare.example/${key}.pdf` }]
      : [],
    changedAt,
  };
}

function competencesOf(entry: Entry, offices: readonly Placed[]): Competence[] {
  const serviceId = toService(entry).id;
  return offices
    .filter(({ kind, office }) => kind === entry.office && (entry.only === undefined || office.ags === entry.only))
    .map(({ office, areas }) => ({
      kind: 'zustaendigkeitTransferObjekt',
      id: `Z.${serviceId}.${office.id}`,
      ownerId: office.id,
      ownerKind: 'organisationseinheit',
      serviceId,
      areas,
    }));
}

function onlineOf(entry: Entry, places: readonly Place[]): (OnlineService | Competence)[] {
  if (entry.online !== true) return [];
  const service = toService(entry);
  const id = `OD.${service.key}`;
  const needsLogin = OFFICE_KINDS[entry.office].level === 'district';
  return [
    {
      kind: 'onlinedienst',
      id,
      name: `${entry.name} (online)`,
      link: { title: `${entry.name} online`, url: `https://portal.example/antrag/${service.key}` },
      trustLevel: needsLogin ? '30' : '10',
    },
    {
      kind: 'zustaendigkeitTransferObjekt',
      id: `Z.${service.id}.${id}`,
      ownerId: id,
      ownerKind: 'onlinedienst',
      serviceId: service.id,
      areas: [...new Set(places.map(({ district }) => district))].map((value) => ({ scheme: 'ars', value })),
    },
  ];
}
