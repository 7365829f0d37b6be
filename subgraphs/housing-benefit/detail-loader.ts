import DataLoader from 'dataloader';
import type { CaseKey, HousingBenefitConnector, PaymentPage } from './connector.js';
import type { DecisionRecord, PaymentRecord } from './record.js';

type DetailKey = { readonly decisionsOf: CaseKey } | { readonly payments: PaymentPage };
type Details = readonly DecisionRecord[] | readonly PaymentRecord[];

/**
 * Loads decisions and payments of many cases together: whoever selects both on a list of cases costs one call, because
 * both kinds are keys of one batch.
 */
export function createDetailLoader(connector: HousingBenefitConnector, signal: AbortSignal) {
  const loader = new DataLoader<DetailKey, Details, string>((keys) => loadDetails(connector, keys, signal), {
    maxBatchSize: 500,
    cacheKeyFn: (key) => JSON.stringify(key),
  });
  return {
    decisions: (decisionsOf: CaseKey) => loader.load({ decisionsOf }) as Promise<DecisionRecord[]>,
    payments: (payments: PaymentPage) => loader.load({ payments }) as Promise<PaymentRecord[]>,
  };
}

async function loadDetails(
  connector: HousingBenefitConnector,
  keys: readonly DetailKey[],
  signal: AbortSignal,
): Promise<Details[]> {
  const decisions = keys.flatMap((key) => ('decisionsOf' in key ? [key.decisionsOf] : []));
  const payments = keys.flatMap((key) => ('payments' in key ? [key.payments] : []));
  const found = await connector.details({ decisions, payments }, signal);
  return keys.map((key) => ('payments' in key ? found.payments.shift() : found.decisions.shift()) ?? []);
}
