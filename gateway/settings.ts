import { z } from 'zod';
import { signingKey } from '../lib/internal-key.js';
import { LOG_LEVELS } from '../lib/log.js';
import { readRedisUrl } from '../lib/redis-target.js';
import { STAGES } from '../lib/registry/event.js';
import { onOff, port, readSettings, SettingsError, wholeNumber } from '../lib/settings.js';
import { findForbiddenSwitches, findRefusedSettings, isLoopback } from './refused-settings.js';

const url = () => z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });

/** Every setting of the gateway. `docs/configuration.md` is this table; an unset variable has the default. */
export const GATEWAY_SETTINGS = {
  PORT: port().default(4000).describe('TCP port of the API; 0 takes a free one.'),
  HOST: z.string().default('127.0.0.1').describe('Address the API listens on; loopback unless set.'),
  ADMIN_PORT: port()
    .default(4900)
    .describe("Operators' port, always on 127.0.0.1: `/metrics`, `/invalidation`; 0 takes a free one."),
  ADMIN_TOKEN: z
    .string()
    .min(32, { error: 'must have 32 characters at least' })
    .optional()
    .describe('Bearer token of `POST /invalidation`. Unset: nothing can be invalidated from outside.'),
  SUPERGRAPH_PATH: z.string().default('schema/supergraph.graphql').describe('The composed schema (Federation 2).'),
  REGISTRY: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Registry whose supergraph is followed: a folder or a postgres:// URL. Unset, or nothing approved yet: SUPERGRAPH_PATH.',
    ),
  REGISTRY_STAGE: z.enum(STAGES).default('production').describe('Stage of the registry that runs here.'),
  COOPERATION_PATH: z
    .string()
    .optional()
    .describe(
      'Who hosts what for whom; followed when it changes. Unset: each subgraph runs where the supergraph says.',
    ),
  ENGINE: z
    .enum(['compiled', 'apollo'])
    .default('compiled')
    .describe('What executes operations: our own engine, or the stock executor of @apollo/gateway.'),
  ACCESS_DEFAULT: z
    .enum(['deny', 'public'])
    .default('deny')
    .describe('What a field without a rule gets. `public` is refused where HOST is not loopback.'),
  POLICIES_PATH: z
    .string()
    .optional()
    .describe('Who is granted what (YAML). Unset: `schema/policies.yaml`, or no policies where it does not exist.'),
  OIDC_ISSUER: url()
    .optional()
    .describe('Identity provider that signs access tokens. Unset: every caller is anonymous.'),
  OIDC_AUDIENCE: z.string().optional().describe('Audience an access token must name; needed with OIDC_ISSUER.'),
  IDENTITY_PATH: z.string().optional().describe('How claims map to callers (YAML). Unset: the claims of the demo.'),
  CORS_ORIGINS: list(/^https?:\/\/[^\s/,*]+$/, 'must be origins such as https://portal.example, separated by commas')
    .default([])
    .describe('Origins whose pages may call the API, separated by commas.'),
  PLAYGROUND: onOff()
    .default('off')
    .describe('Whether the playground is served at `/`, and clients that send `X-Explain: 1` are shown query plans.'),
  PLAYGROUND_CLIENT_ID: z
    .string()
    .optional()
    .describe('Public client at OIDC_ISSUER with which the playground signs in demo personas. Unset: no login.'),
  INTROSPECTION: onOff().default('off').describe('Whether clients may read the schema.'),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info').describe('Least important log line that is written.'),
  SUBGRAPH_DEADLINE_MS: wholeNumber(1, 60_000)
    .default(3000)
    .describe('Longest wait for one subgraph request, retries included, in ms.'),
  SUBGRAPH_CONNECTIONS: wholeNumber(1, 1024).default(32).describe('Most sockets to one instance of a subgraph.'),
  SUBGRAPH_MAX_BYTES: wholeNumber(1024, 1_073_741_824)
    .default(5_242_880)
    .describe('Largest answer of a subgraph, in bytes.'),
  ANSWER_MAX_BYTES: wholeNumber(1024, 536_870_912)
    .default(67_108_864)
    .describe('Largest answer to a client, in bytes; a larger one is refused with LIMIT_COST. ENGINE=compiled only.'),
  PLANNING_DEADLINE_MS: wholeNumber(10, 600_000)
    .default(2000)
    .describe(
      'Longest time to plan one operation, in ms; then it is refused with LIMIT_PLANNING. ENGINE=compiled only.',
    ),
  INFLIGHT_DEDUPE: onOff()
    .default('on')
    .describe('Whether equal subgraph queries of callers with equal rights travel once while in flight.'),
  SUBGRAPH_SIGNING_KEY: signingKey()
    .optional()
    .describe(
      'Signs what each subgraph request says of its caller: an Ed25519 private key, PKCS#8 as PEM or base64. Unset: told unsigned.',
    ),
  AUDIT: onOff()
    .default('on')
    .describe('Whether accesses are recorded before an answer leaves. `off` is refused where HOST is not loopback.'),
  AUDIT_DIR: z
    .string()
    .default('.run/audit')
    .describe('Folder of the audit log; one gateway process each. With AUDIT_DATABASE_URL: of its public keys alone.'),
  AUDIT_HEAD_PATH: z
    .string()
    .optional()
    .describe(
      'File that says how far the log has got, signed; on another disk or machine. Unset: `audit-head.json` beside AUDIT_DIR; needed where HOST is not loopback.',
    ),
  AUDIT_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres URL' })
    .optional()
    .describe('PostgreSQL that holds the log of all replicas. Unset: files in AUDIT_DIR.'),
  AUDIT_INDEX_KEY: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe(
      'Finds people in the log without their keys being readable there. Unset: generated; needed where HOST is not loopback.',
    ),
  AUDIT_SIGNING_KEY: signingKey()
    .optional()
    .describe(
      'Signs the log: an Ed25519 private key, PKCS#8 as PEM or base64. Unset: generated; needed where HOST is not loopback.',
    ),
  AUDIT_OFFICER_KEYS: z
    .string()
    .optional()
    .describe(
      'File (YAML) with the public keys of protection officers by municipality. Unset: one is generated; needed where HOST is not loopback.',
    ),
  LIMITS: onOff()
    .default('on')
    .describe('Whether operations are bounded. `off` is refused where HOST is not loopback.'),
  LIMIT_TOKENS: limit(2000).describe('Most lexical tokens of a document.'),
  LIMIT_DEPTH: limit(12).describe('Most fields below each other, fragments expanded.'),
  LIMIT_SELECTIONS: limit(2000).describe('Most fields after all fragments are expanded.'),
  LIMIT_ALIASES: limit(30).describe('Most aliases and repeated fields together, fragments expanded.'),
  LIMIT_ROOT_FIELDS: limit(10).describe('Most fields of the root type.'),
  LIMIT_DIRECTIVES: limit(50).describe('Most directives in a document.'),
  LIMIT_VARIABLES_BYTES: limit(65_536).describe('Most bytes of the variables as JSON, about.'),
  LIMIT_VARIABLES_DEPTH: limit(32).describe('Deepest nesting of the variables.'),
  LIMIT_LIST_ENTRIES: limit(100).describe('Most entries of one list in the variables.'),
  LIMIT_COST: limit(1000).describe('Highest estimated cost (`@cost`, `@listSize`) of an operation.'),
  LIMIT_GUESSES: limit(20).describe(
    'Most different searches for one and the same person by one caller in 10 minutes; equal ones count once.',
  ),
  RATE_LIMIT: z
    .literal('off')
    .or(wholeNumber(1, 1_000_000))
    .optional()
    .describe(
      'Most requests per client and second, or `off`, which is refused where HOST is not loopback. Unset: 1000 there, none on loopback.',
    ),
  REDIS_URL: z
    .string()
    .refine(isRedisUrl, { error: 'must be redis://, rediss://, redis-cluster:// or rediss-cluster:// URLs' })
    .optional()
    .describe(
      'Redis, or nodes of a Redis Cluster separated by commas, that the replicas share. Unset: each keeps to itself.',
    ),
  CACHE_KEYS: list(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64 each, separated by commas')
    .transform((texts) => texts.map((text) => Buffer.from(text, 'base64')))
    .default([])
    .describe(
      'Secrets that seal what replicas share in Redis, separated by commas: the first seals, all are read. Needed with REDIS_URL.',
    ),
  CACHE_MEMORY_BYTES: wholeNumber(1_048_576, 68_719_476_736)
    .default(67_108_864)
    .describe('Most bytes, about, that kept answers take in the memory of the process.'),
  RESPONSE_CACHE: onOff()
    .default('on')
    .describe('Whether finished answers are kept, for as long as all that they are made of may be.'),
  ENTITY_CACHE: onOff()
    .default('on')
    .describe('Whether what subgraphs answer is kept where their schemas say so (`@cacheControl`).'),
  TRUSTED_DOCUMENTS: z
    .enum(['off', 'prefer', 'only'])
    .default('off')
    .describe('Whether registered documents are answered by their id (`prefer`), and nothing but them (`only`).'),
  TRUSTED_DOCUMENTS_PATH: list(/^[^\0]+$/, 'must be paths, separated by commas')
    .default([])
    .describe('Manifests of registered documents, separated by commas; followed when they change.'),
  MAX_BODY_BYTES: wholeNumber(1024, 16_777_216).default(262_144).describe('Largest request body, in bytes.'),
  DRAIN_NOTICE_MS: wholeNumber(0, 60_000)
    .default(500)
    .describe('After SIGTERM: how long the port stays open at least, so that balancers see `/readyz` fail, in ms.'),
  DRAIN_MS: wholeNumber(0, 600_000)
    .default(10_000)
    .describe('After SIGTERM: longest wait for requests in flight, in ms.'),
};

