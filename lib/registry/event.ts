import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Stages a schema goes through; each has its own supergraph. */
export const STAGES = ['test', 'production'] as const;
export type Stage = (typeof STAGES)[number];

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const text = z.string().min(1).max(500);
const version = z.number().int().min(1);
/** What a supergraph was composed from: version of each subgraph, by name. */
const composed = { stage: z.enum(STAGES), supergraph: hash, from: z.record(name, version) };

/** What happened, as the registry keeps it for good. Texts (schemas, reports) are kept apart, by their SHA-256. */
const body = z.discriminatedUnion('type', [
  /** A provider offers a version of a subgraph; `instances` (URLs) serve it, all of the subgraph's where `null`. */
  z.object({
    type: z.literal('proposed'),
    subgraph: name,
    version,
    provider: name,
    /** As composed: completed with the shared words, its rules, and lifted to Federation 2. */
    sdl: hash,
    /** As the instances themselves say it (`_service { sdl }`). */
    served: hash,
    instances: z.array(z.url()).nullable(),
    report: hash,
  }),
  /** The coordinator lets a version run in a stage; the supergraph is composed already. */
  z.object({
    type: z.literal('approved'),
    subgraph: name,
    version,
    legalBasis: text,
    contractReference: text,
    ...composed,
  }),
  /** The coordinator takes the schemas of a repository as they are, all at once. */
  z.object({ type: z.literal('adopted'), schemas: z.record(name, hash), legalBasis: text, ...composed }),
  /** The stage runs an earlier supergraph again. */
  z.object({ type: z.literal('rolled-back'), reason: text, ...composed }),
  /** The subgraph leaves the stage. */
  z.object({ type: z.literal('deleted'), subgraph: name, reason: text, ...composed }),
  /** Nothing is sent to an instance any more, or again. */
  z.object({ type: z.literal('disabled'), instance: z.url(), reason: text }),
  z.object({ type: z.literal('enabled'), instance: z.url(), reason: text }),
]);

export type EventBody = Readonly<z.output<typeof body>>;
export type EventType = EventBody['type'];

/** Who signed: a provider's key, or the coordinator's. */
export type Actor = `provider:${string}` | 'coordinator';

const event = z.object({
  /** Counts from 1 without a gap. */
  sequence: z.number().int().min(1),
  /** SHA-256 of the event before, as `hashOf`; 64 zeros for the first. */
  previous: hash,
  /** ISO 8601 instant, by the clock of whoever signed. */
  at: z.iso.datetime(),
  actor: z.custom<Actor>((value) => /^(coordinator|provider:[a-z][a-z0-9-]{0,39})$/.test(String(value))),
  body,
  /** Ed25519 over `signedText`, base64. */
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});

/** One entry of the append-only record. */
export type RegistryEvent = Readonly<z.output<typeof event>>;

export const NOTHING_BEFORE = '0'.repeat(64);

/** @throws Error where the value is not an event. */
export function readEvent(value: unknown): RegistryEvent {
  const result = event.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`This is not an event of a registry: ${issue?.path.join('.')}: ${issue?.message}`);
}

/** The bytes that are signed: the event without its signature, JSON with sorted keys and no spaces. */
export const signedText = ({ sequence, previous, at, actor, body }: Omit<RegistryEvent, 'signature'>): string =>
  canonical({ sequence, previous, at, actor, body });

/** SHA-256 over the whole event, hexadecimal. */
export const hashOf = (entry: RegistryEvent): string => hashText(canonical(entry));

export const hashText = (content: string): string => createHash('sha256').update(content).digest('hex');

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}
