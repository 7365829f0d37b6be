import type { WorldSettings } from './person.js';

/** A municipality of the simulated world. */
export interface Place {
  readonly ags: string;
  readonly name: string;
  readonly district: string;
  /** How many living people it has. */
  readonly quota: number;
  readonly postalCodes: readonly string[];
  /** District codes (Unterscheidungszeichen) of its vehicle office, the usual one first. */
  readonly plateCodes: readonly string[];
}

/** Inhabitants in thousands, roughly, and postal codes. */
const KNOWN: Readonly<Record<string, readonly [number, readonly string[]]>> = {
  '10041100': [180, ['66111', '66113', '66115', '66117', '66119', '66121', '66123', '66125', '66126', '66130']],
  '10041515': [18, ['66346']],
  '10041519': [40, ['66333']],
  '10043114': [46, ['66538', '66539', '66540']],
  '10043115': [14, ['66564']],
  '10045111': [18, ['66450']],
  '10045112': [20, ['66440']],
  '10045113': [6, ['66453']],
  '10045114': [42, ['66424']],
  '10045115': [10, ['66459']],
  '10045116': [11, ['66399']],
  '10045117': [35, ['66386']],
  '14612000': [560, ['01067', '01069', '01097', '01127', '01159', '01187', '01219', '01237', '01277', '01309']],
  '14713000': [610, ['04103', '04105', '04107', '04129', '04155', '04177', '04229', '04275', '04315', '04357']],
  '15003000': [240, ['39104', '39106', '39108', '39112', '39116', '39124', '39128', '39130']],
  '05162004': [65, ['41539', '41540', '41541', '41542']],
  '05162008': [64, ['41515', '41516', '41517']],
  '05162012': [24, ['41363']],
  '05162016': [44, ['41564']],
  '05162020': [33, ['41352']],
  '05162022': [57, ['40667', '40668', '40670']],
  '05162024': [155, ['41460', '41462', '41464', '41466', '41468', '41469', '41470', '41472']],
  '05162028': [14, ['41569']],
};

/** District codes by municipality or district (FZV, Anlage 1). */
const PLATE_CODES: Readonly<Record<string, readonly string[]>> = {
  '10041519': ['VK'],
  '10041': ['SB'],
  '10042': ['MZG'],
  '10043': ['NK'],
  '10044': ['SLS'],
  '10045117': ['IGB', 'HOM'],
  '10045': ['HOM', 'IGB'],
  '10046': ['WND'],
  '14612': ['DD'],
  '14713': ['L'],
  '15003': ['MD'],
  '05162008': ['GV', 'NE'],
  '05162': ['NE', 'GV'],
};

const USUAL_THOUSANDS = 20;
const SMALLEST_QUOTA = 12;

/** @returns The municipalities in the order of their AGS, with their shares of the people. */
export function placesOf({ municipalities, size }: WorldSettings): readonly Place[] {
  const sorted = [...municipalities].sort((a, b) => (a.ags < b.ags ? -1 : 1));
  const thousands = sorted.map(({ ags }) => KNOWN[ags]?.[0] ?? USUAL_THOUSANDS);
  const total = thousands.reduce((sum, share) => sum + share, 0);
  return sorted.map(({ ags, name, district }, index) => ({
    ags,
    name,
    district,
    quota: Math.max(SMALLEST_QUOTA, Math.round((size * (thousands[index] ?? 0)) / total)),
    postalCodes: KNOWN[ags]?.[1] ?? [fictitiousPostalCode(ags)],
    plateCodes: PLATE_CODES[ags] ?? PLATE_CODES[district] ?? [fictitiousPlateCode(name)],
  }));
}

const fictitiousPostalCode = (ags: string): string => `9${ags.slice(-4)}`;

const fictitiousPlateCode = (name: string): string =>
  name
    .normalize('NFD')
    .toUpperCase()
    .replace(/[^A-Z]/g, '')
    .slice(0, 3) || 'X';
