import { z } from 'zod';
import { AppError } from '../../lib/errors.js';
import { hasFormat } from '../../lib/formats.js';
import type { LostItemKind } from './schema.generated.js';

/** A lost item as this subgraph knows it. A value that breaks the contract costs its own field: it is the error. */
export interface LostItem {
  readonly ags: string;
  readonly number: string;
  readonly kind: LostItemKind | AppError;
  /** YYYY-MM-DD. */
  readonly foundOn: string | AppError;
  readonly storagePlace: string | null;
}

/** Interface manual of the register, 4.1: an answer lists records, each with its municipality and number. */
const answerLayout = z.object({
  fundsachen: z.array(
    z.object({
      gemeinde: z.string().regex(/^[0-9]{8}$/),
      nr: z.string().min(1).max(24),
      art: z.string(),
      funddatum: z.string(), // TT.MM.JJJJ
      lager: z.string().nullish(),
    }),
  ),
});

const KINDS: Readonly<Record<string, LostItemKind>> = { RAD: 'BICYCLE', SLS: 'KEYS', GEL: 'WALLET', SON: 'OTHER' };

/** @throws AppError `LEGACY_MALFORMED` where the answer is not of the form agreed. */
export function readAnswer(json: unknown): LostItem[] {
  const { success, data } = answerLayout.safeParse(json);
  if (!success) throw new AppError('LEGACY_MALFORMED');
  return data.fundsachen.map(({ gemeinde, nr, art, funddatum, lager }) => ({
    ags: gemeinde,
    number: nr,
    kind: KINDS[art] ?? new AppError('LEGACY_MALFORMED'),
    foundOn: readDay(funddatum),
    storagePlace: lager || null,
  }));
}

function readDay(text: string): string | AppError {
  const day = text.replace(/^(\d\d)\.(\d\d)\.(\d{4})$/, '$3-$2-$1');
  return hasFormat('date', day) ? day : new AppError('LEGACY_MALFORMED');
}
