import type { Log } from '../lib/log.js';
import type { BySchema } from './by-schema.js';
import { type Documents, openDocuments } from './documents/open-documents.js';
import { openIdentity } from './identity/open-identity.js';
import { type Admit, createAdmit } from './limits/admit.js';
import type { CheckGuesses } from './limits/guesses.js';
import { openBudgets } from './limits/open-budgets.js';
import type { SchemaParts } from './phases.js';
import { type GatewaySettings, rateOf } from './settings.js';

/** What a request meets before its operation is read: who asks, how much they may ask, which document they mean. */
export interface Admission {
  readonly admit: Admit;
  readonly checkGuesses: CheckGuesses;
  readonly documents: Documents;
  close(): void;
}

/** @throws Error where the file of the claims' mapping or a manifest cannot be used. */
export function openAdmission(settings: GatewaySettings, parts: BySchema<SchemaParts>, log: Log): Admission {
  const identify = openIdentity({
    issuer: settings.OIDC_ISSUER,
    audience: settings.OIDC_AUDIENCE,
    mappingPath: settings.IDENTITY_PATH,
    log,
  });
  const budgets = openBudgets({
    perSecond: rateOf(settings),
    guesses: settings.LIMITS === 'on' ? settings.LIMIT_GUESSES : null,
    readSearches: (operation) => parts.of(operation.schema).readPersonSearches(operation),
    redisUrl: settings.REDIS_URL,
    secret: settings.CACHE_KEYS[0],
    log,
  });
  const documents = openDocuments({
    mode: settings.TRUSTED_DOCUMENTS,
    paths: settings.TRUSTED_DOCUMENTS_PATH,
    log,
  });
  return {
    admit: createAdmit(identify, budgets.rate),
    checkGuesses: budgets.checkGuesses,
    documents,
    close() {
      documents.close();
      budgets.close();
    },
  };
}
