import type { Guard } from './guard.js';
import type { Command } from './processes.js';

/** Where a contestant stands in one scenario. */
export interface Place {
  readonly scenario: string;
  readonly port: number;
  readonly supergraphPath: string;
  /** The finished answer, for who sends nothing else. */
  readonly answerPath: string;
  /** Who hosts what for whom, in scenarios with several instances. */
  readonly cooperationPath?: string;
  readonly subgraphUrls: Readonly<Record<string, string>>;
  /** In scenarios that have rules. */
  readonly guard?: Guard;
  /** A folder of its own. */
  readonly folder: string;
}

export interface Contestant {
  readonly name: string;
  /** Path of its GraphQL endpoint. */
  readonly path: string;
  /** Only scenarios with one of these in their name; all where absent. */
  readonly only?: readonly string[];
  /** Lets nobody read without a right: takes part in scenarios with rules alone. */
  readonly isGuarded?: true;
  /** Why it cannot take part at all. */
  readonly problem?: string;
  command(place: Place): Command;
}

const program = (path: string, env: Readonly<Record<string, string>>, flags: readonly string[] = []): Command => ({
  file: process.execPath,
  args: [...flags, new URL(path, import.meta.url).pathname],
  env,
});

const own = (place: Place, env: Readonly<Record<string, string>>, flags: readonly string[] = []): Command =>
  program(
    '../gateway/main.js',
    {
      PORT: String(place.port),
      ADMIN_PORT: '0',
      SUPERGRAPH_PATH: place.supergraphPath,
      ...(place.cooperationPath !== undefined && { COOPERATION_PATH: place.cooperationPath }),
      ACCESS_DEFAULT: 'public',
      AUDIT: 'off',
      LIMITS: 'off',
      RATE_LIMIT: 'off',
      RESPONSE_CACHE: 'off',
      ENTITY_CACHE: 'off',
      INFLIGHT_DEDUPE: 'off',
      LOG_LEVEL: 'silent',
      ...env,
    },
    flags,
  );

/** As it is run for real people: nothing without a rule, a token and a purpose, every subgraph request signed. */
const guarded = ({ guard, ...place }: Place, env: Readonly<Record<string, string>>): Command => {
  if (!guard) throw new TypeError('This scenario has no rules.');
  return own(
    { ...place, supergraphPath: guard.supergraphPath },
    {
      ENGINE: 'compiled',
      ACCESS_DEFAULT: 'deny',
      POLICIES_PATH: guard.policiesPath,
      OIDC_ISSUER: guard.issuerUrl,
      OIDC_AUDIENCE: guard.audience,
      SUBGRAPH_SIGNING_KEY: guard.signingKey,
      AUDIT_DIR: `${place.folder}/audit`,
      ...env,
    },
  );
};

const WRITTEN_BY_HAND = ['market-', 'municipal-'];

export const CONTESTANTS: readonly Contestant[] = [
  {
    name: 'stock gateway',
    path: '/',
    command: ({ port, supergraphPath }) =>
      program('contestants/stock.js', { PORT: String(port), SUPERGRAPH_PATH: supergraphPath }),
  },
  {
    name: 'stock gateway, tuned',
    path: '/graphql',
    command: ({ port, supergraphPath }) =>
      program('contestants/tuned.js', { PORT: String(port), SUPERGRAPH_PATH: supergraphPath }),
  },
  { name: 'Fachverbund', path: '/graphql', command: (place) => own(place, { ENGINE: 'compiled' }) },
  {
    name: 'Fachverbund, 64 MB semi-space',
    path: '/graphql',
    command: (place) => own(place, { ENGINE: 'compiled' }, ['--max-semi-space-size=64']),
  },
  {
    name: 'Fachverbund, in-flight sharing',
    path: '/graphql',
    command: (place) => own(place, { ENGINE: 'compiled', INFLIGHT_DEDUPE: 'on' }),
  },
  {
    name: 'Fachverbund, entities kept',
    path: '/graphql',
    command: (place) => own(place, { ENGINE: 'compiled', ENTITY_CACHE: 'on' }),
  },
  {
    name: 'Fachverbund, responses kept',
    path: '/graphql',
    command: (place) => own(place, { ENGINE: 'compiled', ENTITY_CACHE: 'on', RESPONSE_CACHE: 'on' }),
  },
  {
    name: 'Fachverbund, identity and rules',
    path: '/graphql',
    isGuarded: true,
    command: (place) => guarded(place, {}),
  },
  {
    name: 'Fachverbund, identity, rules and log',
    path: '/graphql',
    isGuarded: true,
    command: (place) => guarded(place, { AUDIT: 'on' }),
  },
  {
    name: 'Fachverbund, identity, rules and log, responses kept',
    path: '/graphql',
    isGuarded: true,
    command: (place) => guarded(place, { AUDIT: 'on', ENTITY_CACHE: 'on', RESPONSE_CACHE: 'on' }),
  },
  { name: 'Fachverbund, ENGINE=apollo', path: '/graphql', command: (place) => own(place, { ENGINE: 'apollo' }) },
  {
    name: 'fan-out by hand',
    path: '/graphql',
    only: WRITTEN_BY_HAND,
    command: ({ port, scenario, subgraphUrls }) =>
      program('contestants/fan-out.js', {
        PORT: String(port),
        SCENARIO: scenario,
        SUBGRAPH_URLS: JSON.stringify(subgraphUrls),
      }),
  },
  {
    name: 'static bytes',
    path: '/graphql',
    command: ({ port, answerPath }) =>
      program('contestants/static.js', { PORT: String(port), ANSWER_PATH: answerPath }),
  },
];
