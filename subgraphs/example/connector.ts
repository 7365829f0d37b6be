import type { RestClient } from '../../lib/connect/rest.js';
import { AppError } from '../../lib/errors.js';
import type { Closable } from '../../lib/subgraph/define.js';
import { type LostItem, readAnswer } from './record.js';

export interface LostItemKey {
  readonly ags: string;
  readonly number: string;
}

export interface LostPropertyConnector extends Closable {
  /**
   * @param keys 1 to 50.
   * @returns One entry per key, in the order of `keys`; `null` where the register has none.
   * @throws AppError `LEGACY_*`, as `RestClient.post`.
   */
  byKey(keys: readonly LostItemKey[], signal: AbortSignal): Promise<(LostItem | null)[]>;
  /** @returns Up to `count` items of the municipality after `after` (a number; `null`: from the first), by number. */
  list(ags: string, page: { after: string | null; count: number }, signal: AbortSignal): Promise<LostItem[]>;
}

/** The register's own limit. */
export const MAX_KEYS = 50;

export const createLostPropertyConnector = (client: RestClient): LostPropertyConnector => ({
  async byKey(keys, signal) {
    const schluessel = keys.map(({ ags, number }) => ({ gemeinde: ags, nr: number }));
    const found = readAnswer(await client.post('/fundsachen/abruf', { schluessel }, signal));
    return keys.map((key) => found.find((item) => item.ags === key.ags && item.number === key.number) ?? null);
  },
  async list(ags, { after, count }, signal) {
    const question = { gemeinde: ags, nach: after ?? '', anzahl: count };
    const found = readAnswer(await client.post('/fundsachen/liste', question, signal));
    // A register that answers another question must not be believed.
    if (found.length > count || found.some((item) => item.ags !== ags)) throw new AppError('LEGACY_MALFORMED');
    return found;
  },
  close: () => client.close(),
});
