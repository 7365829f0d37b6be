import type { GatewaySettings } from './settings.js';

/** A combination of settings with which the gateway does not start. */
export interface RefusedSetting {
  readonly name: keyof GatewaySettings;
  readonly isRefused: (settings: GatewaySettings) => boolean;
  /** What is said beside the name; never a value. */
  readonly because: string;
}

/**
 * What is good for a demonstration on one machine and for nothing else: refused while HOST is not loopback. A gateway
 * that somebody beyond this machine can reach serves real people.
 */
export const REFUSED_BEYOND_LOOPBACK: readonly RefusedSetting[] = [
  {
    name: 'ACCESS_DEFAULT',
    isRefused: ({ ACCESS_DEFAULT }) => ACCESS_DEFAULT === 'public',
    because: 'public is refused while HOST is not loopback',
  },
  {
    name: 'LIMITS',
    isRefused: ({ LIMITS }) => LIMITS === 'off',
    because: 'off is refused while HOST is not loopback',
  },
  {
    name: 'RATE_LIMIT',
    isRefused: ({ RATE_LIMIT }) => RATE_LIMIT === 'off',
    because: 'off is refused while HOST is not loopback',
  },
  {
    name: 'AUDIT',
    isRefused: ({ AUDIT }) => AUDIT === 'off',
    because: 'off is refused while HOST is not loopback',
  },
  {
    name: 'OIDC_ISSUER',
    isRefused: ({ OIDC_ISSUER }) => OIDC_ISSUER !== undefined && !OIDC_ISSUER.startsWith('https://'),
    because: 'http is refused while HOST is not loopback: so run demo providers, whose keys are nobody’s',
  },
  {
    name: 'SUBGRAPH_SIGNING_KEY',
    isRefused: ({ OIDC_ISSUER, SUBGRAPH_SIGNING_KEY }) =>
      OIDC_ISSUER !== undefined && SUBGRAPH_SIGNING_KEY === undefined,
    because: 'needed with OIDC_ISSUER while HOST is not loopback, or anybody could be anyone',
  },
  ...(['AUDIT_HEAD_PATH', 'AUDIT_INDEX_KEY', 'AUDIT_SIGNING_KEY', 'AUDIT_OFFICER_KEYS'] as const).map(
    (name): RefusedSetting => ({
      name,
      isRefused: (settings) => settings.AUDIT === 'on' && settings[name] === undefined,
      because: 'needed while HOST is not loopback: what is generated instead lies beside the log',
    }),
  ),
];

/** What makes no sense anywhere. */
export const REFUSED_ANYWHERE: readonly RefusedSetting[] = [
  {
    name: 'OIDC_AUDIENCE',
    isRefused: ({ OIDC_ISSUER, OIDC_AUDIENCE }) => OIDC_ISSUER !== undefined && OIDC_AUDIENCE === undefined,
    because: 'needed with OIDC_ISSUER, or tokens made for others would be taken',
  },
  {
    name: 'CACHE_KEYS',
    isRefused: ({ REDIS_URL, CACHE_KEYS }) => REDIS_URL !== undefined && CACHE_KEYS.length === 0,
    because: 'needed with REDIS_URL, or whoever looks into Redis could read and write answers',
  },
  {
    name: 'COOPERATION_PATH',
    isRefused: ({ REGISTRY, COOPERATION_PATH }) => REGISTRY !== undefined && COOPERATION_PATH === undefined,
    because: 'needed with REGISTRY, for it says who may decide what runs',
  },
  {
    name: 'PLAYGROUND_CLIENT_ID',
    isRefused: ({ OIDC_ISSUER, PLAYGROUND_CLIENT_ID }) =>
      PLAYGROUND_CLIENT_ID !== undefined && OIDC_ISSUER === undefined,
    because: 'needs OIDC_ISSUER',
  },
  {
    name: 'TRUSTED_DOCUMENTS_PATH',
    isRefused: ({ TRUSTED_DOCUMENTS, TRUSTED_DOCUMENTS_PATH }) =>
      TRUSTED_DOCUMENTS !== 'off' && TRUSTED_DOCUMENTS_PATH.length === 0,
    because: 'needed with TRUSTED_DOCUMENTS',
  },
];

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);

/** @returns One line for each combination that is refused. */
export const findRefusedSettings = (settings: GatewaySettings): string[] =>
  [...REFUSED_ANYWHERE, ...(isLoopback(settings.HOST) ? [] : REFUSED_BEYOND_LOOPBACK)]
    .filter(({ isRefused }) => isRefused(settings))
    .map(({ name, because }) => `${name}: ${because}`);

type Env = Readonly<Record<string, string | undefined>>;

/** Switches with which node or a package turns off a protection that we count on. */
export const findForbiddenSwitches = (env: Env): string[] =>
  Object.keys(env)
    .filter((name) => name.startsWith('APOLLO_DISABLE_SECURITY_') || isUntrusting(name, env[name]))
    .map((name) => `${name}: must not be set`);

const isUntrusting = (name: string, value: string | undefined): boolean =>
  name === 'NODE_TLS_REJECT_UNAUTHORIZED' && value === '0';
