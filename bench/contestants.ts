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
  /** A folder of its own. */
  readonly folder: string;
}

export interface Contestant {
  readonly name: string;
  /** Path of its GraphQL endpoint. */
  readonly path: string;
  /** Only scenarios with one of these in their name; all where absent. */
  readonly only?: readonly string[];
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
