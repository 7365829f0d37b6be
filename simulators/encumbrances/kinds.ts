import type { Random } from '../world-random.js';

/** A kind of encumbrance as this system codes it, with the words of a declaration. */
export interface Kind {
  readonly code: string;
  readonly title: string;
  readonly write: (random: Random) => string;
}

export const KINDS: readonly Kind[] = [
  {
    code: '01',
    title: 'Zuwegungsbaulast',
    write: (random) =>
      `Der Eigentümer duldet auf einem ${random.int(3, 5)} m breiten Streifen die Zufahrt zum Nachbarflurstück.`,
  },
  {
    code: '02',
    title: 'Abstandsflächenbaulast',
    write: (random) =>
      `Eine Fläche von ${random.int(2, 9)},${random.int(0, 9)}0 m Tiefe an der Grenze wird dem Nachbarn als Abstandsfläche zugerechnet.`,
  },
  {
    code: '03',
    title: 'Stellplatzbaulast',
    write: (random) => `Auf dem Flurstück werden ${random.int(1, 6)} Stellplätze für das Nachbargebäude freigehalten.`,
  },
  {
    code: '04',
    title: 'Vereinigungsbaulast',
    write: () => 'Das Flurstück gilt mit dem angrenzenden zusammen als ein Baugrundstück.',
  },
  {
    code: '05',
    title: 'Leitungsbaulast',
    write: () => 'Der Eigentümer duldet Ver- und Entsorgungsleitungen des Hinterliegers.',
  },
  { code: '99', title: 'Sonstige Baulast', write: () => 'Das Gebäude wird nur zusammen mit dem Haupthaus genutzt.' },
];

export const titleOf = (code: string): string => KINDS.find((kind) => kind.code === code)?.title ?? '';
