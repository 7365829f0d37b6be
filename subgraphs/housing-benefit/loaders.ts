import DataLoader from 'dataloader';
import { type Connection, foreignCursor, listScope, readCursor, toConnection } from '../../lib/connection.js';
import { AppError } from '../../lib/errors.js';
import { hasFormat } from '../../lib/formats.js';
import type { Linker } from '../../lib/link.js';
import type { OwnRecords } from '../../lib/own-record.js';
import type { RequestContext } from '../../lib/subgraph/context.js';
import { isCitizen, planSearches, type ResidentReference, type Search, toApplicantLink } from './access.js';
import type { BirthDateKey, CaseKey, HousingBenefitConnector, PaymentPage } from './connector.js';
import { createDetailLoader } from './detail-loader.js';
import type { Estimate } from './estimate.js';
import { matchPersons, mergeCases } from './match.js';
import { fromPaymentPosition, toPaymentPosition } from './payment-position.js';
import type { CaseRecord, DecisionRecord, PaymentRecord, PersonRecord } from './record.js';
import type { HousingBenefitCasePaymentsArgs, QueryHousingBenefitCasesArgs } from './schema.generated.js';

/** What a request works with: the register, the key shared with the residents register, and the law's figures. */
export interface Parts {
  readonly connector: HousingBenefitConnector;
  readonly linker: Linker;
  /** `null`: nobody reads the access log of a case. */
  readonly ownRecords?: OwnRecords | null;
  readonly estimate: Estimate;
}

export interface Loaders {
  readonly case: (key: CaseKey) => Promise<CaseRecord | null>;
  readonly cases: (args: QueryHousingBenefitCasesArgs) => Promise<Connection<CaseRecord>>;
  readonly casesOf: (resident: ResidentReference) => Promise<CaseRecord[]>;
  readonly applicantLinkOf: (found: CaseRecord) => string | null;
  /** For the access log: that the case is the caller's, `null` for whoever is no citizen. */
  readonly proofOf: (found: CaseRecord) => string | null;
  readonly decisionsOf: (key: CaseKey) => Promise<DecisionRecord[]>;
  readonly paymentsOf: (key: CaseKey, args: HousingBenefitCasePaymentsArgs) => Promise<Connection<PaymentRecord>>;
  readonly estimate: Estimate;
}

export type Context = RequestContext<Loaders>;

/** Keys of one call; more are asked for in a second one. */
const BATCH = { maxBatchSize: 500 };

export function createLoaders(parts: Parts, request: Omit<Context, 'loaders'>): Loaders {
  const { connector, linker, ownRecords = null, estimate } = parts;
  const { caller } = request;
  const cases = new DataLoader((keys: readonly CaseKey[]) => connector.casesByNumber(keys, request.signal), {
    ...BATCH,
    cacheKeyFn: ({ ags, caseNumber }) => `${ags} ${caseNumber}`,
  });
  const persons = new DataLoader(
    (keys: readonly BirthDateKey[]) => connector.personsByBirthDate(keys, request.signal),
    {
      ...BATCH,
      cacheKeyFn: ({ ags, dateOfBirth }) => `${ags} ${dateOfBirth}`,
    },
  );
  const details = createDetailLoader(connector, request.signal);
  return {
    case: (key) => cases.load(key),
    cases: (args) => loadCases(connector, args, request.signal),
    casesOf: (resident) => loadCasesOf(resident, { persons, linker, request }),
    applicantLinkOf: (found) => toApplicantLink(found, request, linker),
    // A citizen gets to no case but their own.
    proofOf: ({ ags, caseNumber }) =>
      caller && isCitizen(request)
        ? (ownRecords?.prove({ subject: caller.subject, type: 'HousingBenefitCase', key: [ags, caseNumber] }) ?? null)
        : null,
    decisionsOf: ({ ags, caseNumber }) => details.decisions({ ags, caseNumber }),
    paymentsOf: (key, args) => loadPayments(key, args, details.payments),
    estimate,
  };
}

async function loadCases(
  connector: HousingBenefitConnector,
  { ags, status = null, first, after }: QueryHousingBenefitCasesArgs,
  signal: AbortSignal,
): Promise<Connection<CaseRecord>> {
  const page = { first: first ?? 20, scope: listScope('Query.housingBenefitCases', { ags, status }) };
  const position = readCursor(page.scope, after);
  if (position !== null && !hasFormat('case-number', position)) throw foreignCursor();
  const found = await connector.casesOfMunicipality({ ags, status, after: position, limit: page.first + 1 }, signal);
  return toConnection(found, page, ({ caseNumber }) => caseNumber);
}

async function loadCasesOf(
  resident: ResidentReference,
  parts: {
    persons: DataLoader<BirthDateKey, PersonRecord[], string>;
    linker: Linker;
    request: Omit<Context, 'loaders'>;
  },
): Promise<CaseRecord[]> {
  const isOwn = isCitizen(parts.request);
  const searches = planSearches(resident, parts.request, parts.linker);
  const lookUp = async ({ ags, person }: Search) =>
    matchPersons(await parts.persons.load({ ags, dateOfBirth: person.dateOfBirth }), person);
  const found = searches && (await Promise.all(searches.map(lookUp)));
  const persons = found?.every((matches) => matches !== null) ? found.flat() : null;
  if (!persons && isOwn) throw new AppError('MATCH_UNCERTAIN');
  const visible = persons?.filter(({ isBlocked }) => isOwn || !isBlocked) ?? [];
  return mergeCases(visible.flatMap((person) => person.cases));
}

async function loadPayments(
  { ags, caseNumber }: CaseKey,
  { first, after }: HousingBenefitCasePaymentsArgs,
  load: (page: PaymentPage) => Promise<PaymentRecord[]>,
): Promise<Connection<PaymentRecord>> {
  const page = { first: first ?? 12, scope: listScope('HousingBenefitCase.payments', { ags, caseNumber }) };
  const position = toPaymentPosition(readCursor(page.scope, after));
  const found = await load({ ags, caseNumber, after: position, limit: page.first + 1 });
  return toConnection(found, page, (payment) => fromPaymentPosition(payment.position));
}