/** Requests per client and second, where somebody beyond this machine can send any. */
const DEFAULT_RATE = 1000;

/** What `RATE_LIMIT` says, or its default for this host. */
export const rateOf = ({ RATE_LIMIT, HOST }: GatewaySettings): number | 'off' =>
  RATE_LIMIT ?? (isLoopback(HOST) ? 'off' : DEFAULT_RATE);

export { isLoopback };

export type GatewaySettings = Readonly<z.output<z.ZodObject<typeof GATEWAY_SETTINGS>>>;
type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings and refuses dangerous combinations.
 *
 * @throws SettingsError with every problem, never with a value.
 */
export function readGatewaySettings(env: Env): GatewaySettings {
  const problems = findForbiddenSwitches(env);
  try {
    const settings = readSettings(GATEWAY_SETTINGS, env);
    problems.push(...findRefusedSettings(settings));
    if (problems.length === 0) return settings;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    problems.push(...error.problems);
  }
  throw new SettingsError(problems);
}

function isRedisUrl(text: string): boolean {
  try {
    return readRedisUrl(text).addresses.length > 0;
  } catch {
    return false;
  }
}

function limit(most: number) {
  return wholeNumber(1, 1_000_000_000).default(most);
}

function list(form: RegExp, error: string) {
  return z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    )
    .refine((items) => items.every((item) => form.test(item)), { error });
}
