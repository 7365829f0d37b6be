/** The media types of an answer, the preferred one first where a client does not care. */
export const MEDIA_TYPES = ['application/json', 'application/graphql-response+json'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/**
 * Chooses by the `Accept` header (RFC 9110, 12.5.1).
 *
 * @returns `null` where the client accepts neither.
 */
export function chooseMediaType(accept: string | undefined): MediaType | null {
  if (accept === undefined || accept.trim() === '') return MEDIA_TYPES[0];
  const ranges = accept.split(',').map(readRange);
  const scored = MEDIA_TYPES.map((type) => ({ type, ...qualityOf(type, ranges) })).filter(({ quality }) => quality > 0);
  scored.sort((a, b) => b.quality - a.quality || b.precision - a.precision || a.order - b.order);
  return scored[0]?.type ?? null;
}

/** Whether the client reads the older media type alone, for which faults of the document are no HTTP errors. */
export const isLegacyClient = (accept: string | undefined): boolean => {
  const ranges = (accept ?? '').split(',').map(readRange);
  return (
    ranges.some(({ name, quality }) => name === 'application/json' && quality > 0) &&
    qualityOf('application/graphql-response+json', ranges).quality === 0
  );
};

interface Range {
  readonly name: string;
  readonly quality: number;
}

function readRange(text: string): Range {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const given = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = given === undefined ? 1 : Number(given.slice(2));
  return { name, quality: Number.isFinite(quality) ? quality : 0 };
}

/** The most precise range that fits decides; `order` is its place in the header. */
function qualityOf(type: MediaType, ranges: readonly Range[]): { quality: number; precision: number; order: number } {
  for (const [index, name] of [type, 'application/*', '*/*'].entries()) {
    const order = ranges.findIndex((range) => range.name === name);
    const range = ranges[order];
    if (range) return { quality: range.quality, precision: -index, order };
  }
  return { quality: 0, precision: 0, order: 0 };
}
