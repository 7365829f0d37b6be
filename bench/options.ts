import { parseArgs } from 'node:util';

export interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly connections: number;
  /** Whether other makers' gateways take part; they are installed on demand. */
  readonly peers: boolean;
  /** Whether the growth with entities and subgraphs is measured too. */
  readonly growth: boolean;
  /** Whether links and the vehicle index are measured too, over up to 1,000,000 people: about 25 minutes. */
  readonly population: boolean;
  /** Parts of the names of the scenarios, all where empty. */
  readonly only: readonly string[];
  readonly contestants: readonly string[];
}

/** @throws TypeError for an unknown option. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      peers: { type: 'boolean', default: false },
      growth: { type: 'boolean', default: false },
      population: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      'warm-up': { type: 'string' },
      connections: { type: 'string', default: '50' },
      only: { type: 'string', default: '' },
      contestants: { type: 'string', default: '' },
    },
  });
  const number = (text: string | undefined, fallback: number) => (text === undefined ? fallback : Number(text));
  const list = (text: string) => text.split(',').filter((part) => part !== '');
  return {
    rounds: number(values.rounds, values.quick ? 1 : 3),
    seconds: number(values.seconds, values.quick ? 1 : 5),
    warmUpSeconds: number(values['warm-up'], values.quick ? 1 : 4),
    connections: Number(values.connections),
    peers: values.peers,
    growth: values.growth,
    population: values.population,
    only: list(values.only),
    contestants: list(values.contestants),
  };
}
