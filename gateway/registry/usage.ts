import { createHash, randomUUID } from 'node:crypto';
import { type DocumentNode, Kind, type OperationDefinitionNode, print, separateOperations, visit } from 'graphql';
import type { Log } from '../../lib/log.js';
import type { RegistryStore, UsedOperation } from '../../lib/registry/store.js';

/** Counts which operations are really sent and by which clients, so that nobody's are broken unseen. */
export interface UsageRecorder {
  /** @param client Name the client gives itself; `null` where it gives none. */
  count(operation: CountedOperation, client: string | null): void;
  /** Writes what is not written yet. */
  close(): Promise<void>;
}

export interface CountedOperation {
  readonly document: DocumentNode;
  /** The same object for equal text. */
  readonly definition: OperationDefinitionNode;
}

export interface UsageParts {
  readonly store: Pick<RegistryStore, 'writeUsage'>;
  readonly log: Log;
  readonly intervalMs?: number;
  readonly now?: () => number;
}

/** Distinct operations of one day; what comes after them is not counted. */
const MOST_OPERATIONS = 10_000;
/** Characters of their texts: they stay in memory until the day is over, and are written again and again. */
const MOST_TEXT = 4_000_000;
const MOST_CLIENTS = 100;
const CLIENT_NAME = /^[\w .@/-]{1,64}$/;

export function createUsageRecorder({ store, log, intervalMs = 10_000, now = Date.now }: UsageParts): UsageRecorder {
  const writer = randomUUID();
  const known = new WeakMap<OperationDefinitionNode, Shape>();
  let day = dayOf(now());
  let counts = new Map<string, Counted>();
  let text = 0;
  let isChanged = false;
  const write = async (): Promise<void> => {
    if (!isChanged) return;
    isChanged = false;
    const usage = Object.fromEntries([...counts].map(([hash, { shape, clients }]) => [hash, toUsed(shape, clients)]));
    await store.writeUsage(day, writer, usage).catch((error: Error) => {
      isChanged = true;
      log.warn({ reason: error.message }, 'usage not written');
    });
  };
  const turn = (today: string): void => {
    void write();
    [day, counts, text] = [today, new Map(), 0];
  };
  const timer = setInterval(() => void write(), intervalMs);
  timer.unref();
  return {
    count(operation, client) {
      const today = dayOf(now());
      if (today !== day) turn(today);
      const shape = known.get(operation.definition) ?? shapeOf(operation);
      known.set(operation.definition, shape);
      const entry = counts.get(shape.hash) ?? { shape, clients: new Map<string, number>() };
      if (!counts.has(shape.hash)) {
        if (counts.size >= MOST_OPERATIONS || text + shape.text.length > MOST_TEXT) return;
        text += shape.text.length;
      }
      counts.set(shape.hash, entry);
      const name = client !== null && CLIENT_NAME.test(client) ? client : '-';
      if (!entry.clients.has(name) && entry.clients.size >= MOST_CLIENTS) return;
      entry.clients.set(name, (entry.clients.get(name) ?? 0) + 1);
      isChanged = true;
    },
    async close() {
      clearInterval(timer);
      await write();
    },
  };
}

interface Shape {
  readonly hash: string;
  readonly text: string;
  readonly operationName: string | null;
}

interface Counted {
  readonly shape: Shape;
  readonly clients: Map<string, number>;
}

const toUsed = ({ text, operationName }: Shape, clients: ReadonlyMap<string, number>): UsedOperation => ({
  text,
  operationName,
  clients: Object.fromEntries(clients),
});

const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

function shapeOf({ document, definition }: CountedOperation): Shape {
  const operationName = definition.name?.value ?? null;
  const text = print(withoutValues(separateOperations(document)[operationName ?? ''] ?? document));
  return { hash: createHash('sha256').update(text).digest('hex').slice(0, 16), text, operationName };
}

/** Numbers and texts of a document can be somebody's; which fields and enum values are used cannot. */
const withoutValues = (document: DocumentNode): DocumentNode =>
  visit(document, {
    IntValue: (node) => ({ ...node, value: '0' }),
    FloatValue: (node) => ({ ...node, value: '0' }),
    StringValue: () => ({ kind: Kind.STRING, value: '' }),
  });
