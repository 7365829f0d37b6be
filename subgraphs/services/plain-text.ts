/**
 * The texts of a catalogue are HTML; this is what of them people read. Nothing of it may ever be markup again.
 *
 * @returns Paragraphs by line feeds; `null` where nothing is left.
 */
export function toPlainText(html: string | null): string | null {
  if (html === null) return null;
  const lines = html
    .replace(/<(?:\/?(?:p|div|ul|ol|h[1-6])|br|li)\b[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});/gi, (whole, name: string) => decode(name) ?? whole)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
  return lines.join('\n').replace(/[<>]/g, '') || null;
}

/** The items of a list, or the lines of a text that is none. */
export const toList = (html: string | null): readonly string[] => toPlainText(html)?.split('\n') ?? [];

function decode(name: string): string | null {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? null;
  const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isCharacter = code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : null;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  szlig: 'ß',
  ndash: '–',
  euro: '€',
};
