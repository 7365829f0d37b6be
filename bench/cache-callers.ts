import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { canaryOf, type TownHall } from '../test/support/town-hall.js';

/** One question of a caller and what came of it. */
export interface Asked {
  /** `performance.now()` when it was asked. */
  readonly at: number;
  readonly tookMs: number;
  /** What was wrong with the answer; `null`: nothing. */
  readonly failure: string | null;
  /** Whether the answer was found in what all replicas share. */
  readonly isShared: boolean;
}

export interface CallersOrder {
  readonly hall: TownHall;
  readonly url: string;
  readonly count: number;
  readonly onAnswer: (asked: Asked) => void;
}

export interface Callers {
  /** Most connections that any subgraph had at the same time; each carries one request. */
  mostSockets(): number;
  stop(): Promise<void>;
}

/** People between two questions; on average, so that they do not ask in step. */
const PAUSE_MS = 250;
const TOWNS = 2000;

const TOWN = 'query q($ags: AGS!) { town(ags: $ags) { name dogs kennel { places keeper } } }';
const LIST = 'query q($from: Int!) { towns(first: 20, from: $from) { name dogs } }';
const ME = '{ me { id canary licence } }';

/** People who ask about themselves, about towns that everybody may know, and now and then what nobody has asked. */
export async function startCallers({ hall, url, count, onAnswer }: CallersOrder): Promise<Callers> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: count });
  let nextTown = 20_000_000;
  let mostSockets = 0;
  let isStopped = false;
  const send = async (question: Question, token: string): Promise<void> => {
    const at = performance.now();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const body = JSON.stringify({ query: question.query, variables: question.variables });
    const response = await pool.request({ path: pathname, method: 'POST', headers, body }).catch(() => null);
    const text = (await response?.body.text().catch(() => null)) ?? 'no answer';
    const tookMs = performance.now() - at;
    const isRight = response?.statusCode === 200 && text.trimEnd() === JSON.stringify({ data: question.data });
    const failure = isRight ? null : `${response?.statusCode ?? ''} ${text}`;
    const status = String(response?.headers['cache-status'] ?? '');
    onAnswer({ at, tookMs, failure, isShared: question.isPrivate && status.includes('responses; hit') });
    mostSockets = Math.max(mostSockets, hall.towns.sockets.size, hall.register.sockets.size);
  };
  const caller = async (index: number): Promise<void> => {
    const subject = `caller-${index}`;
    const token = await hall.tokenFor(subject);
    while (!isStopped) {
      const dice = Math.random();
      const town = 10_001_000 + Math.floor(Math.random() * TOWNS);
      if (dice < 0.4) await send(me(subject), token);
      else if (dice < 0.8) await send(oneTown(town), token);
      else if (dice < 0.9) await send(manyTowns(town - 10_000_000), token);
      else await send(oneTown(nextTown++), token);
      await delay(PAUSE_MS * 2 * Math.random());
    }
  };
  const running = Promise.all(Array.from({ length: count }, (_, index) => caller(index)));
  return {
    mostSockets: () => mostSockets,
    async stop() {
      isStopped = true;
      await running;
      await pool.close();
    },
  };
}

interface Question {
  readonly query: string;
  readonly variables: object;
  /** The right answer. */
  readonly data: object;
  readonly isPrivate: boolean;
}

function me(subject: string): Question {
  const canary = canaryOf(subject, null, null);
  return { query: ME, variables: {}, data: { me: { id: subject, canary, licence: canary } }, isPrivate: true };
}

function oneTown(number: number): Question {
  const ags = String(number);
  const kennel = { places: number % 10, keeper: `keeper ${ags}` };
  const town = { name: `Town ${ags}`, dogs: number % 1000, kennel };
  return { query: TOWN, variables: { ags }, data: { town }, isPrivate: false };
}

function manyTowns(from: number): Question {
  const towns = Array.from({ length: 20 }, (_, index) => {
    const number = 10_000_000 + from + index;
    return { name: `Town ${number}`, dogs: number % 1000 };
  });
  return { query: LIST, variables: { from }, data: { towns }, isPrivate: false };
}
