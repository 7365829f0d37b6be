import { z } from 'zod';
import { LOG_LEVELS } from '../lib/log.js';
import { onOff, port, readSettings, SettingsError, wholeNumber } from '../lib/settings.js';

const url = () => z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });

/** Every setting of the gateway. `docs/configuration.md` is this table; an unset variable has the default. */
export const GATEWAY_SETTINGS = {
  PORT: port().default(4000).describe('TCP port of the API; 0 takes a free one.'),
  HOST: z.string().default('127.0.0.1').describe('Address the API listens on; loopback unless set.'),
  ADMIN_PORT: port().default(4900).describe("Operators' port, always on 127.0.0.1: `/metrics`; 0 takes a free one."),
  SUPERGRAPH_PATH: z.string().default('schema/supergraph.graphql').describe('The composed schema (Federation 2).'),
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
  OIDC_ISSUER: url()
    .optional()
    .describe('Identity provider that signs access tokens. Unset: every caller is anonymous.'),
  OIDC_AUDIENCE: z.string().optional().describe('Audience an access token must name; needed with OIDC_ISSUER.'),
  IDENTITY_PATH: z.string().optional().describe('How claims map to callers (YAML). Unset: the claims of the demo.'),
  CORS_ORIGINS: list(/^https?:\/\/[^\s/,*]+$/, 'must be origins such as https://portal.example, separated by commas')
    .default([])
    .describe('Origins whose pages may call the API, separated by commas.'),
  PLAYGROUND: onOff().default('off').describe('Whether the playground is served at `/`.'),
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
  INFLIGHT_DEDUPE: onOff()
    .default('on')
    .describe('Whether equal subgraph queries of callers with equal rights travel once while in flight.'),
  AUDIT: z
    .literal('off', { error: 'must be off: the audit log is not part of this version' })
    .optional()
    .describe('Only `off`, and only on loopback: the audit log is not part of this version.'),
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
  MAX_BODY_BYTES: wholeNumber(1024, 16_777_216).default(262_144).describe('Largest request body, in bytes.'),
  DRAIN_NOTICE_MS: wholeNumber(0, 60_000)
    .default(500)
    .describe('After SIGTERM: how long the port stays open at least, so that balancers see `/readyz` fail, in ms.'),
  DRAIN_MS: wholeNumber(0, 600_000)
    .default(10_000)
    .describe('After SIGTERM: longest wait for requests in flight, in ms.'),
};

export type GatewaySettings = Readonly<z.output<z.ZodObject<typeof GATEWAY_SETTINGS>>>;
type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings and refuses dangerous combinations.
 *
 * @throws SettingsError with every problem, never with a value.
 */
export function readGatewaySettings(env: Env): GatewaySettings {
  const problems = [...findForbiddenSwitches(env), ...findUnkeptPromises(env)];
  try {
    const settings = readSettings(GATEWAY_SETTINGS, env);
    problems.push(...findRefusedCombinations(settings));
    if (problems.length === 0) return settings;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    problems.push(...error.problems);
  }
  throw new SettingsError(problems);
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);

function findRefusedCombinations(settings: GatewaySettings): string[] {
  const problems: string[] = [];
  if (settings.ACCESS_DEFAULT === 'public' && !isLoopback(settings.HOST))
    problems.push('ACCESS_DEFAULT: public is refused while HOST is not loopback');
  if (settings.LIMITS === 'off' && !isLoopback(settings.HOST))
    problems.push('LIMITS: off is refused while HOST is not loopback');
  if (settings.AUDIT === 'off' && !isLoopback(settings.HOST))
    problems.push('AUDIT: off is refused while HOST is not loopback');
  if (settings.OIDC_ISSUER !== undefined && settings.OIDC_AUDIENCE === undefined)
    problems.push('OIDC_AUDIENCE: needed with OIDC_ISSUER, or tokens made for others would be taken');
  if (settings.PLAYGROUND_CLIENT_ID !== undefined && settings.OIDC_ISSUER === undefined)
    problems.push('PLAYGROUND_CLIENT_ID: needs OIDC_ISSUER');
  return problems;
}

/**
 * Settings of the contract that protect something and are not part of this version: nobody may believe that they hold.
 * `off` is what this version does.
 */
const findUnkeptPromises = (env: Env): string[] =>
  ['POLICIES_PATH', 'TRUSTED_DOCUMENTS', 'RATE_LIMIT', 'AUDIT_DIR', 'AUDIT_HEAD_PATH', 'SUBGRAPH_SIGNING_KEY']
    .filter((name) => env[name] !== undefined && env[name] !== '' && env[name] !== 'off')
    .map((name) => `${name}: not part of this version`);

/** Switches with which the packages we build on turn off their protection against costly queries. */
const findForbiddenSwitches = (env: Env): string[] =>
  Object.keys(env)
    .filter((name) => name.startsWith('APOLLO_DISABLE_SECURITY_'))
    .map((name) => `${name}: must not be set`);

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
