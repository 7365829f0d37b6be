import { FACHVERBUND } from './fachverbund.js';
import type { Guard } from './guard.js';
import { type Command, program } from './processes.js';
import type { Companion } from './redis.js';

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
  /** What it may keep in its memory, in scenarios that say so. */
  readonly memoryBytes?: number;
  /** What there is to know of what runs beside it. */
  readonly env?: Companion['env'];
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
  /** Sends one answer, whatever it is asked. */
  readonly isDeaf?: true;
  /** How many equal processes share the load; one where absent. */
  readonly replicas?: number;
  /** Starts what all of them need beside them. @param folder For it alone. */
  openCompanion?(folder: string): Promise<Companion>;
  command(place: Place): Command;
}

const WRITTEN_BY_HAND = ['market-', 'municipal-', 'pages-'];

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
  ...FACHVERBUND,
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
    isDeaf: true,
    command: ({ port, answerPath }) =>
      program('contestants/static.js', { PORT: String(port), ANSWER_PATH: answerPath }),
  },
];
