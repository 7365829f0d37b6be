import type { AuditEntry, AuditSink } from '../../lib/audit/entry.js';
import { AppError } from '../../lib/errors.js';
import type { HostContext } from '../context.js';
import type { Disclosed } from '../disclosed.js';
import type { Operation } from '../operation.js';
import { personalFields } from '../personal.js';
import type { Registers } from '../registers.js';
import { type Access, createAuditCallers, type Group, groupDisclosed, toDenials, toEntries } from './to-entries.js';

/** A request that has an answer. */
export interface AnsweredRequest {
  readonly context: HostContext;
  readonly operation: Operation;
  /** `undefined`: whoever answered has not said. */
  readonly disclosed: Disclosed | undefined;
}

/** The last phase before an answer leaves: no record, no answer. */
export interface Audit {
  /**
   * Before anything runs.
   *
   * @throws AppError `AUDIT_UNAVAILABLE` for an operation over personal data while the log takes nothing.
   */
  check(operation: Operation): void;
  /**
   * Writes down what an answer discloses and what was denied of it. Never rejects.
   *
   * @returns Once it is durable `null`, or `AUDIT_UNAVAILABLE`: then nothing of the answer may leave. At once `null`
   *   where there is nothing to write down.
   */
  record(answered: AnsweredRequest): Promise<AppError | null> | null;
  /** Writes down that a signed-in caller was refused as a whole; the refusal stands whether or not that succeeds. */
  recordRefusal(operation: Operation, context: HostContext, error: unknown): Promise<void>;
}

export interface AuditParts {
  readonly sink: Pick<AuditSink, 'append' | 'isWritable'>;
  /** Of the schema that the operation is judged by. */
  readonly registers: (operation: Operation) => Registers;
  readonly now?: () => Date;
  /** Entries that could not be written; nothing of their request has left. */
  readonly onFailure: (requestId: string, error: unknown) => void;
}

const REFUSALS: ReadonlySet<string> = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'INSUFFICIENT_TRUST_LEVEL']);

export function createAudit({ sink, registers, now = () => new Date(), onFailure }: AuditParts): Audit {
  const asked = new WeakMap<object, readonly string[]>();
  const personalIn = (operation: Operation): readonly string[] => {
    const known = asked.get(operation.definition) ?? personalFields(operation, registers(operation));
    asked.set(operation.definition, known);
    return known;
  };
  const kept = new WeakMap<Disclosed, readonly Group[]>();
  /** What a cache keeps is frozen, and comes with every hit. */
  const groupsOf = (disclosed: Disclosed): readonly Group[] => {
    const groups = kept.get(disclosed) ?? groupDisclosed(disclosed);
    if (Object.isFrozen(disclosed)) kept.set(disclosed, groups);
    return groups;
  };
  const whoOf = createAuditCallers();
  /** @returns `null` where nobody is signed in. */
  const accessOf = ({ requestId, caller, facts }: HostContext, operation: Operation): Access | null => {
    const { definition, document, variables } = operation;
    return (
      caller && { requestId, caller, who: whoOf(caller), hash: facts.operation ?? '', definition, document, variables }
    );
  };
  const append = async (entries: readonly AuditEntry[], requestId: string): Promise<AppError | null> => {
    try {
      await sink.append(entries);
      return null;
    } catch (cause) {
      onFailure(requestId, cause);
      return new AppError('AUDIT_UNAVAILABLE', undefined, { cause });
    }
  };
  return {
    check(operation) {
      if (!sink.isWritable() && personalIn(operation).length > 0) throw new AppError('AUDIT_UNAVAILABLE');
    },
    record({ context, operation, disclosed }) {
      const access = accessOf(context, operation);
      // An answer that goes to nobody we know, or of which nobody knows what is in it, may hold nothing personal.
      if (disclosed === undefined || access === null)
        return isEmpty(disclosed) && personalIn(operation).length === 0 ? null : Promise.resolve(refused());
      const denied = context.decision?.denied;
      const isDenied = denied !== undefined && denied.size > 0;
      if (isEmpty(disclosed) && !isDenied) return null;
      const at = now();
      const entries = toEntries(access, groupsOf(disclosed), at);
      if (isDenied) entries.push(...toDenials(access, denied.keys(), registers(operation), at));
      return entries.length > 0 ? append(entries, context.requestId) : null;
    },
    async recordRefusal(operation, context, error) {
      const access = accessOf(context, operation);
      if (access === null || !(error instanceof AppError) || !REFUSALS.has(error.code)) return;
      const entries = toDenials(access, personalIn(operation), registers(operation), now());
      if (entries.length > 0) await append(entries, context.requestId);
    },
  };
}

const refused = (): AppError => new AppError('AUDIT_UNAVAILABLE');

const isEmpty = (disclosed: Disclosed | undefined): boolean =>
  disclosed === undefined || (disclosed.disclosed.length === 0 && disclosed.searches.length === 0);
